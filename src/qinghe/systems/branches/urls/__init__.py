from django.urls import path

from qinghe.systems.branches import views

app_name = "branches"
BRANCH, MEETING = "branches/<int:branch_id>/", "meetings/<int:meeting_id>/"
urlpatterns = [
    path("", views.board, name="board"),
    path("branches/", views.branches, name="branches"),
    path(BRANCH, views.branch, name="branch"),
    path(f"{BRANCH}meetings/new/", views.meeting_new, name="meeting_new"),
    path("meetings/", views.meetings, name="meetings"),
    path(MEETING, views.meeting, name="meeting"),
    path(f"{MEETING}cancel/", views.meeting_cancel, name="meeting_cancel"),
    path("terms/", views.terms, name="terms"),
    path("terms/new/", views.terms_new, name="terms_new"),
]

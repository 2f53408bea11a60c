from django.urls import path

from qinghe.systems.branches import views

app_name = "branches"
BRANCH, MEETING = "branches/<int:branch_id>/", "meetings/<int:meeting_id>/"
GRADING = "gradings/<int:grading_id>/"
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
    path("grading/", views.rounds, name="rounds"),
    path("grading/new/", views.round_new, name="round_new"),
    path("grading/<int:grading_round_id>/publish/", views.round_publish, name="round_publish"),
    path("grading/terms/", views.grading_terms, name="grading_terms"),
    path("grading/terms/new/", views.grading_terms_new, name="grading_terms_new"),
    path("gradings/", views.gradings, name="gradings"),
    path(GRADING, views.grading, name="grading"),
    path(f"{GRADING}self/", views.grade_self, name="grade_self"),
    path(f"{GRADING}review/", views.review, name="review"),
    path(f"{GRADING}send-back/", views.send_back, name="send_back"),
    path(f"{GRADING}check/", views.spot_check, name="spot_check"),
    path("mine/", views.own, name="own"),
    path(f"mine/{GRADING}", views.own_grading, name="own_grading"),
    path(f"mine/{GRADING}sign/", views.own_sign, name="own_sign"),
]

from django.urls import path

from . import views

app_name = "pioneers"
CEREMONY = "ceremonies/<int:ceremony_id>/"
urlpatterns = [
    path("", views.board, name="board"),
    path("schools/", views.schools, name="schools"),
    path("outlines/", views.outlines, name="outlines"),
    path("outlines/new/", views.outline_new, name="outline_new"),
    path("ceremonies/", views.ceremonies, name="ceremonies"),
    path("ceremonies/new/", views.ceremony_new, name="ceremony_new"),
    path(CEREMONY, views.ceremony, name="ceremony"),
    path(f"{CEREMONY}change/", views.ceremony_change, name="ceremony_change"),
    path(f"{CEREMONY}submit/", views.ceremony_submit, name="ceremony_submit"),
    path(f"{CEREMONY}accept/", views.ceremony_accept, name="ceremony_accept"),
    path(f"{CEREMONY}send-back/", views.ceremony_send_back, name="ceremony_send_back"),
    path(f"{CEREMONY}cancel/", views.ceremony_cancel, name="ceremony_cancel"),
]

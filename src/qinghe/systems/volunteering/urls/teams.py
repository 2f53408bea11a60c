from django.urls import path

from qinghe.systems.volunteering import views

PATTERNS = [
    path("teams/", views.teams, name="teams"),
    path("teams/new/", views.team_new, name="team_new"),
    path("teams/<int:team_id>/", views.team, name="team"),
    path("teams/<int:team_id>/approve/", views.team_approve, name="team_approve"),
    path("teams/<int:team_id>/refuse/", views.team_refuse, name="team_refuse"),
    path("teams/<int:team_id>/close/", views.team_close, name="team_close"),
]

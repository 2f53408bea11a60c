from django.urls import path

from qinghe.systems.volunteering import views

from . import (
    activities,
    attendances,
    carried,
    certificates,
    courtesy,
    doors,
    feedback,
    hours,
    profiles,
    sessions,
    stars,
    teams,
    training,
    volunteers,
    wards,
)

app_name = "volunteering"
urlpatterns = [
    path("", views.board, name="board"),
    *sessions.PATTERNS,
    *activities.PATTERNS,
    *volunteers.PATTERNS,
    *teams.PATTERNS,
    *attendances.PATTERNS,
    *carried.PATTERNS,
    *certificates.PATTERNS,
    *doors.PATTERNS,
    *stars.PATTERNS,
    *courtesy.PATTERNS,
    *training.PATTERNS,
    *feedback.PATTERNS,
    *profiles.PATTERNS,
    *hours.PATTERNS,
    *wards.PATTERNS,
]

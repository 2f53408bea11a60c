from django.urls import path

from . import views

app_name = "volunteering"
urlpatterns = [
    path("", views.board, name="board"),
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/new/", views.session_new, name="session_new"),
    path("sessions/<int:session_id>/", views.session, name="session"),
    path("sessions/<int:session_id>/roster/", views.session_roster, name="session_roster"),
    path("sessions/<int:session_id>/check-in/", views.session_check_in, name="session_check_in"),
    path("sessions/<int:session_id>/cancel/", views.session_cancel, name="session_cancel"),
    path("volunteers/", views.volunteers, name="volunteers"),
    path("volunteers/new/", views.volunteer_new, name="volunteer_new"),
    path("volunteers/<int:volunteer_id>/", views.volunteer, name="volunteer"),
    path(
        "volunteers/<int:volunteer_id>/approve/", views.volunteer_approve, name="volunteer_approve"
    ),
    path("volunteers/<int:volunteer_id>/refuse/", views.volunteer_refuse, name="volunteer_refuse"),
    path(
        "volunteers/<int:volunteer_id>/withdraw/",
        views.volunteer_withdraw,
        name="volunteer_withdraw",
    ),
    path("teams/", views.teams, name="teams"),
    path("teams/new/", views.team_new, name="team_new"),
    path("teams/<int:team_id>/", views.team, name="team"),
    path("teams/<int:team_id>/approve/", views.team_approve, name="team_approve"),
    path("teams/<int:team_id>/refuse/", views.team_refuse, name="team_refuse"),
    path("teams/<int:team_id>/close/", views.team_close, name="team_close"),
    path("attendances/<int:attendance_id>/", views.attendance, name="attendance"),
    path(
        "attendances/<int:attendance_id>/check-out/",
        views.attendance_check_out,
        name="attendance_check_out",
    ),
    path("attendances/<int:attendance_id>/approve/", views.hours_approve, name="hours_approve"),
    path("attendances/<int:attendance_id>/refuse/", views.hours_refuse, name="hours_refuse"),
    path("attendances/<int:attendance_id>/void/", views.attendance_void, name="attendance_void"),
    path("stays/<int:stay_id>/correct/", views.stay_correct, name="stay_correct"),
    path("hours/", views.hours, name="hours"),
]

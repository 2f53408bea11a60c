from django.urls import path

from qinghe.systems.volunteering import views

PATTERNS = [
    path("sessions/", views.sessions, name="sessions"),
    path("sessions/new/", views.session_new, name="session_new"),
    path("sessions/<int:session_id>/", views.session, name="session"),
    path("sessions/<int:session_id>/roster/", views.session_roster, name="session_roster"),
    path("sessions/<int:session_id>/cards/", views.standing_scans, name="standing_scans"),
    path("sessions/<int:session_id>/cards/look/", views.standing_look, name="standing_look"),
    path("sessions/<int:session_id>/check-in/", views.session_check_in, name="session_check_in"),
    path("sessions/<int:session_id>/cancel/", views.session_cancel, name="session_cancel"),
]

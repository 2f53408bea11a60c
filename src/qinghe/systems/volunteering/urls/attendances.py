from django.urls import path

from qinghe.systems.volunteering import views

PATTERNS = [
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

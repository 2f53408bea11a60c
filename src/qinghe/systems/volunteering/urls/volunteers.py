from django.urls import path

from qinghe.systems.volunteering import views

PATTERNS = [
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
]

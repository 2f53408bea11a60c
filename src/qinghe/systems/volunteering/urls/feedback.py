from django.urls import path

from qinghe.systems.volunteering import views

OWN, ONE = "mine/feedback/", "evaluations/<int:evaluation_id>/"
PATTERNS = [
    path(OWN, views.own_feedback, name="own_feedback"),
    path(f"{OWN}<int:attendance_id>/rate/", views.own_rating, name="own_rating"),
    path(f"{OWN}<int:evaluation_id>/object/", views.own_objection, name="own_objection"),
    path(ONE, views.evaluation, name="evaluation"),
    path(f"{ONE}answer/", views.evaluation_answer, name="evaluation_answer"),
    path("attendances/<int:attendance_id>/evaluate/", views.evaluate, name="evaluate"),
    path("sessions/<int:session_id>/ratings/", views.session_ratings, name="session_ratings"),
]

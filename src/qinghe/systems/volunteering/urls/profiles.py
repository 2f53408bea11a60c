from django.urls import path

from qinghe.systems.volunteering import views

PATTERNS = [
    path("findable/", views.findable, name="findable"),
    path("skills/", views.skill_words, name="skill_words"),
    path("skills/<int:skill_word_id>/retire/", views.skill_word_retire, name="skill_word_retire"),
    path("sessions/<int:session_id>/could-come/", views.could_come, name="could_come"),
    path("mine/profile/", views.own_profile, name="own_profile"),
]

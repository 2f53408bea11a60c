from django.urls import path

from qinghe.systems.volunteering import views

OWN = "mine/children/"
PATTERNS = [
    path(OWN, views.own_wards, name="own_wards"),
    path(f"{OWN}new/", views.own_ward_new, name="own_ward_new"),
    path(f"{OWN}<int:person_id>/enlist/", views.own_ward_enlist, name="own_ward_enlist"),
    path(
        "mine/posts/<int:service_post_id>/children/<int:ward_id>/sign-up/",
        views.own_ward_sign_up,
        name="own_ward_sign_up",
    ),
]

from django.urls import path

from qinghe.systems.volunteering import views

ACTIVITY, POST = "activities/<int:activity_id>/", "posts/<int:service_post_id>/"
SESSION, SIGN_UP = "sessions/<int:session_id>/", "sign-ups/<int:sign_up_id>/"
TEMPLATE = "activities/templates/<int:activity_template_id>/"
OWN = "mine/sign-ups/"
PATTERNS = [
    path("activities/", views.activities, name="activities"),
    path("activities/new/", views.activity_new, name="activity_new"),
    path("activities/templates/", views.activity_templates, name="activity_templates"),
    path(f"{TEMPLATE}use/", views.activity_from_template, name="activity_from_template"),
    path(ACTIVITY, views.activity, name="activity"),
    path(f"{ACTIVITY}amend/", views.activity_amend, name="activity_amend"),
    path(f"{ACTIVITY}sitting/", views.activity_sitting, name="activity_sitting"),
    path(f"{ACTIVITY}post/", views.activity_post, name="activity_post"),
    path(f"{ACTIVITY}cancel/", views.activity_cancel, name="activity_cancel"),
    path("projects/", views.projects, name="projects"),
    path("projects/new/", views.project_new, name="project_new"),
    path("projects/<int:project_id>/", views.project, name="project"),
    path(f"{POST}resize/", views.post_resize, name="post_resize"),
    path(f"{SESSION}move/", views.session_move, name="session_move"),
    path(f"{SESSION}sign-ups/", views.session_sign_ups, name="session_sign_ups"),
    path(f"{SESSION}sign-ups/new/", views.sign_up_other, name="sign_up_other"),
    path(f"{SESSION}roll/", views.session_roll, name="session_roll"),
    path(f"{SIGN_UP}release/", views.sign_up_release, name="sign_up_release"),
    path("mine/find/", views.own_find, name="own_find"),
    path("mine/sessions/<int:session_id>/", views.own_session, name="own_session"),
    path(f"mine/{POST}sign-up/", views.own_sign_up, name="own_sign_up"),
    path(OWN, views.own_sign_ups, name="own_sign_ups"),
    path(f"mine/{SIGN_UP}cancel/", views.own_sign_up_cancel, name="own_sign_up_cancel"),
    path(f"mine/{SIGN_UP}accept/", views.own_sign_up_accept, name="own_sign_up_accept"),
    path(f"mine/{SIGN_UP}decline/", views.own_sign_up_decline, name="own_sign_up_decline"),
    path(f"{OWN}calendar/", views.own_calendar_make, name="own_calendar_make"),
    path(f"{OWN}calendar/end/", views.own_calendar_end, name="own_calendar_end"),
    path("public/calendar/<slug:feed_code>.ics", views.calendar, name="calendar"),
]

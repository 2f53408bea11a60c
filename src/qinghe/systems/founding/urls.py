from django.urls import path

from . import views

app_name = "founding"
urlpatterns = [
    path("", views.board, name="board"),
    path("units/", views.units, name="units"),
    path("units/new/", views.unit_new, name="unit_new"),
    path("units/<int:unit_id>/", views.unit, name="unit"),
    path("units/<int:unit_id>/change/", views.unit_change, name="unit_change"),
    path("units/<int:unit_id>/assign/", views.assign, name="assign"),
    path("units/<int:unit_id>/visit/", views.visit_new, name="visit_new"),
    path("units/<int:unit_id>/aside/", views.lay_aside, name="lay_aside"),
    path("units/<int:unit_id>/again/", views.take_up_again, name="take_up_again"),
    path("units/<int:unit_id>/gone/", views.note_gone, name="note_gone"),
    path("units/<int:unit_id>/reopen/", views.reopen, name="reopen"),
    path("units/<int:unit_id>/apply/", views.application_new, name="application_new"),
    path("applications/", views.applications, name="applications"),
    path("applications/<int:founding_id>/", views.application, name="application"),
    path(
        "applications/<int:founding_id>/again/",
        views.application_again,
        name="application_again",
    ),
    path("applications/<int:founding_id>/agree/", views.agree, name="agree"),
    path("applications/<int:founding_id>/approve/", views.approve, name="approve"),
    path("applications/<int:founding_id>/back/", views.send_back, name="send_back"),
    path("applications/<int:founding_id>/refuse/", views.refuse, name="refuse"),
    path("applications/<int:founding_id>/withdraw/", views.withdraw, name="withdraw"),
    path("applications/<int:founding_id>/paper/", views.paper, name="paper"),
    path("targets/new/", views.hand_down, name="hand_down"),
    path("targets/<int:target_id>/", views.target, name="target"),
    path("targets/<int:target_id>/share/", views.share, name="share"),
    path("targets/<int:target_id>/adjust/", views.adjust, name="adjust"),
    path("terms/", views.terms, name="terms"),
    path("terms/new/", views.terms_new, name="terms_new"),
    path("hundreds/", views.hundreds, name="hundreds"),
    path("hundreds/new/", views.hundred_new, name="hundred_new"),
    path("hundreds/<int:hundred_id>/", views.hundred, name="hundred"),
    path("hundreds/<int:hundred_id>/drop/", views.hundred_drop, name="hundred_drop"),
    path("hundreds/<int:hundred_id>/tell/", views.hundred_tell, name="hundred_tell"),
]

from django.urls import path

from . import views

app_name = "appraisals"
CAMPAIGN = "campaigns/<int:campaign_id>/"
ROLL, LINE = "rolls/<int:roll_id>/", "lines/<int:line_id>/"
urlpatterns = [
    path("", views.board, name="board"),
    path("campaigns/", views.campaigns, name="campaigns"),
    path("campaigns/new/", views.campaign_new, name="campaign_new"),
    path(CAMPAIGN, views.campaign, name="campaign"),
    path(f"{CAMPAIGN}list/", views.campaign_list, name="campaign_list"),
    path(f"{CAMPAIGN}register/", views.campaign_register, name="campaign_register"),
    path(f"{CAMPAIGN}caps/new/", views.cap_new, name="cap_new"),
    path("terms/", views.terms, name="terms"),
    path("terms/new/", views.terms_new, name="terms_new"),
    path("rolls/", views.rolls, name="rolls"),
    path("rolls/to-decide/", views.to_decide, name="to_decide"),
    path(ROLL, views.roll, name="roll"),
    path(f"{ROLL}approve/", views.roll_approve, name="roll_approve"),
    path(f"{ROLL}send-back/", views.roll_send_back, name="roll_send_back"),
    path(f"{ROLL}add/", views.roll_add, name="roll_add"),
    path("lines/", views.lines, name="lines"),
    path("lines/unregistered/", views.unregistered, name="unregistered"),
    path(LINE, views.line, name="line"),
    path(f"{LINE}place/", views.line_place, name="line_place"),
    path(f"{LINE}move/", views.line_move, name="line_move"),
    path(f"{LINE}correct/", views.line_correct, name="line_correct"),
    path(f"{LINE}register/", views.line_register, name="line_register"),
    path("mine/", views.own, name="own"),
    path(f"mine/{LINE}appraise/", views.own_appraise, name="own_appraise"),
    path(f"mine/{LINE}rate/", views.own_rate, name="own_rate"),
    path(f"mine/{LINE}take-part/", views.own_take_part, name="own_take_part"),
]

from django.urls import path

from . import views

app_name = "transfers"
TRANSFER = "<int:transfer_id>/"
urlpatterns = [
    path("", views.transfers, name="transfers"),
    path("board/", views.board, name="board"),
    path("send/", views.send_new, name="send_new"),
    path("receive/", views.receive_new, name="receive_new"),
    path("mine/targets/", views.targets, name="targets"),
    path("graduates/", views.graduates, name="graduates"),
    path("graduates/<int:org_id>/", views.graduates_of, name="graduates_of"),
    path("graduates/<int:org_id>/send/", views.graduates_send, name="graduates_send"),
    path("incoming/", views.incoming, name="incoming"),
    path("incoming/accept/", views.incoming_accept, name="incoming_accept"),
    path("incoming/place/", views.incoming_place, name="incoming_place"),
    path("stays/", views.stays, name="stays"),
    path("stays/new/", views.stay_new, name="stay_new"),
    path("stays/<int:abroad_stay_id>/", views.stay, name="stay"),
    path("stays/<int:abroad_stay_id>/end/", views.stay_end, name="stay_end"),
    path("terms/", views.terms, name="terms"),
    path("terms/new/", views.terms_new, name="terms_new"),
    path(TRANSFER, views.transfer, name="transfer"),
    path(f"{TRANSFER}approve/", views.transfer_approve, name="transfer_approve"),
    path(f"{TRANSFER}place/", views.transfer_place, name="transfer_place"),
    path(f"{TRANSFER}receipt/", views.transfer_receipt, name="transfer_receipt"),
    path(f"{TRANSFER}reject/", views.transfer_reject, name="transfer_reject"),
    path(f"{TRANSFER}suspend/", views.transfer_suspend, name="transfer_suspend"),
    path(f"{TRANSFER}resume/", views.transfer_resume, name="transfer_resume"),
    path(f"{TRANSFER}withdraw/", views.transfer_withdraw, name="transfer_withdraw"),
    path(f"{TRANSFER}change/", views.transfer_change, name="transfer_change"),
    path(f"{TRANSFER}send/", views.transfer_send, name="transfer_send"),
    path("mine/", views.own, name="own"),
    path("mine/new/", views.own_new, name="own_new"),
    path("mine/<int:transfer_id>/change/", views.own_change, name="own_change"),
    path("mine/<int:transfer_id>/withdraw/", views.own_withdraw, name="own_withdraw"),
]

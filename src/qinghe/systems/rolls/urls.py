from django.urls import path

from . import views

app_name = "rolls"
MEMBER, LEAVING = "members/<int:membership_id>/", "leavings/<int:leaving_id>/"
EXPULSION = "expulsions/<int:expulsion_id>/"
RATE, PAYMENT = "dues/rates/<int:dues_rate_id>/", "dues/payments/<int:dues_payment_id>/"
urlpatterns = [
    path("", views.board, name="board"),
    path("roll/", views.roll, name="roll"),
    path("branches/", views.branches, name="branches"),
    path(MEMBER, views.member, name="member"),
    path(f"{MEMBER}file/new/", views.file_open, name="file_open"),
    path(f"{MEMBER}file/", views.file_change, name="file_change"),
    path(f"{MEMBER}resigned/", views.leaving_resigned, name="leaving_resigned"),
    path(f"{MEMBER}dropped/", views.leaving_dropped, name="leaving_dropped"),
    path("of-age/", views.of_age, name="of_age"),
    path("of-age/leave/", views.of_age_leave, name="of_age_leave"),
    path("leavings/", views.leavings, name="leavings"),
    path(LEAVING, views.leaving, name="leaving"),
    path(f"{LEAVING}approve/", views.leaving_approve, name="leaving_approve"),
    path(f"{LEAVING}refuse/", views.leaving_refuse, name="leaving_refuse"),
    path(f"{LEAVING}withdraw/", views.leaving_withdraw, name="leaving_withdraw"),
    path(f"{MEMBER}expulsion/", views.expulsion_propose, name="expulsion_propose"),
    path(f"mine/{EXPULSION}appeal/", views.own_appeal, name="own_appeal"),
    path("expulsions/", views.expulsions, name="expulsions"),
    path(EXPULSION, views.expulsion, name="expulsion"),
    path(f"{EXPULSION}approve/", views.expulsion_approve, name="expulsion_approve"),
    path(f"{EXPULSION}refuse/", views.expulsion_refuse, name="expulsion_refuse"),
    path(f"{EXPULSION}withdraw/", views.expulsion_withdraw, name="expulsion_withdraw"),
    path(f"{EXPULSION}appeal/", views.expulsion_appeal, name="expulsion_appeal"),
    path(f"{EXPULSION}uphold/", views.expulsion_uphold, name="expulsion_uphold"),
    path(f"{EXPULSION}annul/", views.expulsion_annul, name="expulsion_annul"),
    path("dues/", views.dues, name="dues"),
    path("dues/record/", views.dues_record, name="dues_record"),
    path("dues/terms/", views.dues_terms, name="dues_terms"),
    path("dues/terms/new/", views.dues_terms_new, name="dues_terms_new"),
    path("dues/payments/", views.payments, name="payments"),
    path(PAYMENT, views.payment, name="payment"),
    path(f"{PAYMENT}void/", views.payment_void, name="payment_void"),
    path(f"{MEMBER}dues/", views.rate_new, name="rate_new"),
    path(f"{MEMBER}dues/reduction/", views.reduction_new, name="reduction_new"),
    path(RATE, views.rate, name="rate"),
    path(f"{RATE}approve/", views.rate_approve, name="rate_approve"),
    path(f"{RATE}refuse/", views.rate_refuse, name="rate_refuse"),
    path("mine/", views.own, name="own"),
]

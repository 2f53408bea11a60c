from django.urls import path

from qinghe.systems.volunteering import views

LATE, FINDING = "late/<int:late_entry_id>/", "findings/<int:finding_id>/"
DISPUTE, OWN = "disputes/<int:hours_dispute_id>/", "mine/service/"
PATTERNS = [
    path("late/", views.late_entries, name="late_entries"),
    path("late/new/", views.late_new, name="late_new"),
    path("late/quota/", views.late_quota, name="late_quota"),
    path(LATE, views.late_entry, name="late_entry"),
    path(f"{LATE}amend/", views.late_amend, name="late_amend"),
    path(f"{LATE}approve/", views.late_approve, name="late_approve"),
    path(f"{LATE}return/", views.late_return, name="late_return"),
    path(f"{LATE}refuse/", views.late_refuse, name="late_refuse"),
    path(f"{LATE}withdraw/", views.late_withdraw, name="late_withdraw"),
    path("findings/", views.findings, name="findings"),
    path("findings/sweep/", views.sweep, name="sweep"),
    path("hours-terms/", views.hours_terms, name="hours_terms"),
    path("hours-terms/new/", views.hours_terms_new, name="hours_terms_new"),
    path(FINDING, views.finding, name="finding"),
    path(f"{FINDING}close/", views.finding_close, name="finding_close"),
    path("disputes/", views.hours_disputes, name="hours_disputes"),
    path(DISPUTE, views.hours_dispute, name="hours_dispute"),
    path(f"{DISPUTE}answer/", views.hours_dispute_answer, name="hours_dispute_answer"),
    path("persons/", views.person_hours, name="person_hours"),
    path(OWN, views.own_service, name="own_service"),
    path(f"{OWN}missing/", views.own_missing, name="own_missing"),
    path(f"{OWN}<int:attendance_id>/dispute/", views.own_dispute, name="own_dispute"),
    path(
        "mine/disputes/<int:hours_dispute_id>/withdraw/",
        views.own_dispute_withdraw,
        name="own_dispute_withdraw",
    ),
]

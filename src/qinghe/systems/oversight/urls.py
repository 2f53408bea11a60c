from django.urls import path

from . import views

app_name = "oversight"
urlpatterns = [
    path("", views.entries, {"topic": "entries"}, name="entries"),
    path("grants/", views.entries, {"topic": "grants"}, name="grants"),
    path("reveals/", views.entries, {"topic": "reveals"}, name="reveals"),
    path("sign-ins/", views.entries, {"topic": "sign_ins"}, name="sign_ins"),
    path("exports/", views.entries, {"topic": "exports"}, name="exports"),
    path("auditors/", views.entries, {"topic": "auditors"}, name="auditors"),
    path("entries/<int:seq>/", views.entry, name="entry"),
    path("chain/", views.chain, name="chain"),
    path("chain/check/", views.chain_check, name="chain_check"),
]

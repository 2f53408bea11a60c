from django.urls import path

from qinghe.systems.volunteering import views

ONE = "certificates/<int:certificate_id>/"
PATTERNS = [
    path("certificates/", views.certificates, name="certificates"),
    path("certificates/new/", views.certificate_new, name="certificate_new"),
    path(ONE, views.certificate, name="certificate"),
    path(f"{ONE}announce/", views.certificate_announce, name="certificate_announce"),
    path(f"{ONE}seal/", views.certificate_seal, name="certificate_seal"),
    path(f"{ONE}revoke/", views.certificate_revoke, name="certificate_revoke"),
    path(f"{ONE}paper/", views.certificate_paper, name="certificate_paper"),
    path("mine/certificates/", views.own_certificates, name="own_certificates"),
    path(
        "mine/certificates/<str:certificate_number>/",
        views.own_certificate_paper,
        name="own_certificate_paper",
    ),
    path("public/certificates/", views.check, name="check"),
    path("public/certificates/signed/", views.check_signed, name="check_signed"),
    path("public/certificates/keys.json", views.signing_keys, name="signing_keys"),
]

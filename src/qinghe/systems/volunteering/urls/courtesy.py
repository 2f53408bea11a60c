from django.urls import path

from qinghe.systems.volunteering import views

ITEM, CLAIM = "courtesy/<int:courtesy_item_id>/", "courtesy/claims/<int:courtesy_claim_id>/"
SPONSOR, KEY = "sponsors/<int:sponsor_id>/", "sponsors/keys/<int:sponsor_key_id>/"
OWN, PUBLIC = "mine/courtesy/", "public/courtesy/"
PATTERNS = [
    path("courtesy/", views.courtesy_items, name="courtesy_items"),
    path("courtesy/new/", views.courtesy_item_new, name="courtesy_item_new"),
    path("courtesy/claims/", views.courtesy_claims, name="courtesy_claims"),
    path("courtesy/unusual/", views.courtesy_unusual, name="courtesy_unusual"),
    path("courtesy/terms/", views.courtesy_terms, name="courtesy_terms"),
    path(ITEM, views.courtesy_item, name="courtesy_item"),
    path(f"{ITEM}open/", views.courtesy_open, name="courtesy_open"),
    path(f"{ITEM}refuse/", views.courtesy_refuse, name="courtesy_refuse"),
    path(f"{ITEM}withdraw/", views.courtesy_withdraw, name="courtesy_withdraw"),
    path(CLAIM, views.courtesy_claim, name="courtesy_claim"),
    path(f"{CLAIM}revoke/", views.courtesy_claim_revoke, name="courtesy_claim_revoke"),
    path("sponsors/", views.sponsors, name="sponsors"),
    path("sponsors/new/", views.sponsor_new, name="sponsor_new"),
    path(SPONSOR, views.sponsor, name="sponsor"),
    path(f"{SPONSOR}approve/", views.sponsor_approve, name="sponsor_approve"),
    path(f"{SPONSOR}refuse/", views.sponsor_refuse, name="sponsor_refuse"),
    path(f"{SPONSOR}end/", views.sponsor_end, name="sponsor_end"),
    path(f"{SPONSOR}keys/new/", views.sponsor_key_new, name="sponsor_key_new"),
    path(f"{KEY}revoke/", views.sponsor_key_revoke, name="sponsor_key_revoke"),
    path(OWN, views.own_courtesy, name="own_courtesy"),
    path(
        f"{OWN}<int:courtesy_item_id>/claim/", views.own_courtesy_claim, name="own_courtesy_claim"
    ),
    path(f"{OWN}<int:courtesy_claim_id>/code/", views.own_courtesy_code, name="own_courtesy_code"),
    path(
        f"{OWN}<int:courtesy_claim_id>/cancel/",
        views.own_courtesy_cancel,
        name="own_courtesy_cancel",
    ),
    path(f"{PUBLIC}codes/<str:courtesy_token>/", views.courtesy_code, name="courtesy_code"),
    path(f"{PUBLIC}tills/<str:till_secret>/", views.till, name="till"),
]

from django.urls import path

from . import views

app_name = "pioneers"
BADGE, SLATE = "badges/<int:badge_id>/", "slates/<int:slate_id>/"
CEREMONY, ROUND = "ceremonies/<int:ceremony_id>/", "rounds/<int:badge_round_id>/"
urlpatterns = [
    path("", views.board, name="board"),
    path("schools/", views.schools, name="schools"),
    path("outlines/", views.outlines, name="outlines"),
    path("outlines/new/", views.outline_new, name="outline_new"),
    path("ceremonies/", views.ceremonies, name="ceremonies"),
    path("ceremonies/new/", views.ceremony_new, name="ceremony_new"),
    path(CEREMONY, views.ceremony, name="ceremony"),
    path(f"{CEREMONY}change/", views.ceremony_change, name="ceremony_change"),
    path(f"{CEREMONY}submit/", views.ceremony_submit, name="ceremony_submit"),
    path(f"{CEREMONY}accept/", views.ceremony_accept, name="ceremony_accept"),
    path(f"{CEREMONY}send-back/", views.ceremony_send_back, name="ceremony_send_back"),
    path(f"{CEREMONY}cancel/", views.ceremony_cancel, name="ceremony_cancel"),
    path("badges/", views.badges, name="badges"),
    path("badges/new/", views.badge_new, name="badge_new"),
    path("badges/figures/", views.badge_board, name="badge_board"),
    path("badges/shares/", views.star_terms, name="star_terms"),
    path("badges/shares/new/", views.star_terms_new, name="star_terms_new"),
    path(BADGE, views.badge, name="badge"),
    path(f"{BADGE}close/", views.badge_close, name="badge_close"),
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/new/", views.round_new, name="round_new"),
    path(ROUND, views.round_, name="round"),
    path(f"{ROUND}nominate/", views.nominate, name="nominate"),
    path("slates/", views.slates, name="slates"),
    path(SLATE, views.slate, name="slate"),
    path(f"{SLATE}submit/", views.slate_submit, name="slate_submit"),
    path(f"{SLATE}send-back/", views.slate_send_back, name="slate_send_back"),
    path(f"{SLATE}decide/", views.slate_decide, name="slate_decide"),
]

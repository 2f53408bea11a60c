from django.urls import path

from qinghe.systems.volunteering import views

ROUND, CASE = "stars/<int:star_round_id>/", "stars/cases/<int:star_case_id>/"
OBJECTION = "stars/objections/<int:star_objection_id>/"
OWN = "mine/stars/"
PATTERNS = [
    path("stars/", views.star_rounds, name="star_rounds"),
    path("stars/new/", views.star_round_new, name="star_round_new"),
    path(ROUND, views.star_round, name="star_round"),
    path(f"{ROUND}candidates/", views.star_candidates, name="star_candidates"),
    path(f"{ROUND}issue/", views.star_issue, name="star_issue"),
    path(f"{ROUND}close/", views.star_round_close, name="star_round_close"),
    path(CASE, views.star_case, name="star_case"),
    path(f"{CASE}agree/", views.star_agree, name="star_agree"),
    path(f"{CASE}refuse/", views.star_refuse, name="star_refuse"),
    path(f"{CASE}lower/", views.star_lower, name="star_lower"),
    path(OBJECTION, views.star_objection, name="star_objection"),
    path(OWN, views.own_stars, name="own_stars"),
    path(f"{OWN}<int:star_round_id>/apply/", views.own_star_apply, name="own_star_apply"),
    path(f"{OWN}<int:star_case_id>/withdraw/", views.own_star_withdraw, name="own_star_withdraw"),
    path(f"{OWN}<int:star_case_id>/object/", views.own_star_object, name="own_star_object"),
    path("public/stars/", views.star_notice, name="star_notice"),
]

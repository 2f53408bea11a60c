"""Addresses of recommending."""

from django.urls import path

from qinghe.systems.recommending import views

PARTY = "recommendations/<int:recommendation_id>/"
PIONEER = "pioneers/<int:nomination_id>/"
app_name = "recommending"
urlpatterns = [
    path("recommendations/", views.recommendations, name="recommendations"),
    path("recommendations/new/", views.recommendation_new, name="recommendation_new"),
    path("recommendations/terms/", views.recommending_terms, name="recommending_terms"),
    path("recommendations/terms/new/", views.recommending_terms_new, name="recommending_terms_new"),
    path(PARTY, views.recommendation, name="recommendation"),
    path(f"{PARTY}agree/", views.recommendation_agree, name="recommendation_agree"),
    path(f"{PARTY}vote/", views.recommendation_vote, name="recommendation_vote"),
    path(f"{PARTY}recommend/", views.recommendation_recommend, name="recommendation_recommend"),
    path(f"{PARTY}accept/", views.recommendation_accept, name="recommendation_accept"),
    path(
        f"{PARTY}probationary/",
        views.recommendation_probationary,
        name="recommendation_probationary",
    ),
    path(f"{PARTY}turn-down/", views.recommendation_turn_down, name="recommendation_turn_down"),
    path(f"{PARTY}withdraw/", views.recommendation_withdraw, name="recommendation_withdraw"),
    path("pioneers/", views.pioneers, name="pioneers"),
    path("pioneers/new/", views.pioneer_new, name="pioneer_new"),
    path(PIONEER, views.pioneer, name="pioneer"),
    path(f"{PIONEER}sign/", views.pioneer_sign, name="pioneer_sign"),
    path(f"{PIONEER}take-up/", views.pioneer_take_up, name="pioneer_take_up"),
    path(f"{PIONEER}decline/", views.pioneer_decline, name="pioneer_decline"),
]

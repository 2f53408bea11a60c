"""Somebody's own tokens; the operations are mounted by `house.build`."""

from django.urls import path

from . import views

app_name = "tokens"
urlpatterns = [
    path("", views.tokens, name="list"),
    path("new/", views.token_new, name="new"),
    path("<int:token_id>/revoke/", views.token_revoke, name="revoke"),
]

"""Addresses of joining."""

from django.urls import path

from qinghe.systems.joining import views

from . import cases, numbers

app_name = "joining"
urlpatterns = [
    path("", views.home, name="home"),
    *cases.urlpatterns,
    *numbers.PATTERNS,
]

"""Addresses of joining."""

from . import (cases, numbers, recommending)
from django.urls import (path)
from qinghe.systems.joining import (views)

app_name = "joining"
urlpatterns = [
    path("", views.home, name="home"),
    *numbers.PATTERNS,
    *cases.urlpatterns,
    *recommending.PATTERNS,
]

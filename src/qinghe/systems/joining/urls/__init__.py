from django.urls import path

from qinghe.systems.joining import views

from . import numbers

app_name = "joining"
urlpatterns = [
    path("", views.home, name="home"),
    *numbers.PATTERNS,
]

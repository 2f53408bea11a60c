from django.urls import path

from . import views

app_name = "joining"
urlpatterns = [
    path("", views.home, name="home"),
]

from django.urls import path

from . import views

app_name = "health"
urlpatterns = [
    path("health/", views.status, name="status"),
    path("health/live", views.live, name="live"),
    path("health/ready", views.ready, name="ready"),
    path("metrics", views.scrape, name="metrics"),
]

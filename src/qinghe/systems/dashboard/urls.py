from django.urls import path

from . import views

app_name = "dashboard"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("figures/", views.figures, name="figures"),
    path("mine/", views.mine, name="mine"),
    path("wall/", views.wall, name="wall"),
    path("checks/", views.check_list, name="check_list"),
    path("checks/<str:code>/", views.check, name="check"),
]

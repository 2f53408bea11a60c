from django.urls import path

from . import views

app_name = "web"
urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("search/", views.search_page, name="search"),
    path("choose/org/", views.org_choices, name="org_choices"),
    path("choose/period/", views.period_choices, name="period_choices"),
    path("healthz", views.healthz, name="healthz"),
]

"""Subscriptions to events, and what was sent for them."""

from django.urls import path

from . import views

app_name = "hooks"
urlpatterns = [
    path("", views.subscriptions, name="list"),
    path("new/", views.subscription_new, name="new"),
    path("<int:subscription_id>/", views.subscription, name="subscription"),
    path("<int:subscription_id>/try/", views.subscription_try, name="try"),
    path("<int:subscription_id>/pause/", views.subscription_pause, name="pause"),
    path("<int:subscription_id>/resume/", views.subscription_resume, name="resume"),
    path("<int:subscription_id>/end/", views.subscription_end, name="end"),
    path("dispatches/", views.dispatches, name="dispatches"),
    path("dispatches/<int:dispatch_id>/", views.dispatch, name="dispatch"),
    path("dispatches/<int:dispatch_id>/again/", views.dispatch_again, name="again"),
]

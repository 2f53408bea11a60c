from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("demo/", views.choose, name="choose"),
    path("demo/outbox/", views.outbox, name="outbox"),
    path("demo/as/<int:account_id>/", views.look_as, name="look_as"),
    path("demo/<str:token>/", views.enter, name="enter"),
]

from django.urls import path

from qinghe.systems.authority import views

app_name = "join"
urlpatterns = [
    path("<str:code>/", views.join, name="join"),
]

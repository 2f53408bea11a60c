from django.urls import path

from . import views

app_name = "sheets"
urlpatterns = [
    path("", views.index, name="index"),
    path("uploads/<int:upload_id>/", views.upload, name="upload"),
    path("uploads/<int:upload_id>/load/", views.load, name="load"),
    path("uploads/<int:upload_id>/refused/", views.refused, name="refused"),
    path("<slug:system>.<slug:name>/", views.take_in, name="sheet"),
    path("<slug:system>.<slug:name>/template/", views.template, name="template"),
]

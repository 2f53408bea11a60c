from django.urls import path

from . import views

app_name = "jobs"
urlpatterns = [
    path("", views.jobs, name="index"),
    path("<int:job_id>/", views.job, name="job"),
    path("<int:job_id>/file/", views.job_file, name="file"),
    path("<int:job_id>/cancel/", views.job_cancel, name="cancel"),
    path("exports/", views.exports, name="exports"),
    path("exports/new/", views.export_new, name="export_new"),
    path("exports/waiting/", views.exports_waiting, name="exports_waiting"),
    path("exports/<int:export_id>/", views.export, name="export"),
    path("exports/<int:export_id>/approve/", views.export_approve, name="export_approve"),
    path("exports/<int:export_id>/refuse/", views.export_refuse, name="export_refuse"),
]

from django.urls import path

from qinghe.systems.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.home, name="home"),
    path("requests/", views.requests, name="requests"),
    path("requests/<int:pk>/", views.request_record, name="request"),
    path("requests/<int:pk>/fulfil/", views.request_fulfil, name="request_fulfil"),
    path("requests/<int:pk>/refuse/", views.request_refuse, name="request_refuse"),
    path("consents/", views.consents, name="consents"),
    path("minors/", views.minors, name="minors"),
    path("minors/<int:year>/", views.minors_report, name="minors_report"),
    path("notices/", views.notices, name="notices"),
    path("notices/<int:pk>/", views.notice, name="notice"),
    path("notices/new/<slug:purpose>/", views.notice_new, name="notice_new"),
    path("retention/", views.retention, name="retention"),
    path("retention/<int:line>/", views.retention_term, name="retention_term"),
    path("assessments/", views.assessments, name="assessments"),
    path("assessments/new/", views.assessment_new, name="assessment_new"),
]

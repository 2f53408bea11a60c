from django.urls import include, path

urlpatterns = [
    path("", include("qinghe.edges.web.urls")),
    path("accounts/", include("qinghe.edges.accounts.urls")),
    path("jobs/", include("qinghe.edges.jobs.urls")),
    path("sheets/", include("qinghe.edges.sheets.urls")),
]

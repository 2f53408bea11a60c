from django.urls import include, path

urlpatterns = [
    path("", include("qinghe.edges.web.urls")),
    path("sheets/", include("qinghe.edges.sheets.urls")),
]

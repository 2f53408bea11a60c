from django.urls import path

from . import views

app_name = "half_year"
urlpatterns = [
    path("report/", views.draft, name="draft"),
    path("report/figures/", views.wanted, name="wanted"),
    path("report/report.docx", views.document, name="docx"),
    path("report/figures.xlsx", views.workbook, name="xlsx"),
    path("figures/<str:code>/<str:period>/<str:org>/", views.figure, name="figure"),
    path("figures/<str:code>/<str:period>/<str:org>/records/", views.records, name="records"),
]

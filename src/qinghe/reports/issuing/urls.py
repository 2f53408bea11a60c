from django.urls import path

from . import views

app_name = "issuing"
urlpatterns = [
    path("issuing/<int:report_id>/", views.way, name="way"),
    path("issuing/<int:report_id>/submit/", views.submit, name="submit"),
    path("issuing/<int:report_id>/withdraw/", views.withdraw, name="withdraw"),
    path("issuing/<int:report_id>/issue/", views.issue, name="issue"),
    path("issuing/<int:report_id>/changes/", views.changes, name="changes"),
    path(
        "issuing/<int:report_id>/changes/<str:code>/<str:org>/", views.differing, name="differing"
    ),
    path("issuing/signings/<int:signing_id>/", views.signing, name="signing"),
    path("issuing/signings/<int:signing_id>/agree/", views.agree, name="agree"),
    path("issuing/signings/<int:signing_id>/back/", views.send_back, name="send_back"),
    path("issued/", views.issued_list, name="issued_list"),
    path("issued/<int:issue_id>/", views.issued, name="issued"),
    path("issued/<int:issue_id>/correct/", views.correct, name="correct"),
    path("issued/<int:issue_id>/pdf/", views.print_pdf, name="print_pdf"),
    path("issued/<int:issue_id>/files/<str:which>/", views.file, name="file"),
    path("frozen/", views.freezings, name="freezings"),
    path("frozen/new/", views.freeze, name="freeze"),
    path("frozen/<int:freezing_id>/", views.freezing, name="freezing"),
    path("frozen/<int:freezing_id>/recount/", views.recount, name="recount"),
    path("frozen/<int:freezing_id>/<str:code>/<str:org>/", views.figure, name="figure"),
]

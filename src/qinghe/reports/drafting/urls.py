from django.urls import path

from . import views

app_name = "drafting"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("begin/", views.begin, name="begin"),
    path("<int:report_id>/", views.report, name="report"),
    path("<int:report_id>/figures/", views.figures, name="figures"),
    path("<int:report_id>/token/", views.token, name="token"),
    path("<int:report_id>/ending/", views.ending, name="ending"),
    path("<int:report_id>/report.docx", views.document, name="docx"),
    path("<int:report_id>/compare/", views.compare, name="compare"),
    path("<int:report_id>/fixed/", views.declare_fixed, name="declare_fixed"),
    path("<int:report_id>/problems/", views.take_proposal, name="take_proposal"),
    path("<int:report_id>/plan/", views.plan, name="plan"),
    path("passages/<int:passage_id>/", views.passage, name="passage"),
    path("passages/<int:passage_id>/side/", views.passage_side, name="passage_side"),
    path("passages/<int:passage_id>/add/", views.passage_add, name="passage_add"),
    path("passages/<int:passage_id>/move/", views.passage_move, name="passage_move"),
    path("passages/<int:passage_id>/remove/", views.passage_remove, name="passage_remove"),
    path("passages/<int:passage_id>/restore/", views.passage_restore, name="passage_restore"),
    path("passages/<int:passage_id>/changes/", views.passage_changes, name="passage_changes"),
    path("passages/<int:passage_id>/remark/", views.remark, name="remark"),
    path("passages/<int:passage_id>/assign/", views.assign, name="assign"),
    path("remarks/<int:remark_id>/settle/", views.settle_remark, name="settle_remark"),
    path("fixed/<int:wording_id>/withdraw/", views.withdraw_fixed, name="withdraw_fixed"),
    path("plan/<int:plan_item_id>/", views.plan_change, name="plan_change"),
    path("plan/<int:plan_item_id>/drop/", views.drop_plan, name="drop_plan"),
]

"""Addresses of the road."""

from django.urls import path

from qinghe.systems.joining.views import cases, halting, own, ratios, steps, terms

CASE = "cases/<int:joining_case_id>/"
urlpatterns = [
    path("cases/", cases.cases, name="cases"),
    path("cases/new/", cases.case_new, name="case_new"),
    path("cases/filing/", cases.filing, name="filing"),
    path(CASE, cases.case, name="case"),
    path(f"{CASE}next/", steps.case_next, name="case_next"),
    path(f"{CASE}lessons/new/", steps.lesson_new, name="lesson_new"),
    path("lessons/<int:joining_lesson_id>/strike/", steps.lesson_strike, name="lesson_strike"),
    path(f"{CASE}objections/new/", steps.objection_new, name="objection_new"),
    path(
        "objections/<int:joining_objection_id>/answer/",
        steps.objection_answer,
        name="objection_answer",
    ),
    path(f"{CASE}refuse/", halting.case_refuse, name="case_refuse"),
    path(f"{CASE}withdraw/", halting.case_withdraw, name="case_withdraw"),
    path(f"{CASE}lapse/", halting.case_lapse, name="case_lapse"),
    path(f"{CASE}pause/", halting.case_pause, name="case_pause"),
    path(f"{CASE}resume/", halting.case_resume, name="case_resume"),
    path("terms/", terms.joining_terms, name="terms"),
    path("terms/new/", terms.joining_terms_new, name="terms_new"),
    path("classes/", ratios.graduating_classes, name="classes"),
    path("classes/new/", ratios.graduating_class_new, name="class_new"),
    path("classes/<int:graduating_class_id>/", ratios.graduating_class, name="class"),
    path(
        "classes/<int:graduating_class_id>/change/",
        ratios.graduating_class_change,
        name="class_change",
    ),
    path("ceilings/", ratios.ceilings, name="ceilings"),
    path("ceilings/new/", ratios.ceiling_new, name="ceiling_new"),
    path("mine/", own.own, name="own"),
    path("mine/apply/", own.own_apply, name="own_apply"),
    path("mine/withdraw/", own.own_withdraw, name="own_withdraw"),
]

from django.urls import path

from . import views

app_name = "reorganising"
PLAN = "<int:reorg_plan_id>/"
STEP = "steps/<int:reorg_step_id>/"
urlpatterns = [
    path("", views.plans, name="plans"),
    path("new/", views.plan_new, name="plan_new"),
    path("history/<int:org_id>/", views.history, name="history"),
    path(f"{STEP}remove/", views.step_remove, name="step_remove"),
    path(f"{STEP}place/", views.step_place, name="step_place"),
    path(PLAN, views.plan, name="plan"),
    path(f"{PLAN}change/", views.plan_change, name="plan_change"),
    path(f"{PLAN}copy/", views.plan_copy, name="plan_copy"),
    path(f"{PLAN}add/", views.step_new, name="step_new"),
    path(f"{PLAN}preview/", views.preview, name="preview"),
    path(f"{PLAN}look/", views.plan_preview, name="plan_preview"),
    path(f"{PLAN}submit/", views.plan_submit, name="plan_submit"),
    path(f"{PLAN}approve/", views.plan_approve, name="plan_approve"),
    path(f"{PLAN}refuse/", views.plan_refuse, name="plan_refuse"),
    path(f"{PLAN}withdraw/", views.plan_withdraw, name="plan_withdraw"),
]

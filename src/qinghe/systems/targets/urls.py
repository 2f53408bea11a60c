from django.urls import path

from . import views
from .views import charges, over_time, progress, supervising, terms

app_name = "targets"
LIST, ITEM = "lists/<int:task_list_id>/", "items/<int:list_item_id>/"
CLAIM, SHARE = "claims/<int:item_claim_id>/", "shares/<int:share_id>/"
ADJUSTMENT = "adjustments/<int:share_adjustment_id>/"
urlpatterns = [
    path("", views.lists, name="lists"),
    path("lists/new/", views.list_new, name="list_new"),
    path(LIST, views.list_, name="list"),
    path(f"{LIST}change/", views.list_change, name="list_change"),
    path(f"{LIST}publish/", views.publish, name="publish"),
    path(f"{LIST}close/", views.close, name="close"),
    path(f"{LIST}take/", views.take, name="take"),
    path(f"{LIST}reopen/", views.list_reopen, name="list_reopen"),
    path(f"{LIST}heat/", views.heat, name="heat"),
    path(f"{LIST}gantt/", over_time.gantt, name="gantt"),
    path("lights/", over_time.lights, name="lights"),
    path(f"{LIST}items/new/", views.item_new, name="item_new"),
    path("items/", views.items, name="items"),
    path(ITEM, views.item, name="item"),
    path(f"{ITEM}change/", views.item_change, name="item_change"),
    path(f"{ITEM}drop/", views.item_drop, name="item_drop"),
    path(f"{ITEM}claim/", views.claim, name="claim"),
    path(f"{ITEM}split/", views.begin_split, name="begin_split"),
    path(f"{CLAIM}grant/", views.claim_grant, name="claim_grant"),
    path(f"{CLAIM}refuse/", views.claim_refuse, name="claim_refuse"),
    path(f"{CLAIM}withdraw/", views.claim_withdraw, name="claim_withdraw"),
    path(SHARE, views.share, name="share"),
    path(f"{SHARE}split/", views.split, name="split"),
    path(f"{SHARE}adjust/", views.adjust, name="adjust"),
    path(f"{SHARE}gap/", views.gap, name="gap"),
    path(ADJUSTMENT, views.adjustment, name="adjustment"),
    path(f"{ADJUSTMENT}approve/", views.adjustment_approve, name="adjustment_approve"),
    path(f"{ADJUSTMENT}refuse/", views.adjustment_refuse, name="adjustment_refuse"),
    path(f"{ADJUSTMENT}withdraw/", views.adjustment_withdraw, name="adjustment_withdraw"),
    path("charges/", charges.charges, name="charges"),
    path("charges/<int:charge_id>/", charges.charge, name="charge"),
    path("charges/<int:charge_id>/tell/", progress.progress_new, name="progress_new"),
    path("charges/<int:charge_id>/strike/", progress.strike, name="strike"),
    path("charges/<int:charge_id>/reopen/", progress.reopen, name="reopen"),
    path("charges/<int:charge_id>/pause/", supervising.pause, name="pause"),
    path("charges/<int:charge_id>/resume/", supervising.resume, name="resume"),
    path("charges/<int:charge_id>/slip/", supervising.slip_new, name="slip_new"),
    path("slips/<int:slip_id>/", supervising.slip, name="slip"),
    path("slips/<int:slip_id>/paper/", supervising.slip_paper, name="slip_paper"),
    path("progress/<int:progress_id>/", progress.progress, name="progress"),
    path("progress/<int:progress_id>/change/", progress.progress_change, name="progress_change"),
    path("progress/<int:progress_id>/submit/", progress.progress_submit, name="progress_submit"),
    path("progress/<int:progress_id>/accept/", progress.progress_accept, name="progress_accept"),
    path("progress/<int:progress_id>/back/", progress.progress_back, name="progress_back"),
    path("items/<int:list_item_id>/progress/", supervising.item_progress, name="item_progress"),
    path("items/<int:list_item_id>/milestones/", supervising.milestones, name="milestones"),
    path("measures/", terms.measures, name="measures"),
    path("measures/new/", terms.measures_new, name="measures_new"),
]

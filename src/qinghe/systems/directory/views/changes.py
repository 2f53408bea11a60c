"""Dated changes of an organisation: each says first what it touches."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.systems.directory import forms, queries, services
from qinghe.systems.directory.access import Act


def found(request: Request, org_id: int) -> Org:
    """Find an organisation within the actor's sight, or answer 404."""
    seen = queries.orgs_listed_for(request.actor).select_related("parent", "successor")
    return get_object_or_404(seen, pk=org_id)


def org_move(request: Request, org_id: int) -> HttpResponse:
    """Put an organisation under another parent."""
    shown = _to_change(request, org_id)
    form = forms.MoveForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            services.move_org(org=shown, **form.cleaned_data, at=timezone.now(), by=request.actor)
            return redirect("directory:org", shown.pk)
    return pages.form_page(
        request,
        title=f"调整{shown.name}的隶属",
        form=form,
        note=f"{_all_below(request, shown)}将一并移到新的上级之下；从变更日期起的期末数字计入新的上级，"
        "此前各期仍计入原上级。",
        submit="确定调整",
        back=_back(shown),
    )


def org_merge(request: Request, org_id: int) -> HttpResponse:
    """Merge an organisation into another."""
    shown = _to_change(request, org_id)
    form = forms.MergeForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            services.merge_org(org=shown, **form.cleaned_data, at=timezone.now(), by=request.actor)
            return redirect("directory:org", shown.pk)
    return pages.form_page(
        request,
        title=f"合并{shown.name}",
        form=form,
        note=f"{shown.name}将在合并日期撤销：{shown.below}个下级组织移到并入的组织之下，"
        f"{shown.members}名团员转入它的名册，{shown.cadres}个职务同日离任。"
        "此前的记录保留，从那一天起随并入的组织计算。合并后不能恢复。",
        submit="确定合并",
        back=_back(shown),
    )


def org_close(request: Request, org_id: int) -> HttpResponse:
    """Close an organisation."""
    shown = _to_change(request, org_id)
    form = forms.EndForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.close_org(
                org=shown, on=form.cleaned_data["on"], at=timezone.now(), by=request.actor
            )
            return redirect("directory:org", shown.pk)
    return pages.form_page(
        request,
        title=f"撤销{shown.name}",
        form=form,
        note=f"{shown.name}现有{shown.below}个下级组织、{shown.members}名在册团员，须先全部移走才能撤销；"
        f"{shown.cadres}个职务将同日离任。撤销当日起不再计入，此前的记录保留。撤销后不能恢复。",
        submit="确定撤销",
        back=_back(shown),
    )


def _to_change(request: Request, org_id: int) -> Org:
    shown = found(request, org_id)
    actors.require(request.actor, Act.CHANGE_ORG, at=shown)
    return shown


def _all_below(request: Request, shown: Org) -> str:
    touched = queries.touched_by(request.actor, shown)
    return (
        f"{shown.name}连同下级共{touched.orgs}个组织、{touched.members}名团员、"
        f"{touched.cadres}名团干部"
    )


def _back(shown: Org) -> pages.Link:
    return pages.Link("返回", reverse("directory:org", args=[shown.pk]))

"""Checklists: versions that are read, and the next one."""

from django.forms import BaseFormSet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.inspections import forms, queries, services
from qinghe.systems.inspections.access import Act
from qinghe.systems.inspections.queries import Checklist

from .tables import ChecklistTable, ItemTable


def checklists(request: Request) -> HttpResponseBase:
    """Show all versions of all checklists."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if actors.may(request.actor, Act.KEEP_CHECKLISTS, at=request.scope.org):
        new, kind = reverse("inspections:checklist_new"), reverse("inspections:kind_new")
        actions = [pages.Action("编制新版本", new, primary=True), pages.Action("增加类别", kind)]
    return pages.list_page(
        request,
        title="检查表",
        table=ChecklistTable,
        rows=queries.checklists(request.actor),
        actions=actions,
    )


def checklist(request: Request, checklist_id: int) -> HttpResponse:
    """Show one version."""
    found = get_object_or_404(queries.checklists(request.actor), pk=checklist_id)
    actions = []
    if actors.may(request.actor, Act.KEEP_CHECKLISTS, at=request.scope.org):
        url = f"{reverse('inspections:checklist_new')}?from={found.pk}"
        actions = [pages.Action("据此编制新版本", url)]
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(f"第{found.version}版"),
        facts=[
            ("适用类别", found.kind.label if found.kind else "没有专用检查表的所有类别"),
            ("依据", found.source),
            ("达标分", f"得分占满分的{found.pass_mark}%，且没有一票否决的项不达标"),
            ("起用日期", found.starts_on.isoformat()),
        ],
        actions=actions,
        related=[pages.Related("检查项", tables.short(ItemTable, found.items.all()))],
        back=pages.Link("检查表", reverse("inspections:checklists")),
    )


def checklist_new(request: Request) -> HttpResponse:
    """Set the next version, begun with the one before."""
    actors.require(request.actor, Act.KEEP_CHECKLISTS, at=request.scope.org)
    before = _before(request)
    form = forms.ChecklistForm(request.POST or None, initial=_told(before), actor=request.actor)
    lines = forms.ItemFormSet(request.POST or None, initial=_lines(before), prefix="item")
    if form.is_valid() and lines.is_valid():
        with pages.refusals_on(form):
            return redirect(_set(request, form, lines))
    return pages.page(
        request,
        "inspections/checklist_new.html",
        status=422 if form.errors or lines.total_error_count() else 200,
        title="编制检查表新版本",
        form=form,
        lines=lines,
        back=pages.Link("检查表", reverse("inspections:checklists")),
    )


def kind_new(request: Request) -> HttpResponse:
    """Add a kind of points."""
    actors.require(request.actor, Act.KEEP_CHECKLISTS, at=request.scope.org)
    form = forms.KindForm(request.POST or None)

    def do() -> str:
        services.add_kind(
            **form.cleaned_data, org=request.scope.org, at=timezone.now(), by=request.actor
        )
        return reverse("inspections:checklists")

    return pages.act_page(
        request,
        title="增加点位类别",
        form=form,
        do=do,
        back=pages.Link("检查表", reverse("inspections:checklists")),
    )


def _set(request: Request, form: forms.ChecklistForm, lines: BaseFormSet) -> str:
    made = services.set_checklist(
        new=form.as_new(lines), org=request.scope.org, at=timezone.now(), by=request.actor
    )
    return reverse("inspections:checklist", args=[made.pk])


def _before(request: Request) -> Checklist | None:
    chosen = request.GET.get("from", "")
    if chosen.isdecimal():
        return get_object_or_404(queries.checklists(request.actor), pk=chosen)
    return queries.newest_of(request.actor, None)


def _told(before: Checklist | None) -> dict[str, object]:
    if before is None:
        return {"starts_on": timezone.localdate()}
    return {
        "kind": before.kind_id,
        "title": before.title,
        "source": before.source,
        "pass_mark": before.pass_mark,
        "starts_on": timezone.localdate(),
    }


def _lines(before: Checklist | None) -> list[dict[str, object]]:
    if before is None:
        return []
    return [dict(one) for one in before.items.values("text", "weight", "days", "photo", "veto")]

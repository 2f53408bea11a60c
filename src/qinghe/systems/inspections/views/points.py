"""Service points at the desk."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.inspections import forms, queries, services
from qinghe.systems.inspections.access import Act
from qinghe.systems.inspections.queries import Point

from .tables import FindingHereTable, PointTable, VisitTable

FIRST = 10


def points(request: Request) -> HttpResponseBase:
    """Show the points of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = [pages.Action("检查表", reverse("inspections:checklists"))]
    if actors.may(request.actor, Act.KEEP_POINTS, at=request.scope.org):
        url = reverse("inspections:point_new")
        actions.insert(0, pages.Action("登记点位", url, primary=True))
    rows = queries.points_seen_by(request.actor)
    return pages.list_page(
        request,
        title="点位台账",
        table=PointTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.PointFilter,
        actions=actions,
        sheet="inspections.points",
    )


def point(request: Request, point_id: int) -> HttpResponse:
    """Show one point, its visits and what was found there."""
    found = _point(request, point_id)
    visits = queries.visits_seen_by(request.actor).filter(point=found)
    problems = queries.findings_seen_by(request.actor).filter(answer__visit__point=found)
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag("已停用") if found.closed_on else pages.Tag("启用", pages.Tone.GOOD),
        facts=[
            ("点位编号", found.code),
            ("类别", found.kind.label),
            ("责任单位", found.org.name),
            ("地点", found.address),
            ("位置", f"{found.latitude}，{found.longitude}" if found.latitude else "—"),
            ("启用日期", found.opened_on.isoformat()),
            ("停用日期", found.closed_on.isoformat() if found.closed_on else "—"),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related("巡查", tables.short(VisitTable, visits[:FIRST]), empty="还没有巡查"),
            pages.Related(
                "问题", tables.short(FindingHereTable, problems[:FIRST]), empty="没有问题"
            ),
        ],
        back=pages.Link("点位台账", reverse("inspections:points")),
    )


def point_new(request: Request) -> HttpResponse:
    """Enter a point."""
    actors.require(request.actor, Act.KEEP_POINTS, at=request.scope.org)
    form = forms.PointForm(
        request.POST or None,
        initial={"org": request.scope.org.code, "opened_on": timezone.localdate()},
        actor=request.actor,
        fixed=False,
    )
    return pages.act_page(
        request,
        title="登记点位",
        form=form,
        do=lambda: _url(
            services.enter_point(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link("点位台账", reverse("inspections:points")),
    )


def point_change(request: Request, point_id: int) -> HttpResponse:
    """Correct what is said of a point."""
    found = _point(request, point_id)
    actors.require(request.actor, Act.KEEP_POINTS, at=found.org)
    told = {name: getattr(found, name) for name in ("name", "address", "latitude", "longitude")}
    form = forms.PointForm(
        request.POST or None,
        initial={**told, "kind": found.kind_id},
        actor=request.actor,
        fixed=True,
    )
    return pages.act_page(
        request,
        title=f"更正{found.name}",
        form=form,
        do=lambda: _url(
            services.change_point(
                point=found, told=form.as_told(), at=timezone.now(), by=request.actor
            )
        ),
        back=pages.Link(found.name, _url(found)),
    )


def point_close(request: Request, point_id: int) -> HttpResponse:
    """Close a point."""
    found = _point(request, point_id)
    actors.require(request.actor, Act.KEEP_POINTS, at=found.org)
    form = forms.CloseForm(request.POST or None, initial={"closed_on": timezone.localdate()})
    return pages.act_page(
        request,
        title=f"停用{found.name}",
        form=form,
        do=lambda: _url(
            services.close_point(
                point=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="确定停用",
        back=pages.Link(found.name, _url(found)),
    )


def _actions(request: Request, found: Point) -> list[pages.Action]:
    if found.closed_on:
        return []
    key, actions = [found.pk], []
    if actors.may(request.actor, Act.INSPECT, at=found.org):
        url = reverse("inspections:begin", args=key)
        actions.append(pages.Action("开始巡查", url, primary=True, post=True))
    if actors.may(request.actor, Act.KEEP_POINTS, at=found.org):
        actions.append(pages.Action("更正", reverse("inspections:point_change", args=key)))
        actions.append(pages.Action("停用", reverse("inspections:point_close", args=key)))
    return actions


def _point(request: Request, point_id: int) -> Point:
    return get_object_or_404(queries.points_seen_by(request.actor), pk=point_id)


def _url(found: Point) -> str:
    return reverse("inspections:point", args=[found.pk])

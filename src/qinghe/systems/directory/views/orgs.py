"""Organisations: list, record, opening, correcting."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.systems.directory import forms, queries, services
from qinghe.systems.directory.access import Act
from qinghe.systems.directory.queries import OrgState

from . import links
from .cadres import CadreTable
from .changes import found
from .members import MemberTable

Row = TypeVar("Row", bound=Model)

FIRST = 20
TONES: dict[str, pages.Tone] = {
    OrgState.OPEN: pages.Tone.GOOD,
    OrgState.CLOSED: pages.Tone.PLAIN,
    OrgState.MERGED: pages.Tone.PLAIN,
}


class OrgTable(Table):
    """Organisations with what stands right at them."""

    name = Column("名称", linkify=("directory:org", {"org_id": A("pk")}))
    code = Column("代码")
    kind = Column("类型", accessor="get_kind_display", order_by="kind")
    level = Column("层级", accessor="get_level_display", order_by="level")
    sector = Column("领域", accessor="get_sector_display", order_by="sector")
    new_org_kind = Column("两新", accessor="get_new_org_kind_display", order_by="new_org_kind")
    parent = Column("上级", accessor="parent__name", order_by="parent__path")
    opened_on = columns.Day(verbose_name="成立日期")
    below = columns.Number(verbose_name="下级")
    members = columns.Number(verbose_name="团员")
    state = columns.State(verbose_name="状态", labels=dict(OrgState.choices), tones=TONES)


class ChildTable(Table):
    """What stands right below an organisation."""

    name = Column("名称", linkify=("directory:org", {"org_id": A("pk")}))
    kind = Column("类型", accessor="get_kind_display")
    below = columns.Number(verbose_name="下级")
    members = columns.Number(verbose_name="团员")
    cadres = columns.Number(verbose_name="任职")
    state = columns.State(verbose_name="状态", labels=dict(OrgState.choices), tones=TONES)


class PlaceTable(Table):
    """Where an organisation stood over time."""

    parent = Column("上级", accessor="parent__name", default="无")
    starts_on = columns.Day(verbose_name="自")
    ends_on = columns.Day(verbose_name="至（不含）", default="至今")


def orgs(request: Request) -> HttpResponseBase:
    """Show the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.orgs_listed_for(request.actor)
    return pages.list_page(
        request,
        title="组织名册",
        table=OrgTable,
        rows=rows.filter(path__startswith=request.scope.org.path),
        filterset=forms.OrgFilter,
        actions=_list_actions(request),
        sheet="directory.orgs",
        totals=lambda kept: [pages.Total("组织", kept.count(), "个")],
    )


def org(request: Request, org_id: int) -> HttpResponse:
    """Show one organisation: facts, place over time, what is below, members, cadres."""
    shown = found(request, org_id)
    touched = queries.touched_by(request.actor, shown)
    here = f"?org={shown.code}"
    state = OrgState(shown.state)
    members = queries.members_seen_by(request.actor).filter(org=shown, ends_on__isnull=True)
    cadres = queries.cadres_seen_by(request.actor).filter(org=shown, ends_on__isnull=True)
    return pages.record_page(
        request,
        title=shown.name,
        record=shown,
        state=pages.Tag(state.label, TONES[state]),
        facts=_facts(request, shown, touched=touched),
        actions=_next_actions(request, shown),
        related=[
            pages.Related(
                "下级组织",
                tables.short(ChildTable, _first(queries.children_of(request.actor, shown))),
                note=f"共{shown.below}个在运行，最多列{FIRST}个",
                url=reverse("directory:orgs") + here,
                empty="没有下级组织。",
            ),
            pages.Related(
                "隶属沿革",
                tables.short(PlaceTable, list(queries.places_of(request.actor, shown))),
            ),
            pages.Related(
                "本组织团员",
                tables.short(MemberTable, _first(members)),
                note=f"共{shown.members}人在册，最多列{FIRST}人",
                url=reverse("directory:members") + here,
                empty="名册上还没有团员。",
            ),
            pages.Related(
                "本组织团干部",
                tables.short(CadreTable, _first(cadres)),
                note=f"共{shown.cadres}个在任职务，最多列{FIRST}个",
                url=reverse("directory:cadres") + here,
                empty="还没有团干部任职。",
            ),
        ],
        back=pages.Link("组织名册", reverse("directory:orgs")),
    )


def org_new(request: Request) -> HttpResponse:
    """Open an organisation."""
    actors.require(request.actor, Act.OPEN_ORG, at=request.scope.org)
    initial = {"parent": request.GET.get("under", request.scope.org.code)}
    form = forms.OpenForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.open_org(new=form.as_new(), at=timezone.now(), by=request.actor)
            return redirect("directory:org", made.pk)
    return pages.form_page(
        request,
        title="新建组织",
        form=form,
        groups=[
            ("基本信息", ["code", "name", "kind", "level", "parent", "opened_on"]),
            ("领域与两新", ["sector", "new_org_kind", "industry"]),
        ],
        submit="成立",
        back=pages.Link("组织名册", reverse("directory:orgs")),
        draft="directory.org_new",
    )


def org_change(request: Request, org_id: int) -> HttpResponse:
    """Correct what is written about an organisation."""
    shown = found(request, org_id)
    actors.require(request.actor, Act.CHANGE_ORG, at=shown)
    names = ("name", "sector", "new_org_kind", "industry")
    form = forms.OrgForm(
        request.POST or None, initial={name: getattr(shown, name) for name in names}
    )
    if form.is_valid():
        with pages.refusals_on(form):
            services.change_org(org=shown, **form.cleaned_data, at=timezone.now(), by=request.actor)
            return redirect("directory:org", shown.pk)
    return pages.form_page(
        request,
        title=f"更正{shown.name}的信息",
        form=form,
        note="更正领域、两新类别后，各期数字在下次更新时都按更正后的信息计算；已封存的期次不变。",
        back=pages.Link("返回", reverse("directory:org", args=[shown.pk])),
    )


def _facts(
    request: Request, shown: Org, *, touched: queries.Touched
) -> Sequence[tuple[str, pages.Cell]]:
    above: pages.Cell = shown.parent.name if shown.parent else None
    if shown.parent and actors.may(request.actor, Act.SEE, at=shown.parent):
        above = pages.Link(shown.parent.name, reverse("directory:org", args=[shown.parent_id]))
    return [
        ("代码", shown.code),
        ("类型", shown.get_kind_display()),
        ("层级", shown.get_level_display()),
        ("上级", above),
        ("领域", shown.get_sector_display()),
        ("两新组织类别", shown.get_new_org_kind_display()),
        ("行业团工委", shown.get_industry_display()),
        ("成立日期", shown.opened_on.isoformat()),
        ("撤销日期", links.day(shown.closed_on)),
        ("并入", shown.successor.name if shown.successor else ""),
        ("含下级组织", f"{touched.orgs:,}个"),
        ("含下级团员", f"{touched.members:,}人"),
        ("含下级团干部", f"{touched.cadres:,}人"),
    ]


def _next_actions(request: Request, shown: Org) -> list[pages.Action]:
    if shown.closed_on:
        return []
    offered = [
        (Act.OPEN_ORG, "新建下级组织", reverse("directory:org_new") + f"?under={shown.code}"),
        (Act.KEEP_ROLL, "登记团员", reverse("directory:member_new") + f"?at={shown.code}"),
        (Act.APPOINT, "任命团干部", reverse("directory:cadre_new") + f"?at={shown.code}"),
        (Act.CHANGE_ORG, "更正信息", reverse("directory:org_change", args=[shown.pk])),
        (Act.CHANGE_ORG, "调整隶属", reverse("directory:org_move", args=[shown.pk])),
        (Act.CHANGE_ORG, "合并", reverse("directory:org_merge", args=[shown.pk])),
        (Act.CHANGE_ORG, "撤销", reverse("directory:org_close", args=[shown.pk])),
    ]
    return [
        pages.Action(label, url)
        for act, label, url in offered
        if actors.may(request.actor, act, at=shown)
    ]


def _list_actions(request: Request) -> list[pages.Action]:
    if not actors.may(request.actor, Act.OPEN_ORG, at=request.scope.org):
        return []
    return [pages.Action("新建组织", reverse("directory:org_new"), primary=True)]


def _first(rows: QuerySet[Row]) -> list[Row]:
    return list(rows[:FIRST])

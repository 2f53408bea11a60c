"""The roll of units: the list, one unit, and what is done with it."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.founding import forms, queries, services
from qinghe.systems.founding.access import Act
from qinghe.systems.founding.queries import BLANK, Unit, UnitState

from .tables import UNIT_TONES, ApplicationsOfOneTable, UnitTable, VisitTable

FIRST = 10
LIST = "两新单位名册"


def units(request: Request) -> HttpResponseBase:
    """Show the units of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.units_seen_by(request.actor)
    actions = []
    if actors.may(request.actor, Act.KEEP, at=request.scope.org):
        actions = [pages.Action("登记单位", reverse("founding:unit_new"), primary=True)]
    return pages.list_page(
        request,
        title=LIST,
        table=UnitTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.UnitFilter,
        actions=actions,
        sheet="founding.units",
        totals=_totals,
    )


def _totals(rows: QuerySet) -> list[pages.Total]:
    blank = rows.filter(state__in=BLANK).count()
    return [pages.Total("其中未建团", blank, "家")]


def unit(request: Request, unit_id: int) -> HttpResponse:
    """Show one unit, the calls on it and its applications."""
    found = _found(request, unit_id)
    state = UnitState(found.state)
    visits = found.visits.select_related("visitor", "unit__org")
    asked = queries.applications_seen_by(request.actor).filter(
        Q(unit=found) | Q(joined__unit=found)
    )
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag(state.label, UNIT_TONES[state]),
        facts=_facts(request, found),
        actions=_actions(request, found),
        related=[
            pages.Related(
                "建团申请",
                tables.short(ApplicationsOfOneTable, asked.distinct()[:FIRST]),
                empty="还没有申请",
            ),
            pages.Related("走访记录", tables.short(VisitTable, visits[:FIRST]), empty="还没有走访"),
        ],
        back=pages.Link(LIST, reverse("founding:units")),
    )


def name_of(request: Request, person: Person | None, *, at: Org) -> str:
    """Return somebody's name as far as the reader may know it at a place."""
    if person is None:
        return "未定"
    return levels.full_name(request.actor, person, at=at, on=local_day(timezone.now()))


def _facts(request: Request, found: Unit) -> list[tuple[str, pages.Cell]]:
    facts: list[tuple[str, pages.Cell]] = [
        ("统一社会信用代码", found.credit_code),
        ("单位类别", found.get_kind_display()),
        ("互联网行业", found.internet),
        ("所在街道社区", found.org.name),
        ("牵引团工委", found.get_industry_display()),
        ("牵引路径", found.get_way_display() or "未定"),
        ("从业人数", found.employees),
        ("35岁及以下人数", found.youths),
        ("团员数", found.members),
        ("联系干部", name_of(request, found.officer, at=found.org)),
        ("登记日期", found.entered_on.isoformat()),
        ("下次走访", found.next_on.isoformat() if found.next_on else "—"),
    ]
    if found.look_again_on:
        facts.append(("复查日期", found.look_again_on.isoformat()))
    if found.reason:
        facts.append(("原因", found.reason))
    if found.league_org:
        closed = found.league_org.closed_on
        ended = f"（{closed.isoformat()}已撤销）" if closed else ""
        facts.append(("团组织", f"{found.league_org.name}{ended}"))
    return facts


_STEPS: dict[str, tuple[tuple[str, str], ...]] = {
    UnitState.OPEN: (("暂不具备", "lay_aside"), ("登记注销", "note_gone")),
    UnitState.NOT_FIT: (("登记注销", "note_gone"),),
}


def _actions(request: Request, found: Unit) -> list[pages.Action]:
    if found.state == UnitState.GONE or not actors.may(request.actor, Act.KEEP, at=found.org):
        return []

    def to(label: str, name: str, *, primary: bool = False, post: bool = False) -> pages.Action:
        url = reverse(f"founding:{name}", args=[found.pk])
        return pages.Action(label, url, primary=primary, post=post)

    actions = []
    if found.state == UnitState.OPEN:
        actions.append(to("申请建团", "application_new", primary=True))
    if found.state == UnitState.NOT_FIT:
        actions.append(to("重新列为未建", "take_up_again", post=True))
    if found.league_org and found.league_org.closed_on:
        actions.append(to("退回未建", "reopen", primary=True))
    every = (("登记走访", "visit_new"), ("更正", "unit_change"), ("指定联系干部", "assign"))
    return [*actions, *(to(*step) for step in (*every, *_STEPS.get(found.state, ())))]


def unit_new(request: Request) -> HttpResponse:
    """Enter a unit."""
    actors.require(request.actor, Act.KEEP, at=request.scope.org)
    form = forms.UnitForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="登记两新单位",
        form=form,
        do=lambda: _url(
            services.enter_unit(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link(LIST, reverse("founding:units")),
    )


def unit_change(request: Request, unit_id: int) -> HttpResponse:
    """Correct what is told of a unit."""
    found = _kept(request, unit_id)
    told = ("name", "credit_code", "kind", "is_internet", "industry", "way")
    numbers = ("employees", "youths", "members")
    initial = {name: getattr(found, name) for name in (*told, *numbers)}
    form = forms.UnitForm(
        request.POST or None, initial={**initial, "org": found.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title=f"更正{found.name}",
        form=form,
        do=lambda: _url(
            services.change_unit(unit=found, new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        note="统一社会信用代码登记后不能改。",
        back=_back(found),
    )


def assign(request: Request, unit_id: int) -> HttpResponse:
    """Say who looks after a unit."""
    found = _kept(request, unit_id)
    form = forms.AssignForm(
        request.POST or None,
        initial={"officer": found.officer_id},
        actor=request.actor,
        unit=found,
        day=local_day(timezone.now()),
    )
    return pages.act_page(
        request,
        title=f"指定{found.name}的联系干部",
        form=form,
        do=lambda: _url(
            services.assign(
                unit=found,
                officer=form.cleaned_data["officer"],
                at=timezone.now(),
                by=request.actor,
            )
        ),
        back=_back(found),
    )


def visit_new(request: Request, unit_id: int) -> HttpResponse:
    """Write down a call on a unit."""
    found = _kept(request, unit_id)
    form = forms.VisitForm(request.POST or None, initial={"day": local_day(timezone.now())})
    return pages.act_page(
        request,
        title=f"走访{found.name}",
        form=form,
        do=lambda: _url(
            services.visit(new=form.as_new(found), at=timezone.now(), by=request.actor).unit
        ),
        note="走访人记为您本人。",
        back=_back(found),
    )


def lay_aside(request: Request, unit_id: int) -> HttpResponse:
    """Say that a unit is not fit yet."""
    found = _kept(request, unit_id)
    form = forms.AsideForm(request.POST or None)
    return pages.act_page(
        request,
        title=f"{found.name}暂不具备建团条件",
        form=form,
        do=lambda: _url(
            services.lay_aside(unit=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        ),
        note="仍在空白点清单中，到复查日期再看。",
        back=_back(found),
    )


@require_POST
def take_up_again(request: Request, unit_id: int) -> HttpResponse:
    """Put a unit that was laid aside among the open ones."""
    found = _found(request, unit_id)
    services.take_up_again(unit=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def note_gone(request: Request, unit_id: int) -> HttpResponse:
    """Take a unit off the roll that exists no more."""
    found = _kept(request, unit_id)
    return pages.reason_page(
        request,
        title=f"{found.name}已注销",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.note_gone(
            unit=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定注销",
        note="登记注销后不再列入空白点，也不能再申请建团。",
        back=_back(found),
    )


def reopen(request: Request, unit_id: int) -> HttpResponse:
    """Put a unit whose organisation is closed among the open ones."""
    found = _kept(request, unit_id)
    return pages.reason_page(
        request,
        title=f"{found.name}退回未建",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.reopen(
            unit=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定退回",
        back=_back(found),
    )


def _found(request: Request, unit_id: int) -> Unit:
    return get_object_or_404(queries.units_seen_by(request.actor), pk=unit_id)


def _kept(request: Request, unit_id: int) -> Unit:
    found = _found(request, unit_id)
    actors.require(request.actor, Act.KEEP, at=found.org)
    return found


def _url(found: Unit) -> str:
    return reverse("founding:unit", args=[found.pk])


def _back(found: Unit) -> pages.Link:
    return pages.Link(found.name, _url(found))

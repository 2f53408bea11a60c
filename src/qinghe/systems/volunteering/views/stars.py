"""Stars as officers see them: rounds, candidates, cases, objections."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import StarCase, StarRound, StarState, StarVerdict

MOST_SHOWN = 100
TONES: dict[str, pages.Tone] = {
    StarState.REVIEWING: pages.Tone.WAIT,
    StarState.NOTICED: pages.Tone.INFO,
    StarState.ISSUED: pages.Tone.GOOD,
    StarState.REFUSED: pages.Tone.LATE,
    StarState.WITHDRAWN: pages.Tone.PLAIN,
    StarState.LOWERED: pages.Tone.LATE,
}
ROUND_LABELS = {"open": "进行中", "closed": "已归档"}


class RoundTable(Table):
    """Seasons, newest first."""

    title = Column("批次", linkify=("volunteering:star_round", [A("pk")]))
    scheme = Column("评定办法", accessor="scheme__title")
    opens_on = columns.Day(verbose_name="申报开始")
    closes_on = columns.Day(verbose_name="申报截止")
    asked = columns.Number(verbose_name="申报件数")
    given = columns.Number(verbose_name="认定人数")
    state = columns.State(
        verbose_name="状态",
        labels=ROUND_LABELS,
        tones={"open": pages.Tone.WAIT, "closed": pages.Tone.PLAIN},
    )


class CaseTable(Table):
    """Cases, names masked."""

    number = Column(
        "志愿者编号",
        accessor="volunteer__number",
        linkify=("volunteering:star_case", [A("pk")]),
    )
    name = columns.MaskedName(verbose_name="姓名", accessor="volunteer__person__name")
    org = Column("主组织", accessor="org__name", order_by="org__path")
    star = columns.Number(verbose_name="星级")
    minutes = columns.Number(verbose_name="计入分钟")
    awaits = Column("待审核单位", accessor="awaits__name", default="")
    notice_until = columns.Day(verbose_name="公示截止")
    issued_on = columns.Day(verbose_name="认定日期")
    state = columns.State(verbose_name="状态", labels=dict(StarState.choices), tones=TONES)


def star_rounds(request: Request) -> HttpResponseBase:
    """Show the seasons that reach the actor's organisations."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if actors.may(request.actor, Act.RUN_STARS, at=request.scope.org):
        url = reverse("volunteering:star_round_new")
        actions.append(pages.Action("建立评定批次", url, primary=True))
    return pages.list_page(
        request,
        title="星级志愿者评定",
        table=RoundTable,
        rows=queries.rounds_seen_by(request.actor),
        actions=actions,
    )


def star_round_new(request: Request) -> HttpResponse:
    """Open a season."""
    org = request.scope.org
    actors.require(request.actor, Act.RUN_STARS, at=org)
    today = local_day(timezone.now())
    initial = {"title": f"{today.year}年度星级志愿者评定", "counted_until": today}
    form = forms.StarRoundForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.open_star_round(
            new=form.as_new(org=org), at=timezone.now(), by=request.actor
        )
        return reverse("volunteering:star_round", args=[made.pk])

    return pages.act_page(
        request,
        title="建立评定批次",
        form=form,
        do=do,
        submit="建立",
        note="建立后，各级可查看符合条件的志愿者并申报；志愿者也可在手机上申请。",
        back=_rounds(),
    )


def star_round(request: Request, star_round_id: int) -> HttpResponseBase:
    """Show a season: what its scheme asks, what has come of it, its cases."""
    found = _round(request, star_round_id)
    return pages.list_page(
        request,
        title=found.title,
        table=CaseTable,
        rows=queries.cases_seen_by(request.actor).filter(
            round=found, org__path__startswith=request.scope.org.path
        ),
        filterset=forms.StarFilter,
        actions=_round_actions(request, found),
        totals=lambda rows: [
            pages.Total(label, rows.filter(state=state).count(), "人")
            for state, label in StarState.choices
            if state != StarState.WITHDRAWN
        ],
    )


def star_candidates(request: Request, star_round_id: int) -> HttpResponse:
    """Show who could have a star by what the records say, and propose them."""
    found = _round(request, star_round_id)
    org = request.scope.org
    actors.require(request.actor, Act.PROPOSE_STAR, at=org)
    if request.method == "POST":
        made = services.propose_stars(
            found=found, org=org, at=timezone.now(), by=request.actor, volunteers=_ticked(request)
        )
        messages.success(request, f"已申报{len(made)}人，等待审核。")
        return redirect("volunteering:star_round", found.pk)
    fit = queries.candidates(request.actor, found, org=org)
    return pages.page(
        request,
        "volunteering/star_candidates.html",
        title=f"{org.name}符合条件的志愿者",
        back=pages.Link(found.title, reverse("volunteering:star_round", args=[found.pk])),
        found=found,
        levels=[
            (f"{one.star}星", f"{one.minutes // 60:,}", one.months)
            for one in queries.levels_of(request.actor, found.scheme)
        ],
        rows=queries.candidates_shown(request.actor, fit[:MOST_SHOWN]),
        count=len(fit),
        more=max(0, len(fit) - MOST_SHOWN),
    )


@require_POST
def star_issue(request: Request, star_round_id: int) -> HttpResponse:
    """Give the stars whose notice is over."""
    found = _round(request, star_round_id)
    given = services.issue_stars(found=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已认定{len(given)}名星级志愿者，并通知本人。")
    return redirect("volunteering:star_round", found.pk)


@require_POST
def star_round_close(request: Request, star_round_id: int) -> HttpResponse:
    """Put a season to the archive."""
    found = _round(request, star_round_id)
    services.close_star_round(found=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:star_round", found.pk)


def _ticked(request: Request) -> frozenset[int] | None:
    """Return who was ticked; nobody means all."""
    if request.POST.get("all"):
        return None
    return frozenset(int(key) for key in request.POST.getlist("volunteer") if key.isdecimal())


def _round(request: Request, star_round_id: int) -> StarRound:
    return get_object_or_404(queries.rounds_seen_by(request.actor), pk=star_round_id)


def _rounds() -> pages.Link:
    return pages.Link("星级志愿者评定", reverse("volunteering:star_rounds"))


def _round_actions(request: Request, found: StarRound) -> list[pages.Action | pages.Bulk]:
    key, org = [found.pk], request.scope.org
    actions: list[pages.Action | pages.Bulk] = []
    if found.state != "open":
        return actions
    if actors.may(request.actor, Act.PROPOSE_STAR, at=org):
        url = reverse("volunteering:star_candidates", args=key)
        actions.append(pages.Action("符合条件的志愿者", url, primary=True))
    if actors.may(request.actor, Act.RUN_STARS, at=found.org):
        actions += [
            pages.Action(
                "认定公示期满的",
                reverse("volunteering:star_issue", args=key),
                post=True,
                ask="认定公示期满且没有待核实异议的申报，并通知本人？",
            ),
            pages.Action("归档", reverse("volunteering:star_round_close", args=key), post=True),
        ]
    actions.append(pages.Action("公示页", reverse("volunteering:star_notice")))
    if actors.may(request.actor, Act.REVIEW_STAR, at=org):
        actions.append(
            pages.Bulk("agree", "同意所选", lambda row: _agree(request, row), primary=True)
        )
    return actions


def _agree(request: Request, row: object) -> object:
    return services.decide_stars(
        cases=[cast(StarCase, row)],
        verdict=StarVerdict.AGREED,
        words="",
        at=timezone.now(),
        by=request.actor,
    )

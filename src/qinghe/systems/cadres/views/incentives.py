"""Achievements with their evidence; a year's suggested list, and what people decided."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.verdicts import Refused
from qinghe.systems.cadres import forms, queries, services
from qinghe.systems.cadres.access import Act
from qinghe.systems.cadres.queries import (
    Achievement,
    AchievementState,
    Incentive,
    IncentiveState,
)

from .tables import TONES, AchievementTable, IncentiveTable, SuggestedTable, says

LIST = "激励建议名单"


def achievements(request: Request) -> HttpResponseBase:
    """Show the achievements at and below the chosen organisation."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.achievements_seen_by(request.actor)
    actions = []
    if actors.may_anywhere(request.actor, Act.ENTER_ACHIEVEMENT):
        url = reverse("cadres:achievement_new")
        actions.append(pages.Action("登记实绩", url, primary=True))
    return pages.list_page(
        request,
        title="团干部实绩",
        table=AchievementTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.AchievementFilter,
        actions=actions,
    )


def achievement(request: Request, achievement_id: int) -> HttpResponse:
    """Show one achievement with its evidence."""
    found = _achievement(request, achievement_id)
    today = timezone.localdate()
    may = found.state == AchievementState.KEPT and actors.may(
        request.actor, Act.ENTER_ACHIEVEMENT, at=found.org
    )
    facts: list[tuple[str, pages.Cell]] = [
        ("团干部", levels.full_name(request.actor, found.person, at=found.org, on=today)),
        ("组织", found.org.name),
        ("类别", found.get_kind_display()),
        ("日期", found.day.isoformat()),
        ("登记日期", found.entered_on.isoformat()),
    ]
    if found.reason:
        facts.append(("作废原因", found.reason))
    void = reverse("cadres:achievement_void", args=[found.pk])
    return pages.record_page(
        request,
        title=found.what,
        record=found,
        state=pages.Tag(AchievementState(found.state).label, TONES[found.state]),
        facts=facts,
        actions=[pages.Action("作废", void)] if may else [],
        back=pages.Link("团干部实绩", reverse("cadres:achievements")),
    )


def achievement_new(request: Request) -> HttpResponse:
    """Write an achievement down."""
    doors.require_anywhere(request.actor, Act.ENTER_ACHIEVEMENT)
    form = forms.AchievementForm(request.POST or None, request.FILES or None, actor=request.actor)

    def do() -> str:
        made = services.enter_achievement(
            new=form.as_new(),
            evidence=[form.cleaned_data["evidence"]],
            at=timezone.now(),
            by=request.actor,
        )
        return reverse("cadres:achievement", args=[made.pk])

    return pages.act_page(
        request,
        title="登记实绩",
        form=form,
        do=do,
        note="实绩按工作规定折算积分，只用于形成建议名单，给不给激励由人审定。",
        back=pages.Link("团干部实绩", reverse("cadres:achievements")),
    )


def achievement_void(request: Request, achievement_id: int) -> HttpResponse:
    """Call an achievement void."""
    found = _achievement(request, achievement_id)
    actors.require(request.actor, Act.ENTER_ACHIEVEMENT, at=found.org)
    return pages.reason_page(
        request,
        title=f"作废：{found.what}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.void_achievement(
            achievement=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定作废",
        back=pages.Link("返回", reverse("cadres:achievement", args=[found.pk])),
    )


@require_safe
def suggested(request: Request) -> HttpResponse:
    """Show a year's list at and below the chosen organisation."""
    org = request.scope.org
    actors.require(request.actor, Act.SEE, at=org)
    year = _year(request)
    today = timezone.localdate()
    found = queries.suggested(request.actor, org, year=year, today=today)
    return pages.page(
        request,
        "cadres/suggested.html",
        title=LIST,
        year=year,
        least=queries.terms_on(request.actor, today).suggest_from,
        earlier=year - 1,
        later=year + 1 if year < today.year else None,
        count=len(found),
        table=tables.paged(request, SuggestedTable, found),
        actions=[
            pages.Action("审定记录", reverse("cadres:incentives")),
            pages.Action("团干部实绩", reverse("cadres:achievements")),
        ],
        back=pages.Link("团干部队伍", reverse("cadres:board")),
    )


def incentives(request: Request) -> HttpResponseBase:
    """Show what was decided at and below the chosen organisation."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.incentives_seen_by(request.actor)
    return pages.list_page(
        request,
        title="激励审定记录",
        table=IncentiveTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.IncentiveFilter,
        actions=[pages.Action(LIST, reverse("cadres:suggested"))],
    )


def incentive(request: Request, incentive_id: int) -> HttpResponse:
    """Show one decision."""
    found = _incentive(request, incentive_id)
    may = found.state == IncentiveState.DECIDED and actors.may(
        request.actor, Act.DECIDE_INCENTIVE, at=found.org
    )
    facts: list[tuple[str, pages.Cell]] = [
        ("组织", found.org.name),
        ("年度", str(found.year)),
        ("审定时积分", str(found.points)),
        ("决定", found.get_decision_display()),
        ("激励内容", found.given or "—"),
        ("理由", found.reason),
        ("审定日期", found.decided_on.isoformat()),
    ]
    if found.why_revoked:
        facts.append(("撤销原因", found.why_revoked))
    url = reverse("cadres:incentive_revoke", args=[found.pk])
    return pages.record_page(
        request,
        title=levels.full_name(request.actor, found.person, at=found.org, on=timezone.localdate()),
        record=found,
        state=pages.Tag(IncentiveState(found.state).label, TONES[found.state]),
        facts=facts,
        actions=[pages.Action("撤销", url)] if may else [],
        back=pages.Link("激励审定记录", reverse("cadres:incentives")),
    )


def incentive_decide(request: Request, person_id: int) -> HttpResponse:
    """Decide about one cadre of a year's list."""
    year, today = _year(request), timezone.localdate()
    person = get_object_or_404(queries.cadre_people(request.actor, on=today), pk=person_id)
    one = queries.suggested_one(request.actor, person, year=year, today=today)
    if one is None:
        raise Refused("no_cadre", "此人在您的工作范围内没有任职，没有打开。")
    actors.require(request.actor, Act.DECIDE_INCENTIVE, at=one.org)
    form = forms.DecisionForm(request.POST or None)
    name = levels.full_name(request.actor, person, at=one.org, on=today)

    def do() -> str:
        made = services.decide_incentive(
            new=form.as_decided(person, year), at=timezone.now(), by=request.actor
        )
        messages.success(request, "已审定并记录。")
        return reverse("cadres:incentive", args=[made.pk])

    return pages.act_page(
        request,
        title=f"审定激励：{name}",
        form=form,
        do=do,
        note=f"{year}年度，{one.org.name}，积分{one.points}：{says(one)}。积分只供参考。",
        submit="审定",
        back=pages.Link(LIST, f"{reverse('cadres:suggested')}?year={year}"),
    )


def incentive_revoke(request: Request, incentive_id: int) -> HttpResponse:
    """Take a decision back."""
    found = _incentive(request, incentive_id)
    actors.require(request.actor, Act.DECIDE_INCENTIVE, at=found.org)
    return pages.reason_page(
        request,
        title="撤销审定",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.revoke_incentive(
            incentive=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤销",
        back=pages.Link("返回", reverse("cadres:incentive", args=[found.pk])),
    )


def _year(request: Request) -> int:
    form = forms.YearForm(request.GET)
    this = timezone.localdate().year
    asked = form.cleaned_data["year"] if form.is_valid() else None
    return min(asked or this, this)


def _achievement(request: Request, achievement_id: int) -> Achievement:
    return get_object_or_404(queries.achievements_seen_by(request.actor), pk=achievement_id)


def _incentive(request: Request, incentive_id: int) -> Incentive:
    return get_object_or_404(queries.incentives_seen_by(request.actor), pk=incentive_id)

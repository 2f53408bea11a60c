"""Recommending to the Party: the list, each record with its steps, the form of the next step."""

from collections.abc import Callable

from django import forms as django_forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages, timeline, watching
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.access.levels import full_name
from qinghe.systems.recommending import forms, queries, services
from qinghe.systems.recommending.access import Act
from qinghe.systems.recommending.queries import PartyState, PartyWay, Recommendation

from .tables import TONES, RecommendationTable, TermsTable

LIST = "recommending:recommendations"
Do = Callable[[], object]


def recommendations(request: Request) -> HttpResponseBase:
    """Show the recommendations of the chosen organisation and all below it."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    actions = []
    if actors.may_anywhere(request.actor, Act.PROPOSE):
        url = reverse("recommending:recommendation_new")
        actions.append(pages.Action("提名", url, primary=True))
    actions.append(pages.Action("推优入团", reverse("recommending:pioneers")))
    actions.append(pages.Action("推优参数", reverse("recommending:recommending_terms")))
    path = request.scope.org.path
    return pages.list_page(
        request,
        title="推优入党",
        table=RecommendationTable,
        rows=queries.recommendations_seen_by(request.actor).filter(org__path__startswith=path),
        filterset=forms.RecommendationFilter,
        actions=actions,
    )


def recommendation(request: Request, recommendation_id: int) -> HttpResponse:
    """Show one recommendation with the steps that were taken and those to come."""
    found = _found(request, recommendation_id)
    watching.note_record(request.actor, found)
    state = PartyState(found.state)
    name = full_name(request.actor, found.person, at=found.org, on=timezone.localdate())
    context = {
        "title": f"{name}：{found}",
        "state": pages.Tag(state.label, TONES[state]),
        "facts": [
            ("被推荐人", name),
            ("所在团支部", found.org.name),
            ("审定团委", found.committee.name),
            ("推荐方式", found.get_way_display()),
            ("递交入党申请书日期", found.applied_on.isoformat()),
            ("意见", found.words or "—"),
            ("补录来源", found.source or "—"),
        ],
        "steps": queries.track_of(request.actor, found),
        "actions": _actions(request, found),
        "back": pages.Link("推优入党", reverse(LIST)),
        "timeline": timeline.of(found, reader=request.actor),
        "record": found,
    }
    return render(request, "recommending/recommendation.html", context)


def recommendation_new(request: Request) -> HttpResponse:
    """Propose somebody."""
    doors.require_anywhere(request.actor, Act.PROPOSE)
    today = timezone.localdate()
    form = forms.ProposalForm(
        request.POST or None, actor=request.actor, initial={"proposed_on": today}
    )
    terms = queries.terms_of(request.actor, today)
    return pages.act_page(
        request,
        title="提名推优入党",
        note=f"团龄须满{terms.league_months}个月，递交入党申请书须满{terms.application_months}个月；"
        "28至35周岁且不是团干部的，由党组织征求团委意见，不经支部大会。",
        form=form,
        do=lambda: _url(
            services.propose_to_party(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        submit="提交提名",
        back=pages.Link("推优入党", reverse(LIST)),
    )


def recommendation_agree(request: Request, recommendation_id: int) -> HttpResponse:
    """Agree that the branch votes."""
    found = _for_the_committee(request, recommendation_id)
    form = _dated(request, forms.DecisionForm)
    return _act(
        request, found, form, title="同意提名", submit="同意，提交支部大会",
        do=lambda: services.agree_to_proposal(
            recommendation=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        ),
    )  # fmt: skip


def recommendation_vote(request: Request, recommendation_id: int) -> HttpResponse:
    """Write down how the branch's meeting voted."""
    found = _found(request, recommendation_id)
    actors.require(request.actor, Act.PROPOSE, at=found.org)
    initial = {"voted_on": timezone.localdate(), "is_secret": True}
    form = forms.VoteForm(request.POST or None, initial=initial)
    return _act(
        request, found, form, title="登记支部大会表决", submit="登记",
        note="实到须超过应到的一半；赞成票超过应到的一半才通过，不是实到的一半。",
        do=lambda: services.hold_vote(
            recommendation=found, vote=form.as_vote(), at=timezone.now(), by=request.actor
        ),
    )  # fmt: skip


def recommendation_recommend(request: Request, recommendation_id: int) -> HttpResponse:
    """Recommend to the Party organisation."""
    found = _for_the_committee(request, recommendation_id)
    form = _dated(request, forms.DecisionForm)
    return _act(
        request, found, form, title="团委审定并推荐", submit="向党组织推荐",
        do=lambda: services.recommend(
            recommendation=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        ),
    )  # fmt: skip


def recommendation_accept(request: Request, recommendation_id: int) -> HttpResponse:
    """Write down that the Party organisation took them."""
    found = _for_the_committee(request, recommendation_id)
    form = _dated(request, forms.DayForm)
    return _act(
        request, found, form, title=f"党组织接收为{found.get_aim_display()}", submit="登记",
        do=lambda: services.accept_by_party(
            recommendation=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        ),
    )  # fmt: skip


def recommendation_probationary(request: Request, recommendation_id: int) -> HttpResponse:
    """Write down that they became a probationary Party member."""
    found = _for_the_committee(request, recommendation_id)
    form = _dated(request, forms.DayForm)
    return _act(
        request, found, form, title="登记接收为预备党员", submit="登记",
        note="入党日期同时记入团员档案；未满28周岁的保留团籍，不参加评议注册。",
        do=lambda: services.become_probationary(
            recommendation=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        ),
    )  # fmt: skip


def recommendation_turn_down(request: Request, recommendation_id: int) -> HttpResponse:
    """End it with a reason."""
    found = _for_the_committee(request, recommendation_id)
    form = _dated(request, forms.EndForm)
    return _act(
        request, found, form, title="不同意、未接收", submit="确定",
        do=lambda: services.turn_down(
            recommendation=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        ),
    )  # fmt: skip


def recommendation_withdraw(request: Request, recommendation_id: int) -> HttpResponse:
    """Take a proposal back."""
    found = _found(request, recommendation_id)
    actors.require(request.actor, Act.PROPOSE, at=found.org)
    form = forms.RecommendingReasonForm(request.POST or None)
    return _act(
        request, found, form, title="撤回提名", submit="确定撤回",
        do=lambda: services.withdraw_proposal(
            recommendation=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        ),
    )  # fmt: skip


def recommending_terms(request: Request) -> HttpResponseBase:
    """Show the numbers by which recommending goes, and since when."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = [pages.Action("推优入党", reverse(LIST))]
    if actors.may_anywhere(request.actor, Act.SET_TERMS):
        url = reverse("recommending:recommending_terms_new")
        actions.insert(0, pages.Action("调整参数", url, primary=True))
    return pages.list_page(
        request,
        title="推优参数",
        table=TermsTable,
        rows=queries.terms_seen_by(request.actor),
        actions=actions,
    )


def recommending_terms_new(request: Request) -> HttpResponse:
    """Set numbers from a coming day on."""
    doors.require_anywhere(request.actor, Act.SET_TERMS)
    now = queries.terms_of(request.actor, timezone.localdate())
    names = ("league_months", "application_months", "validity_months", "cap_percent", "counted")
    initial = {name: getattr(now, name) for name in names}
    form = forms.TermsForm(request.POST or None, initial=initial)

    def do() -> str:
        services.set_recommending_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        return reverse("recommending:recommending_terms")

    return pages.act_page(
        request,
        title="调整推优参数",
        note="从施行日期起按新参数办理和统计；已经施行的不改动。没有调整过的，按系统初始参数。",
        form=form,
        do=do,
        back=pages.Link("推优参数", reverse("recommending:recommending_terms")),
    )


def _found(request: Request, recommendation_id: int) -> Recommendation:
    return get_object_or_404(queries.recommendations_seen_by(request.actor), pk=recommendation_id)


def _for_the_committee(request: Request, recommendation_id: int) -> Recommendation:
    found = _found(request, recommendation_id)
    actors.require(request.actor, Act.REVIEW, at=found.committee)
    return found


def _url(found: Recommendation) -> str:
    return reverse("recommending:recommendation", args=[found.pk])


def _dated(request: Request, form: type[django_forms.Form]) -> django_forms.Form:
    return form(request.POST or None, initial={"on": timezone.localdate()})


def _act(
    request: Request, found: Recommendation, form: django_forms.Form, *, title: str, submit: str,
    do: Do, note: str = "",
) -> HttpResponse:  # fmt: skip
    def act() -> str:
        do()
        return _url(found)

    return pages.act_page(
        request, title=title, form=form, do=act, submit=submit, note=note,
        back=pages.Link(str(found), _url(found)),
    )  # fmt: skip


def _actions(request: Request, found: Recommendation) -> list[pages.Action]:
    """Offer the next step and the ways out, to those whose turn it is."""
    asked = found.way == PartyWay.CONSULT
    steps = {
        PartyState.PROPOSED: ("recommend", "答复意见并推荐") if asked else ("agree", "同意提名"),
        PartyState.VOTED: ("recommend", "审定并推荐"),
        PartyState.RECOMMENDED: ("accept", "登记党组织接收"),
        PartyState.ACCEPTED: ("probationary", "登记预备党员"),
    }
    actions = []
    state = PartyState(found.state)
    if state in steps and actors.may(request.actor, Act.REVIEW, at=found.committee):
        name, label = steps[state]
        actions.append(pages.Action(label, _step_url(found, name), primary=True))
        if state is not PartyState.ACCEPTED:
            end = "党组织未接收" if state is PartyState.RECOMMENDED else "不同意"
            actions.append(pages.Action(end, _step_url(found, "turn_down")))
    if actors.may(request.actor, Act.PROPOSE, at=found.org):
        if state is PartyState.AGREED:
            url = _step_url(found, "vote")
            actions.append(pages.Action("登记支部大会表决", url, primary=True))
        if state in (PartyState.PROPOSED, PartyState.AGREED, PartyState.VOTED):
            actions.append(pages.Action("撤回", _step_url(found, "withdraw")))
    return actions


def _step_url(found: Recommendation, step: str) -> str:
    return reverse(f"recommending:recommendation_{step}", args=[found.pk])

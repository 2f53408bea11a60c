"""Tenures and elections: who is due, one organisation's, writing one down, approving it."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.systems.cadres import forms, queries, rules, services
from qinghe.systems.cadres.access import Act
from qinghe.systems.cadres.queries import Election, ElectionState

from .tables import (
    TONES,
    ElectedDraftTable,
    ElectedTable,
    ElectionTable,
    PostTable,
    TenureTable,
    UnrecordedTable,
)


def tenures(request: Request) -> HttpResponseBase:
    """Show the tenures at and below the chosen organisation, the first to end first."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.tenures_seen_by(request.actor)
    return pages.list_page(
        request,
        title="届期",
        table=TenureTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.TenureFilter,
        actions=[
            pages.Action("换届登记", reverse("cadres:elections")),
            pages.Action("没有换届记录的", reverse("cadres:unrecorded")),
        ],
        totals=lambda found: [
            pages.Total(rules.STANDING[key], found.filter(where).count(), "个")
            for key, where in forms.due_conditions(_today()).items()
        ],
    )


def unrecorded(request: Request) -> HttpResponseBase:
    """Show the organisations that elect and of which no election is on record."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="没有换届记录的团组织",
        table=UnrecordedTable,
        rows=queries.unrecorded(request.actor, request.scope.org),
    )


def elections(request: Request) -> HttpResponseBase:
    """Show the elections at and below the chosen organisation."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.elections_seen_by(request.actor)
    return pages.list_page(
        request,
        title="换届登记",
        table=ElectionTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.ElectionFilter,
        actions=[pages.Action("届期", reverse("cadres:tenures"))],
        sheet="cadres.elections",
    )


def tenure(request: Request, org_id: int) -> HttpResponse:
    """Show one organisation's tenure: when it ends, who sits there, its elections."""
    org = get_object_or_404(queries.electing_orgs(request.actor, Act.SEE), pk=org_id)
    rows = queries.elections_seen_by(request.actor).filter(org=org)
    now = queries.current_of(request.actor, [org.pk]).get(org.pk)
    is_open = rows.filter(state__in=[ElectionState.DRAFT, ElectionState.WAITING]).exists()
    actions = []
    if not is_open and actors.may(request.actor, Act.HOLD_ELECTION, at=org):
        url = reverse("cadres:election_new", args=[org.pk])
        actions.append(pages.Action("登记换届", url, primary=True))
    return pages.page(
        request,
        "cadres/tenure.html",
        title=org.name,
        now=now,
        state=_standing(now) if now else pages.Tag("没有换届记录", pages.Tone.LATE),
        posts=tables.short(PostTable, queries.posts_at(request.actor, org).select_related("org")),
        table=tables.short(ElectionTable, rows[:20]),
        actions=actions,
        back=pages.Link("届期", reverse("cadres:tenures")),
    )


def election(request: Request, cadre_election_id: int) -> HttpResponse:
    """Show one election."""
    found = _found(request, cadre_election_id)
    elected = queries.elected_of(request.actor, found)
    may_write = found.state == ElectionState.DRAFT and actors.may(
        request.actor, Act.HOLD_ELECTION, at=found.org
    )
    leaving = queries.leaving_of(request.actor, found)
    return pages.record_page(
        request,
        title=f"{found.org.name}换届",
        record=found,
        state=pages.Tag(ElectionState(found.state).label, TONES[found.state]),
        facts=_facts(request, found),
        actions=_actions(request, found),
        related=[
            pages.Related(
                "当选人",
                tables.short(ElectedDraftTable if may_write else ElectedTable, elected),
                empty="还没有填写当选人；台账导入的以团干部名单为准。",
            ),
            pages.Related("换届后离任的职务", tables.short(PostTable, leaving)),
        ],
        back=pages.Link(found.org.name, reverse("cadres:tenure", args=[found.org_id])),
    )


def election_new(request: Request, org_id: int) -> HttpResponse:
    """Begin to write an election down."""
    org = get_object_or_404(queries.electing_orgs(request.actor, Act.SEE), pk=org_id)
    actors.require(request.actor, Act.HOLD_ELECTION, at=org)
    form = forms.ElectionForm(
        request.POST or None, initial=queries.begins_with(request.actor, org, _today())
    )
    return pages.act_page(
        request,
        title=f"登记换届：{org.name}",
        form=form,
        do=lambda: _url(
            services.record_election(new=form.as_new(org), at=timezone.now(), by=request.actor)
        ),
        note=queries.quorum_words(request.actor, _today()),
        submit="保存，再填当选人",
        back=pages.Link(org.name, reverse("cadres:tenure", args=[org.pk])),
    )


def election_change(request: Request, cadre_election_id: int) -> HttpResponse:
    """Correct what is written."""
    found = _to_write(request, cadre_election_id)
    names = ("held_on", "entitled", "present", "votes", "years", "notes", "size_reason")
    form = forms.ElectionForm(
        request.POST or None, initial={name: getattr(found, name) for name in names}
    )
    return pages.act_page(
        request,
        title=f"修改换届：{found.org.name}",
        form=form,
        do=lambda: _url(
            services.change_election(
                election=found, new=form.as_new(found.org), at=timezone.now(), by=request.actor
            )
        ),
        note=queries.quorum_words(request.actor, found.held_on),
        back=_back(found),
    )


def election_choose(request: Request, cadre_election_id: int) -> HttpResponse:
    """Add somebody who was elected."""
    found = _to_write(request, cadre_election_id)
    form = forms.ChosenForm(request.POST or None)

    def do() -> str:
        services.choose(
            election=found, chosen=form.as_chosen(), at=timezone.now(), by=request.actor
        )
        messages.success(request, "已填写。还有的请继续填写，填完后报送。")
        return _url(found)

    return pages.act_page(
        request,
        title=f"填写当选人：{found.org.name}",
        form=form,
        do=do,
        note="批复后，当选人的任职自选举日开始，团干部名单同时更新。",
        back=_back(found),
    )


def election_drop(request: Request, elected_id: int) -> HttpResponse:
    """Take somebody off the list of those elected."""
    one = get_object_or_404(queries.elected_seen_by(request.actor), pk=elected_id)
    actors.require(request.actor, Act.HOLD_ELECTION, at=one.election.org)
    return pages.act_page(
        request,
        title=f"移除当选人：{one.title}",
        form=forms.EmptyForm(request.POST or None),
        do=lambda: _url(services.drop_chosen(chosen=one, at=timezone.now(), by=request.actor)),
        submit="确定移除",
        note="移除后可以重新填写。",
        back=_back(one.election),
    )


def election_leaving(request: Request, cadre_election_id: int) -> HttpResponse:
    """Say which posts end with the election."""
    found = _to_write(request, cadre_election_id)
    leaving = [post.pk for post in queries.leaving_of(request.actor, found)]
    form = forms.LeavingForm(
        request.POST or None,
        held=queries.posts_at(request.actor, found.org),
        initial={"posts": leaving},
    )
    return pages.act_page(
        request,
        title=f"离任的职务：{found.org.name}",
        form=form,
        do=lambda: _url(
            services.set_leaving(
                election=found,
                posts=list(form.cleaned_data["posts"]),
                at=timezone.now(),
                by=request.actor,
            )
        ),
        back=_back(found),
    )


@require_POST
def election_submit(request: Request, cadre_election_id: int) -> HttpResponse:
    """Send the result up."""
    found = _to_write(request, cadre_election_id)
    services.submit_election(election=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已报送，等{found.org.parent}批复。")
    return redirect(_url(found))


@require_POST
def election_approve(request: Request, cadre_election_id: int) -> HttpResponse:
    """Approve the result."""
    found = _to_decide(request, cadre_election_id)
    made = services.approve_election(election=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已批复，任职名单已更新，任期至{made.term_ends_on.isoformat()}。")
    return redirect(_url(found))


def election_return(request: Request, cadre_election_id: int) -> HttpResponse:
    """Send the result back."""
    found = _to_decide(request, cadre_election_id)
    return pages.reason_page(
        request,
        title=f"退回换届：{found.org.name}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.return_election(
            election=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定退回",
        back=_back(found),
    )


def election_withdraw(request: Request, cadre_election_id: int) -> HttpResponse:
    """Take an election back that was not approved."""
    found = _found(request, cadre_election_id)
    actors.require(request.actor, Act.HOLD_ELECTION, at=found.org)
    return pages.reason_page(
        request,
        title=f"撤回换届：{found.org.name}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.withdraw_election(
            election=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤回",
        note="撤回后可以重新登记，已填内容保留备查。",
        back=_back(found),
    )


def _facts(request: Request, found: Election) -> list[tuple[str, pages.Cell]]:
    size = queries.size_after(request.actor, found)
    facts: list[tuple[str, pages.Cell]] = [
        ("组织", pages.Link(found.org.name, reverse("cadres:tenure", args=[found.org_id]))),
        ("选举日期", found.held_on.isoformat()),
        ("到会", f"应到{found.entitled}人，实到{found.present}人，有效票{found.votes}张"),
        ("任期", f"{found.years}年，{found.term_ends_on.isoformat()}届满"),
        ("选举情况", found.notes or "—"),
    ]
    if found.state != ElectionState.APPROVED:
        facts.append(("换届后委员", f"{size}人"))
    if found.size_reason:
        facts.append(("委员人数说明", found.size_reason))
    if found.approved_on:
        facts.append(("批复日期", found.approved_on.isoformat()))
    if found.ended_on:
        facts.append(("下届选举", found.ended_on.isoformat()))
    if found.reason:
        facts.append(("退回或撤回原因", found.reason))
    return facts


def _actions(request: Request, found: Election) -> list[pages.Action]:
    actions = []
    if queries.may_approve(request.actor, found) and found.state == ElectionState.WAITING:
        ask = "批复后任职名单随即更新，确定批复吗？"
        actions += [
            pages.Action("批复", _step(found, "approve"), primary=True, post=True, ask=ask),
            pages.Action("退回", _step(found, "return")),
        ]
    if not actors.may(request.actor, Act.HOLD_ELECTION, at=found.org):
        return actions
    if found.state == ElectionState.DRAFT:
        actions += [
            pages.Action("报送上级批复", _step(found, "submit"), primary=True, post=True),
            pages.Action("填写当选人", _step(found, "choose")),
            pages.Action("离任的职务", _step(found, "leaving")),
            pages.Action("修改", _step(found, "change")),
        ]
    if found.state in (ElectionState.DRAFT, ElectionState.WAITING):
        actions.append(pages.Action("撤回", _step(found, "withdraw")))
    return actions


def _standing(now: Election) -> pages.Tag:
    standing = rules.standing_of(ends_on=now.term_ends_on, warn_on=now.warn_on, today=_today())
    return pages.Tag(rules.STANDING[standing], TONES[standing])


def _found(request: Request, cadre_election_id: int) -> Election:
    return get_object_or_404(queries.elections_seen_by(request.actor), pk=cadre_election_id)


def _to_write(request: Request, cadre_election_id: int) -> Election:
    found = _found(request, cadre_election_id)
    actors.require(request.actor, Act.HOLD_ELECTION, at=found.org)
    return found


def _to_decide(request: Request, cadre_election_id: int) -> Election:
    found = _found(request, cadre_election_id)
    above: Org = found.org.parent or found.org
    actors.require(request.actor, Act.APPROVE_ELECTION, at=above)
    return found


def _step(found: Election, step: str) -> str:
    return reverse(f"cadres:election_{step}", args=[found.pk])


def _url(found: Election) -> str:
    return reverse("cadres:election", args=[found.pk])


def _back(found: Election) -> pages.Link:
    return pages.Link("返回", _url(found))


def _today() -> date:
    return timezone.localdate()

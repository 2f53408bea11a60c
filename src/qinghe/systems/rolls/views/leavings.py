"""Ways out of the League: proposed by the branch, decided by the committee above (T-66)."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import forms, queries, services
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.queries import Leaving, LeavingState

from .tables import TONES, LeavingTable

NONE = "—"


def leavings(request: Request) -> HttpResponseBase:
    """Show the ways out below the chosen organisation."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = [pages.Action("超龄团员", reverse("rolls:of_age"))]
    if actors.may(request.actor, Act.EXPEL, at=request.scope.org):
        actions.append(pages.Action("开除团籍", reverse("rolls:expulsions")))
    return pages.list_page(
        request,
        title="离团事项",
        table=LeavingTable,
        rows=queries.leavings_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.LeavingFilter,
        actions=actions,
    )


def leaving(request: Request, leaving_id: int) -> HttpResponse:
    """Show one way out."""
    found = _found(request, leaving_id)
    state = LeavingState(found.state)
    decided_by = found.decided_by.name if found.decided_by else NONE
    return pages.record_page(
        request,
        title=f"{_name(request, found)}：{found.get_kind_display()}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("所在团组织", found.org.name),
            ("上级组织", found.org.parent.name if found.org.parent else NONE),
            *_grounds(found),
            ("提请人", found.proposed_by.name),
            ("办结人", decided_by),
            ("离团日期", found.leaves_on.isoformat() if found.leaves_on else NONE),
            ("答复", found.answer or NONE),
        ],
        actions=_actions(request, found),
        back=pages.Link("离团事项", reverse("rolls:leavings")),
    )


def leaving_resigned(request: Request, membership_id: int) -> HttpResponse:
    """Send up that a member wishes to leave."""
    form = forms.ResignedForm(request.POST or None)
    return _propose(
        request,
        membership_id,
        title="提请退团",
        note="本人书面申请，支部大会讨论决定，报上级团组织审批。"
        "保存后在事项页上传书面申请和支部大会决议。",
        form=form,
    )


def leaving_dropped(request: Request, membership_id: int) -> HttpResponse:
    """Send up that a member has dropped out."""
    form = forms.DroppedForm(request.POST or None)
    return _propose(
        request,
        membership_id,
        title="提请自行脱团除名",
        note="没有正当理由连续6个月不交纳团费、不过团的组织生活，或不做团组织分配的工作的，"
        "支部大会决定除名，报上级团组织审批。保存后在事项页上传支部大会决议。",
        form=form,
    )


def leaving_approve(request: Request, leaving_id: int) -> HttpResponse:
    """Let somebody go."""
    found = _to_decide(request, leaving_id)
    form = forms.ApproveForm(request.POST or None, initial={"on": timezone.localdate()})
    return pages.act_page(
        request,
        title=f"批准：{_name(request, found)}{found.get_kind_display()}",
        note=f"批准后从{found.org.name}的名册移出，团员档案同时办结，不能撤销。",
        form=form,
        do=lambda: _url(
            services.approve_leaving(
                leaving=found, on=form.cleaned_data["on"], at=timezone.now(), by=request.actor
            )
        ),
        submit="批准离团",
        back=_back(found),
    )


def leaving_refuse(request: Request, leaving_id: int) -> HttpResponse:
    """Turn a proposal down."""
    found = _to_decide(request, leaving_id)
    return pages.reason_page(
        request,
        title="不批准",
        note="团员仍在名册上；提请的团组织和本人会收到答复。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.refuse_leaving(
            leaving=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不批准",
        back=_back(found),
    )


def leaving_withdraw(request: Request, leaving_id: int) -> HttpResponse:
    """Take a proposal back."""
    found = _found(request, leaving_id)
    actors.require(request.actor, Act.PROPOSE, at=found.org)
    return pages.reason_page(
        request,
        title="撤回",
        note="撤回后可以重新提请。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.withdraw_leaving(
            leaving=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤回",
        back=_back(found),
    )


def _propose(
    request: Request,
    membership_id: int,
    *,
    title: str,
    note: str,
    form: forms.ResignedForm | forms.DroppedForm,
) -> HttpResponse:
    found = get_object_or_404(queries.members_seen_by(request.actor), pk=membership_id)
    actors.require(request.actor, Act.PROPOSE, at=found.org)
    name = _name(request, found)
    return pages.act_page(
        request,
        title=f"{title}：{name}",
        note=note,
        form=form,
        do=lambda: _url(
            services.propose_leaving(
                member=found, new=form.as_new(), at=timezone.now(), by=request.actor
            )
        ),
        submit="提请",
        back=pages.Link(name, reverse("rolls:member", args=[found.pk])),
    )


def _found(request: Request, leaving_id: int) -> Leaving:
    return get_object_or_404(queries.leavings_seen_by(request.actor), pk=leaving_id)


def _to_decide(request: Request, leaving_id: int) -> Leaving:
    found = _found(request, leaving_id)
    actors.require(request.actor, Act.DECIDE, at=found.org.parent or found.org)
    return found


def _name(request: Request, about: Leaving | Membership) -> str:
    return levels.full_name(request.actor, about.person, at=about.org, on=timezone.localdate())


def _grounds(found: Leaving) -> list[tuple[str, pages.Cell | pages.Kept]]:
    facts: list[tuple[str, pages.Cell | pages.Kept]] = []
    if found.asked_on:
        facts.append(("书面申请日期", found.asked_on.isoformat()))
    if found.since:
        facts.append(("情形", f"{found.get_ground_display()}（{found.since.isoformat()}起）"))
    if found.resolved_on:
        facts.append(("支部大会决议日期", found.resolved_on.isoformat()))
    if found.reason:
        told = pages.Kept(found.reason, "rolls.Leaving.reason", of=found.person, at=found.org)
        facts.append(("情况说明", told))
    return facts


def _actions(request: Request, found: Leaving) -> list[pages.Action]:
    if found.state != LeavingState.PROPOSED:
        return []
    key, actions = [found.pk], []
    if queries.may_decide(request.actor, found):
        url = reverse("rolls:leaving_approve", args=key)
        actions.append(pages.Action("批准", url, primary=True))
        actions.append(pages.Action("不批准", reverse("rolls:leaving_refuse", args=key)))
    if actors.may(request.actor, Act.PROPOSE, at=found.org):
        actions.append(pages.Action("撤回", reverse("rolls:leaving_withdraw", args=key)))
    return actions


def _url(found: Leaving) -> str:
    return reverse("rolls:leaving", args=[found.pk])


def _back(found: Leaving) -> pages.Link:
    return pages.Link(found.get_kind_display(), _url(found))

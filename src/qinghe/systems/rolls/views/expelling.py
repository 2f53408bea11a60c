"""Expulsions: put forward by the branch, decided above it, appealed above that."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import forms, queries, services
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.queries import Expulsion, ExpulsionState

from .tables import EXPULSION_TONES, ExpulsionTable

NONE = "—"


def expulsions(request: Request) -> HttpResponseBase:
    """Show the expulsions below the chosen organisation, to those whose work they are."""
    doors.require_at(request.actor, Act.EXPEL, org=request.scope.org)
    return pages.list_page(
        request,
        title="开除团籍",
        table=ExpulsionTable,
        rows=queries.expulsions_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.ExpulsionFilter,
        actions=[pages.Action("团员名册", reverse("rolls:roll"))],
    )


def expulsion(request: Request, expulsion_id: int) -> HttpResponse:
    """Show one expulsion with what was heard, resolved, decided and appealed."""
    found = _found(request, expulsion_id)
    state = ExpulsionState(found.state)
    return pages.record_page(
        request,
        title=f"开除团籍：{_name(request, found)}",
        record=found,
        state=pages.Tag(state.label, EXPULSION_TONES[state]),
        facts=[*_resolved(found), *_decided(found)],
        actions=_actions(request, found),
        back=pages.Link("开除团籍", reverse("rolls:expulsions")),
    )


def expulsion_propose(request: Request, membership_id: int) -> HttpResponse:
    """Send the resolution of a branch's meeting up."""
    found = get_object_or_404(queries.members_seen_by(request.actor), pk=membership_id)
    actors.require(request.actor, Act.EXPEL, at=found.org)
    form = forms.ExpulsionForm(request.POST or None)
    name = _name(request, found)
    return pages.act_page(
        request,
        title=f"提请开除团籍：{name}",
        note="先听取本人陈述和申辩，再由支部大会表决：实到过应到半数，赞成过应到半数。"
        "报上级团组织审批。保存后在事项页上传支部大会决议和查证材料。只有办理这件事的人看得到。",
        form=form,
        do=lambda: _url(
            services.propose_expulsion(
                member=found, new=form.as_new(), at=timezone.now(), by=request.actor
            )
        ),
        submit="提请",
        back=pages.Link(name, reverse("rolls:member", args=[found.pk])),
    )


def expulsion_approve(request: Request, expulsion_id: int) -> HttpResponse:
    """Expel a member."""
    found = _to_decide(request, expulsion_id)
    form = forms.ExpelForm(request.POST or None, initial={"on": timezone.localdate()})
    return pages.act_page(
        request,
        title=f"批准开除团籍：{_name(request, found)}",
        note=f"批准后从{found.org.name}的名册移出，团员档案办结，团内职务同时终止；本人会收到通知，"
        "可以申诉，申诉期间决定照常执行。登录岗位请由有权的同志另行终止。",
        form=form,
        do=lambda: _url(
            services.approve_expulsion(
                expulsion=found, on=form.cleaned_data["on"], at=timezone.now(), by=request.actor
            )
        ),
        submit="批准开除团籍",
        back=_back(found),
    )


def expulsion_refuse(request: Request, expulsion_id: int) -> HttpResponse:
    """Turn a proposal down."""
    found = _to_decide(request, expulsion_id)
    return _why(
        request,
        found,
        title="不批准开除团籍",
        note="团员仍在名册上；提请的团组织和本人会收到答复。",
        do=services.refuse_expulsion,
    )


def expulsion_withdraw(request: Request, expulsion_id: int) -> HttpResponse:
    """Take a proposal back."""
    found = _found(request, expulsion_id)
    return _why(
        request,
        found,
        title="撤回提请",
        note="撤回后团员仍在名册上；记录保留。",
        do=services.withdraw_expulsion,
    )


def expulsion_appeal(request: Request, expulsion_id: int) -> HttpResponse:
    """Take down an appeal from somebody's letter."""
    found = _found(request, expulsion_id)
    actors.require(request.actor, Act.EXPEL, at=found.org)
    return _appeal(request, found, back=_back(found))


@never_cache
def own_appeal(request: Request, expulsion_id: int) -> HttpResponse:
    """Appeal against what was decided about oneself."""
    found = get_object_or_404(queries.own_expulsions(request.actor), pk=expulsion_id)
    return _appeal(request, found, back=pages.Link("我的团籍", reverse("rolls:own")))


def _appeal(request: Request, found: Expulsion, *, back: pages.Link) -> HttpResponse:
    return pages.reason_page(
        request,
        title="申诉",
        note="申诉由作出决定的组织的上一级复议，提请和审批过的同志不参加；复议期间决定照常执行。",
        form=forms.AppealForm(request.POST or None),
        then=lambda reason: services.appeal_expulsion(
            expulsion=found, words=reason, at=timezone.now(), by=request.actor
        ),
        submit="提交申诉",
        back=back,
    )


def expulsion_uphold(request: Request, expulsion_id: int) -> HttpResponse:
    """Let a decision stand."""
    found = _to_review(request, expulsion_id)
    return _why(
        request,
        found,
        title="复议维持",
        note="开除团籍的决定不变；本人会收到答复。",
        do=services.uphold_expulsion,
    )


def expulsion_annul(request: Request, expulsion_id: int) -> HttpResponse:
    """Undo a decision."""
    found = _to_review(request, expulsion_id)
    return _why(
        request,
        found,
        title="复议撤销",
        note=f"从今天起回到{found.org.name}的名册，入团日期和编号不变；团内职务不自动恢复。",
        do=services.annul_expulsion,
    )


def _why(
    request: Request, found: Expulsion, *, title: str, note: str, do: Callable[..., Expulsion]
) -> HttpResponse:
    return pages.reason_page(
        request,
        title=title,
        note=note,
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: do(expulsion=found, reason=reason, at=timezone.now(), by=request.actor),
        submit=f"确定{title}",
        back=_back(found),
    )


def _found(request: Request, expulsion_id: int) -> Expulsion:
    return get_object_or_404(queries.expulsions_seen_by(request.actor), pk=expulsion_id)


def _to_decide(request: Request, expulsion_id: int) -> Expulsion:
    found = _found(request, expulsion_id)
    actors.require(request.actor, Act.DECIDE, at=found.org.parent or found.org)
    return found


def _to_review(request: Request, expulsion_id: int) -> Expulsion:
    found = _found(request, expulsion_id)
    actors.require(request.actor, Act.DECIDE, at=found.appeals_to)
    return found


def _name(request: Request, about: Expulsion | Membership) -> str:
    return levels.full_name(request.actor, about.person, at=about.org, on=timezone.localdate())


def _kept(found: Expulsion, column: str, value: str) -> pages.Kept:
    return pages.Kept(value, f"rolls.Expulsion.{column}", of=found.person, at=found.org)


def _resolved(found: Expulsion) -> list[tuple[str, pages.Cell | pages.Kept]]:
    heard = f"{found.heard_on.isoformat()} {found.get_hearing_display()}"
    return [
        ("所在团组织", found.org.name),
        ("上级组织", found.org.parent.name if found.org.parent else NONE),
        ("违纪事实", _kept(found, "conduct", found.conduct)),
        ("听取本人意见", _kept(found, "heard_on", heard)),
        ("本人陈述和申辩", _kept(found, "statement", found.statement or NONE)),
        ("支部大会决议日期", found.resolved_on.isoformat()),
        (
            "表决",
            f"应到{found.entitled}人，实到{found.present}人；"
            f"赞成{found.agreed}，反对{found.opposed}，弃权{found.abstained}",
        ),
        ("提请人", found.proposed_by.name),
    ]


def _decided(found: Expulsion) -> list[tuple[str, pages.Cell | pages.Kept]]:
    facts: list[tuple[str, pages.Cell | pages.Kept]] = []
    if found.decided_by:
        facts.append(("审批人", found.decided_by.name))
    if found.expelled_on:
        facts.append(("开除日期", _kept(found, "expelled_on", found.expelled_on.isoformat())))
    if found.answer:
        facts.append(("答复", _kept(found, "answer", found.answer)))
    if found.appealed_on:
        told = f"{found.appealed_on.isoformat()} {found.appeal}"
        facts.append(("申诉", _kept(found, "appeal", told)))
        facts.append(("复议组织", found.appeals_to.name))
    if found.appeal_decided_by:
        facts.append(("复议人", found.appeal_decided_by.name))
        facts.append(("复议答复", _kept(found, "appeal_answer", found.appeal_answer)))
    return facts


def _actions(request: Request, found: Expulsion) -> list[pages.Action]:
    key, steps = [found.pk], []
    if queries.may_settle(request.actor, found):
        first, second = (
            (("批准", "approve"), ("不批准", "refuse"))
            if found.state == ExpulsionState.PROPOSED
            else (("复议维持", "uphold"), ("复议撤销", "annul"))
        )
        steps = [
            pages.Action(first[0], reverse(f"rolls:expulsion_{first[1]}", args=key), primary=True),
            pages.Action(second[0], reverse(f"rolls:expulsion_{second[1]}", args=key)),
        ]
    if actors.may(request.actor, Act.EXPEL, at=found.org):
        if found.state == ExpulsionState.PROPOSED:
            steps.append(pages.Action("撤回", reverse("rolls:expulsion_withdraw", args=key)))
        if found.state == ExpulsionState.APPROVED:
            steps.append(pages.Action("登记申诉", reverse("rolls:expulsion_appeal", args=key)))
    return steps


def _url(found: Expulsion) -> str:
    return reverse("rolls:expulsion", args=[found.pk])


def _back(found: Expulsion) -> pages.Link:
    return pages.Link("开除团籍", _url(found))

"""What a plan would do, shown before it is sent and before it is approved; the deciding itself."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.reorganising import forms, queries, services
from qinghe.systems.reorganising.access import Act
from qinghe.systems.reorganising.queries import Plan, State

from . import shared


def preview(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Show what was foreseen: the tree before and after, who is touched, which figures change."""
    found = shared.found(request, reorg_plan_id)
    actions = []
    if shared.may_plan(request, found) and found.state not in shared.ENDED:
        url = shared.act_url("plan_preview", found)
        actions.append(pages.Action("重新生成", url, post=True))
    if shared.may_decide(request, found):
        actions += shared.deciding(found)
    return pages.page(
        request,
        "reorganising/preview.html",
        title=f"预览：{found.title}",
        plan=found,
        state=shared.tag_of(found),
        steps=queries.lines_of(request.actor, found),
        preview=queries.preview_of(request.actor, found),
        actions=actions,
        back=shared.back_to(found),
    )


@require_POST
def plan_preview(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Look ahead again."""
    found = shared.found(request, reorg_plan_id)
    services.preview_plan(plan=found, at=timezone.now(), by=request.actor)
    return redirect(shared.act_url("preview", found))


@require_POST
def plan_submit(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Ask for approval."""
    found = shared.planned_by(request, reorg_plan_id)
    services.submit_plan(plan=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已提交，由团区委另一位干部审批。")
    return redirect(shared.act_url("plan", found))


@require_POST
def plan_approve(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Agree."""
    found = _decided(request, reorg_plan_id)
    done = services.approve_plan(plan=found, at=timezone.now(), by=request.actor)
    if done.state == State.CARRIED_OUT:
        messages.success(request, "已批准并执行，全部步骤办结。")
    else:
        messages.success(request, f"已批准，{done.on.isoformat()}凌晨执行。")
    return redirect(shared.act_url("plan", found))


def plan_refuse(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Turn it down, with a reason."""
    found = _decided(request, reorg_plan_id)
    return _why(request, found, title="不通过", do=services.refuse_plan)


def plan_withdraw(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Take it back, with a reason."""
    found = shared.planned_by(request, reorg_plan_id)
    return _why(request, found, title="撤回", do=services.withdraw_plan)


def _decided(request: Request, plan_id: int) -> Plan:
    found = shared.found(request, plan_id)
    actors.require(request.actor, Act.APPROVE, at=found.org)
    return found


def _why(request: Request, plan: Plan, *, title: str, do: Callable[..., object]) -> HttpResponse:
    return pages.reason_page(
        request,
        title=f"{title}：{plan.title}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: do(plan=plan, reason=reason, at=timezone.now(), by=request.actor),
        submit=f"确定{title}",
        back=shared.back_to(plan),
        note="原因写在方案上，拟定人看得到。",
    )

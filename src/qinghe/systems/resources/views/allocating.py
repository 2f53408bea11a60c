"""What was asked for: the request, the answer, the arrival."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.resources import forms, queries, services
from qinghe.systems.resources.access import Act
from qinghe.systems.resources.queries import AllocationState

from .tables import TONES

Allocation = queries.Allocation


def ask(request: Request, need_id: int, resource_id: int) -> HttpResponse:
    """Ask for so much of a resource for a need."""
    need = get_object_or_404(queries.needs_seen_by(request.actor), pk=need_id)
    resource = get_object_or_404(queries.resources_seen_by(request.actor), pk=resource_id)
    actors.require(request.actor, Act.ASK, at=need.org)
    most = min(need.quantity, resource.left)
    form = forms.AskForm(request.POST or None, initial={"quantity": most})
    return pages.act_page(
        request,
        title=f"申请{resource.title}",
        note=f"用于“{need.title}”；现有余量{resource.left}{resource.unit}。",
        form=form,
        do=lambda: _url(
            services.ask_for(
                need=need,
                resource=resource,
                **form.cleaned_data,
                at=timezone.now(),
                by=request.actor,
            )
        ),
        submit="提交申请",
        back=pages.Link(need.title, reverse("resources:need", args=[need.pk])),
    )


def allocation(request: Request, allocation_id: int) -> HttpResponse:
    """Show one allocation."""
    found = _found(request, allocation_id)
    state = AllocationState(found.state)
    return pages.record_page(
        request,
        title=f"{found.resource.title}：{found.quantity}{found.resource.unit}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("需求", pages.Link(found.need.title, reverse("resources:need", args=[found.need_id]))),
            ("使用单位", found.need.org.name),
            ("管理单位", found.resource.org.name),
            ("申请日期", found.asked_on.isoformat()),
            ("同意日期", found.agreed_on.isoformat() if found.agreed_on else "—"),
            ("到位日期", found.delivered_on.isoformat() if found.delivered_on else "—"),
            ("受益人次", "—" if found.served is None else found.served),
            ("说明", found.words or "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link("资源需求", reverse("resources:needs")),
    )


@require_POST
def agree(request: Request, allocation_id: int) -> HttpResponse:
    """Give what is asked for."""
    found = _found(request, allocation_id)
    services.agree(allocation=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def refuse(request: Request, allocation_id: int) -> HttpResponse:
    """Keep what is asked for."""
    found = _found(request, allocation_id)
    actors.require(request.actor, Act.ALLOCATE, at=found.resource.org)
    return pages.reason_page(
        request,
        title="不同意调配",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.refuse(
            allocation=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不同意",
        back=pages.Link("调配", _url(found)),
    )


def cancel(request: Request, allocation_id: int) -> HttpResponse:
    """Take the request back."""
    found = _found(request, allocation_id)
    actors.require(request.actor, Act.ASK, at=found.need.org)
    return pages.reason_page(
        request,
        title="取消申请",
        note="已同意的数量会退回余量。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.cancel(
            allocation=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定取消",
        back=pages.Link("调配", _url(found)),
    )


def deliver(request: Request, allocation_id: int) -> HttpResponse:
    """Say that it has come."""
    found = _found(request, allocation_id)
    actors.require(request.actor, Act.ASK, at=found.need.org)
    form = forms.DeliverForm(request.POST or None)
    return pages.act_page(
        request,
        title="登记到位",
        form=form,
        do=lambda: _url(
            services.deliver(
                allocation=found,
                served=form.cleaned_data["served"],
                at=timezone.now(),
                by=request.actor,
            )
        ),
        back=pages.Link("调配", _url(found)),
    )


def _found(request: Request, allocation_id: int) -> Allocation:
    return get_object_or_404(queries.allocations_seen_by(request.actor), pk=allocation_id)


def _url(found: Allocation) -> str:
    return reverse("resources:allocation", args=[found.pk])


def _actions(request: Request, found: Allocation) -> list[pages.Action]:
    key = [found.pk]
    may_give = actors.may(request.actor, Act.ALLOCATE, at=found.resource.org)
    may_take = actors.may(request.actor, Act.ASK, at=found.need.org)
    actions = []
    if found.state == AllocationState.ASKED and may_give:
        url = reverse("resources:agree", args=key)
        actions += [
            pages.Action("同意", url, primary=True, post=True),
            pages.Action("不同意", reverse("resources:refuse", args=key)),
        ]
    if found.state == AllocationState.AGREED and may_take:
        actions.append(
            pages.Action("登记到位", reverse("resources:deliver", args=key), primary=True)
        )
    if found.state in {AllocationState.ASKED, AllocationState.AGREED} and may_take:
        actions.append(pages.Action("取消申请", reverse("resources:cancel", args=key)))
    return actions

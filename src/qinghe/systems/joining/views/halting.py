"""How a case stops: each asks why."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.joining import forms, queries, services
from qinghe.systems.joining.access import Act
from qinghe.systems.joining.queries import Case


def case_refuse(request: Request, joining_case_id: int) -> HttpResponse:
    """End a case with no."""
    return _stopped(
        request,
        joining_case_id,
        services.refuse,
        title="不予发展",
        note="这份申请到此终结，本人会收到原因；以后可以重新申请。",
        may=(Act.RUN, Act.APPROVE),
    )


def case_withdraw(request: Request, joining_case_id: int) -> HttpResponse:
    """Take a case back for an applicant who asked for it in writing."""
    return _stopped(
        request,
        joining_case_id,
        services.withdraw,
        title="本人撤回",
        note="申请人书面提出的，由团支部代为登记；书面材料请传到附件。",
    )


def case_lapse(request: Request, joining_case_id: int) -> HttpResponse:
    """Close a case as lapsed."""
    return _stopped(
        request,
        joining_case_id,
        services.lapse,
        title="作失效处理",
        note="申请人已超龄，或长期没有进展的，可以作失效处理。",
    )


def case_pause(request: Request, joining_case_id: int) -> HttpResponse:
    """Let a case rest."""
    return _stopped(
        request,
        joining_case_id,
        services.pause,
        title="暂停办理",
        note="暂停期间不能办理步骤，期限顺延。",
    )


@require_POST
def case_resume(request: Request, joining_case_id: int) -> HttpResponse:
    """Go on with a case."""
    found = _found(request, joining_case_id)
    services.resume(case=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已恢复办理，期限已顺延。")
    return redirect("joining:case", found.pk)


def _stopped(
    request: Request,
    joining_case_id: int,
    do: Callable[..., Case],
    *,
    title: str,
    note: str,
    may: tuple[Act, ...] = (Act.RUN,),
) -> HttpResponse:
    found = _found(request, joining_case_id)
    if not any(actors.may(request.actor, act, at=found.org) for act in may):
        actors.require(request.actor, may[0], at=found.org)
    return pages.reason_page(
        request,
        title=title,
        note=note,
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: do(case=found, reason=reason, at=timezone.now(), by=request.actor),
        submit=f"确定{title}",
        back=pages.Link("返回申请", reverse("joining:case", args=[found.pk])),
    )


def _found(request: Request, joining_case_id: int) -> Case:
    return get_object_or_404(queries.cases_seen_by(request.actor), pk=joining_case_id)

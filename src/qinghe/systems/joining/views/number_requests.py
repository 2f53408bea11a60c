"""Asking for more development numbers, and the answer."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.joining import forms, queries, services
from qinghe.systems.joining.access import NumberAct
from qinghe.systems.joining.queries import NumberRequest, RequestState

from .number_tables import TONES, NumberRequestTable

LIST = "joining:number_requests"


def number_requests(request: Request) -> HttpResponseBase:
    """Show the requests of which the actor may see either side."""
    doors.require_anywhere(request.actor, NumberAct.SEE)
    actions = [pages.Action("编号总览", reverse("joining:numbers"))]
    if actors.may_anywhere(request.actor, NumberAct.USE):
        url = reverse("joining:number_request_new")
        actions.insert(0, pages.Action("申请编号", url, primary=True))
    return pages.list_page(
        request,
        title="编号申请",
        table=NumberRequestTable,
        rows=queries.requests_seen_by(request.actor),
        filterset=forms.NumberRequestFilter,
        actions=actions,
    )


def number_request_new(request: Request) -> HttpResponse:
    """Ask for some more numbers."""
    doors.require_anywhere(request.actor, NumberAct.USE)
    org = request.scope.org
    form = forms.AskForm(
        request.POST or None,
        actor=request.actor,
        initial={"org": org.code, "sector": org.sector},
    )
    return pages.act_page(
        request,
        title="申请发展团员编号",
        note="申请会送到给本组织下发编号的上级，答复后会通知您；编号只限当年使用。",
        form=form,
        do=lambda: _url(
            services.ask_for_numbers(ask=form.as_ask(), at=timezone.now(), by=request.actor)
        ),
        submit="提交申请",
        back=pages.Link("编号申请", reverse(LIST)),
    )


def number_request(request: Request, number_request_id: int) -> HttpResponse:
    """Show one request."""
    found = _found(request, number_request_id)
    state = RequestState(found.state)
    return pages.record_page(
        request,
        title=f"{found.org.name}：{found}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("申请组织", found.org.name),
            ("答复组织", found.giver.name),
            ("申请数", found.wanted),
            ("用途", found.words),
            ("申请日期", found.asked_on.isoformat()),
            ("下发数", "—" if found.given is None else found.given),
            ("答复日期", found.answered_on.isoformat() if found.answered_on else "—"),
            ("答复", found.answer or "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link("编号申请", reverse(LIST)),
    )


def number_request_answer(request: Request, number_request_id: int) -> HttpResponse:
    """Hand numbers down in answer."""
    found = _to_answer(request, number_request_id)
    left = queries.left_at(request.actor, found.giver, year=found.year)[found.sector]
    form = forms.AnswerForm(request.POST or None, initial={"amount": min(found.wanted, left)})
    return pages.act_page(
        request,
        title=f"答复{found.org.name}的编号申请",
        note=f"申请{found.wanted}个，{found.giver.name}还有{left}个未使用的编号。",
        form=form,
        do=lambda: _url(
            services.answer_request(
                request=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="下发",
        back=_back(found),
    )


def number_request_refuse(request: Request, number_request_id: int) -> HttpResponse:
    """Turn a request down."""
    found = _to_answer(request, number_request_id)
    return pages.reason_page(
        request,
        title="不同意编号申请",
        form=forms.NumberReasonForm(request.POST or None),
        then=lambda reason: services.refuse_request(
            request=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不同意",
        back=_back(found),
    )


@require_POST
def number_request_withdraw(request: Request, number_request_id: int) -> HttpResponse:
    """Take a request back."""
    found = _found(request, number_request_id)
    services.withdraw_request(request=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def _found(request: Request, number_request_id: int) -> NumberRequest:
    return get_object_or_404(queries.requests_seen_by(request.actor), pk=number_request_id)


def _to_answer(request: Request, number_request_id: int) -> NumberRequest:
    found = _found(request, number_request_id)
    actors.require(request.actor, NumberAct.HAND, at=found.giver)
    return found


def _url(found: NumberRequest) -> str:
    return reverse("joining:number_request", args=[found.pk])


def _back(found: NumberRequest) -> pages.Link:
    return pages.Link(str(found), _url(found))


def _actions(request: Request, found: NumberRequest) -> list[pages.Action]:
    if found.state != RequestState.ASKED:
        return []
    key, actions = [found.pk], []
    if actors.may(request.actor, NumberAct.HAND, at=found.giver):
        url = reverse("joining:number_request_answer", args=key)
        actions.append(pages.Action("下发", url, primary=True))
        actions.append(pages.Action("不同意", reverse("joining:number_request_refuse", args=key)))
    if actors.may(request.actor, NumberAct.USE, at=found.org):
        url = reverse("joining:number_request_withdraw", args=key)
        actions.append(pages.Action("撤回", url, post=True, ask="确定撤回这份申请吗？"))
    return actions

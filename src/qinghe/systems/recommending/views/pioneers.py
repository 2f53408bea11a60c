"""Pioneers nominated for the League: squad, brigade, League organisation (T-30)."""

from collections.abc import Callable

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.access.levels import HIDDEN
from qinghe.systems.recommending import forms, queries, services
from qinghe.systems.recommending.access import Act
from qinghe.systems.recommending.queries import PioneerNomination, PioneerState

from .tables import PIONEER_TONES, PioneerTable

LIST = "recommending:pioneers"


def pioneers(request: Request) -> HttpResponseBase:
    """Show the nominations in the chosen organisation's schools."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    actions = [pages.Action("推优入党", reverse("recommending:recommendations"))]
    if actors.may_anywhere(request.actor, Act.NOMINATE):
        actions.insert(0, pages.Action("提名", reverse("recommending:pioneer_new"), primary=True))
    path = request.scope.org.path
    return pages.list_page(
        request,
        title="推优入团",
        table=PioneerTable,
        rows=queries.pioneers_seen_by(request.actor).filter(org__path__startswith=path),
        filterset=forms.PioneerFilter,
        actions=actions,
    )


def pioneer(request: Request, nomination_id: int) -> HttpResponse:
    """Show one nomination."""
    found = _found(request, nomination_id)
    state = PioneerState(found.state)
    known = queries.may_read_pioneer(request.actor, found)
    return pages.record_page(
        request,
        title=f"{queries.pioneer_name(request.actor, found)}：{found}",
        record=found,
        state=pages.Tag(state.label, PIONEER_TONES[state]),
        facts=[
            ("学校", found.org.name),
            ("中队", found.squad if known else HIDDEN),
            ("校内编号", found.school_number if known else HIDDEN),
            ("中队提名", found.nominated_on.isoformat()),
            ("大队签章", found.signed_on.isoformat() if found.signed_on else "—"),
            ("团组织接收", found.taken_up_on.isoformat() if found.taken_up_on else "—"),
            ("意见", found.words or "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link("推优入团", reverse(LIST)),
    )


def pioneer_new(request: Request) -> HttpResponse:
    """Nominate a pioneer."""
    doors.require_anywhere(request.actor, Act.NOMINATE)
    initial = {"org": request.scope.org.code, "nominated_on": timezone.localdate()}
    form = forms.PioneerForm(request.POST or None, actor=request.actor, initial=initial)
    return pages.act_page(
        request,
        title="提名推优入团",
        note="每名队员每学年提名一次。只登记姓名和校内编号，不要填写身份证号等其他信息。",
        form=form,
        do=lambda: _url(
            services.nominate_pioneer(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        submit="提交提名",
        back=pages.Link("推优入团", reverse(LIST)),
    )


def pioneer_sign(request: Request, nomination_id: int) -> HttpResponse:
    """Write down that the brigade signed."""
    return _dated(request, nomination_id, services.sign_nomination, title="大队审核签章")


def pioneer_take_up(request: Request, nomination_id: int) -> HttpResponse:
    """Write down that the League organisation takes it up."""
    return _dated(request, nomination_id, services.take_up_pioneer, title="团组织接收")


def pioneer_decline(request: Request, nomination_id: int) -> HttpResponse:
    """End a nomination with a reason."""
    found = _to_do(request, nomination_id)
    return pages.reason_page(
        request,
        title="不通过",
        form=forms.RecommendingReasonForm(request.POST or None),
        then=lambda reason: services.decline_pioneer(
            nomination=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不通过",
        back=pages.Link(str(found), _url(found)),
    )


def _dated(
    request: Request, nomination_id: int, do: Callable[..., PioneerNomination], *, title: str
) -> HttpResponse:
    found = _to_do(request, nomination_id)
    form = forms.DayForm(request.POST or None, initial={"on": timezone.localdate()})
    return pages.act_page(
        request,
        title=title,
        form=form,
        do=lambda: _url(
            do(nomination=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        ),
        submit="登记",
        back=pages.Link(str(found), _url(found)),
    )


def _found(request: Request, nomination_id: int) -> PioneerNomination:
    return get_object_or_404(queries.pioneers_seen_by(request.actor), pk=nomination_id)


def _to_do(request: Request, nomination_id: int) -> PioneerNomination:
    found = _found(request, nomination_id)
    actors.require(request.actor, Act.NOMINATE, at=found.org)
    return found


def _url(found: PioneerNomination) -> str:
    return reverse("recommending:pioneer", args=[found.pk])


def _actions(request: Request, found: PioneerNomination) -> list[pages.Action]:
    steps = {
        PioneerState.NOMINATED: ("pioneer_sign", "大队审核签章"),
        PioneerState.SIGNED: ("pioneer_take_up", "团组织接收"),
    }
    if not actors.may(request.actor, Act.NOMINATE, at=found.org):
        return []
    step = steps.get(PioneerState(found.state))
    if step is None:
        return []
    name, label = step
    key = [found.pk]
    return [
        pages.Action(label, reverse(f"recommending:{name}", args=key), primary=True),
        pages.Action("不通过", reverse("recommending:pioneer_decline", args=key)),
    ]

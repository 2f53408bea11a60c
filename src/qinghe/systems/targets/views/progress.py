"""Telling how far a charge is: on a phone in a minute; accepting it or sending it back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import local_day
from qinghe.systems.targets.access import Charging
from qinghe.systems.targets.forms.progress import ProgressForm, WhyForm
from qinghe.systems.targets.queries import charges as carried
from qinghe.systems.targets.queries import holders
from qinghe.systems.targets.queries.charges import (
    Charge,
    Progress,
    ProgressKind,
    ProgressState,
)
from qinghe.systems.targets.rules.progress import MENDABLE
from qinghe.systems.targets.services import progress as services

from .charge_tables import PROGRESS_TONES
from .charges import found_charge, url_of


def progress_new(request: Request, charge_id: int) -> HttpResponse:
    """Tell how far a charge is."""
    return _tell(
        request,
        charge_id,
        kind=ProgressKind.PROGRESS,
        title="填报进度",
        note="填到截至日期为止的累计数，不是这次新增的数；上级通过后计入。",
    )


def strike(request: Request, charge_id: int) -> HttpResponse:
    """Say that a charge is done, with what shows it."""
    return _tell(
        request,
        charge_id,
        kind=ProgressKind.STRIKE,
        title="申请销号",
        note="写清成果并附佐证，上级通过后销号，不再提醒。",
    )


def _tell(request: Request, charge_id: int, *, kind: str, title: str, note: str) -> HttpResponse:
    found = found_charge(request, charge_id)
    holders.require_teller(request.actor, found.org)
    if under_way := _under_way(request, found, kind=kind):
        return redirect("targets:progress", under_way.pk)
    at = timezone.now()
    form = ProgressForm(
        request.POST or None,
        request.FILES or None,
        unit=found.unit,
        is_strike=kind == ProgressKind.STRIKE,
        initial={"day": local_day(at), "number": _plain(found, kind=kind)},
    )

    def do() -> str:
        if form.is_handed_in:
            made = services.tell(
                charge=found, kind=kind, new=form.as_new(), at=at, by=request.actor
            )
        else:
            made = services.draft_progress(
                charge=found, kind=kind, new=form.as_new(), at=at, by=request.actor
            )
        return reverse("targets:progress", args=[made.pk])

    return pages.act_page(
        request,
        title=f"{title}：{found.item.title}",
        form=form,
        do=do,
        submit="保存",
        note=note,
        back=pages.Link(found.item.title, url_of(found)),
    )


def _under_way(request: Request, found: Charge, *, kind: str) -> Progress | None:
    """Return one of this kind that is not decided yet: there is never a second beside it."""
    rows = carried.progress_seen_by(request.actor).filter(charge=found, kind=kind)
    return rows.filter(state__in=[*MENDABLE, ProgressState.SUBMITTED]).first()


def _plain(found: Charge, *, kind: str) -> str:
    """Begin with what was reached, or for a strike-off with the whole."""
    number = found.target if kind == ProgressKind.STRIKE else found.done
    return "" if number is None else f"{number.normalize():f}"


def progress(request: Request, progress_id: int) -> HttpResponse:
    """Show what was told, with what shows it."""
    found = _found(request, progress_id)
    charge, unit = found.charge, found.charge.unit
    state = ProgressState(found.state)
    return pages.record_page(
        request,
        title=f"{found.get_kind_display()}：{charge.item.title}",
        record=found,
        state=pages.Tag(str(state.label), PROGRESS_TONES[state]),
        facts=[
            ("责任单位", charge.org.name),
            ("审核单位", charge.above.name),
            ("截至日期", found.day.isoformat()),
            ("累计完成", f"{found.number.normalize():f}{unit}"),
            ("目标", f"{charge.target.normalize():f}{unit}"),
            ("进展情况", found.words),
            ("提交日期", found.filed_on.isoformat() if found.filed_on else "—"),
            ("审核日期", found.decided_on.isoformat() if found.decided_on else "—"),
            ("退回原因", found.reason or "—"),
            ("重新办理", found.reopened_why or "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link(charge.item.title, url_of(charge)),
    )


def _actions(request: Request, found: Progress) -> list[pages.Action]:
    key, me = [found.pk], request.actor
    actions = []
    if found.state in MENDABLE and holders.may_tell(me, found.charge.org):
        submit = reverse("targets:progress_submit", args=key)
        actions.append(pages.Action("提交审核", submit, primary=True, post=True))
        actions.append(pages.Action("修改", reverse("targets:progress_change", args=key)))
    may_decide = actors.may(me, Charging.ACCEPT, at=found.charge.above)
    is_mine = found.filed_by_id == me.person_id
    if found.state == ProgressState.SUBMITTED and may_decide and not is_mine:
        accept = reverse("targets:progress_accept", args=key)
        actions.append(pages.Action("通过", accept, primary=True, post=True))
        actions.append(pages.Action("退回", reverse("targets:progress_back", args=key)))
    return actions


def progress_change(request: Request, progress_id: int) -> HttpResponse:
    """Mend a draft, or what was sent back."""
    found = _found(request, progress_id)
    holders.require_teller(request.actor, found.charge.org)
    at = timezone.now()
    form = ProgressForm(
        request.POST or None,
        request.FILES or None,
        unit=found.charge.unit,
        is_strike=found.kind == ProgressKind.STRIKE,
        initial={
            "day": found.day,
            "number": f"{found.number.normalize():f}",
            "words": found.words,
        },
    )

    def do() -> str:
        if form.is_handed_in:
            services.tell_again(progress=found, new=form.as_new(), at=at, by=request.actor)
        else:
            services.change_progress(progress=found, new=form.as_new(), at=at, by=request.actor)
        return _url(found)

    return pages.act_page(
        request,
        title=f"修改填报：{found.charge.item.title}",
        form=form,
        do=do,
        note=f"退回原因：{found.reason}" if found.reason else "",
        back=pages.Link("填报", _url(found)),
    )


@require_POST
def progress_submit(request: Request, progress_id: int) -> HttpResponse:
    """Hand in what was written down."""
    found = _found(request, progress_id)
    services.submit_progress(progress=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


@require_POST
def progress_accept(request: Request, progress_id: int) -> HttpResponse:
    """Accept what was told."""
    found = _found(request, progress_id)
    services.accept_progress(progress=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def progress_back(request: Request, progress_id: int) -> HttpResponse:
    """Send back what is wrong, and say why."""
    found = _found(request, progress_id)
    actors.require(request.actor, Charging.ACCEPT, at=found.charge.above)
    return pages.reason_page(
        request,
        title=f"退回{found.charge.org.name}的填报",
        form=WhyForm(request.POST or None),
        then=lambda reason: services.send_back_progress(
            progress=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="退回",
        note="退回后由对方修改重新提交，填过的内容和附件都保留。",
        back=pages.Link("填报", _url(found)),
    )


def reopen(request: Request, charge_id: int) -> HttpResponse:
    """Take up again what was struck off."""
    found = found_charge(request, charge_id)
    actors.require(request.actor, Charging.SUPERVISE, at=found.above)
    return pages.reason_page(
        request,
        title=f"重新办理：{found.item.title}",
        form=WhyForm(request.POST or None),
        then=lambda reason: services.reopen(
            charge=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="重新办理",
        note="销号撤销，任务重新亮灯和提醒；原来的成果和附件保留。",
        back=pages.Link(found.item.title, url_of(found)),
    )


def _found(request: Request, progress_id: int) -> Progress:
    return get_object_or_404(carried.progress_seen_by(request.actor), pk=progress_id)


def _url(found: Progress) -> str:
    return reverse("targets:progress", args=[found.pk])

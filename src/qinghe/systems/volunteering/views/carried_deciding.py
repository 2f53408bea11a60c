"""One row of another platform: what it says, whose it is, and what was decided."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.forms.carried import LABELS
from qinghe.systems.volunteering.queries import CarriedRow, RowState

from .carried import ROW_TONES

WAITING = (RowState.MATCHED, RowState.SEVERAL, RowState.NOBODY)


def carried_row(request: Request, carried_row_id: int) -> HttpResponse:
    """Show one row."""
    found = _found(request, carried_row_id)
    state, org = RowState(found.state), found.carried_list.org
    personal = [("姓名", found.name, "name"), ("证件号", found.shown, "shown")]
    personal.append(("平台编号", found.number, "number"))
    return pages.record_page(
        request,
        title=f"{found.carried_list.source.name} 第{found.line}行",
        record=found,
        state=pages.Tag(state.label, ROW_TONES[state]),
        facts=[
            *[
                (
                    label,
                    pages.Kept(value, f"volunteering.CarriedRow.{name}", of=found.about, at=org),
                )
                for label, value, name in personal
                if value
            ],
            ("活动", found.activity),
            ("服务日期", found.day.isoformat() if found.day else None),
            ("分钟", found.minutes),
            ("组织", found.host),
            ("志愿者", _volunteer(found)),
            ("匹配依据", found.get_how_display()),
            ("说明", found.words),
            ("以前的行", _earlier(request, found)),
            ("办理人", found.decided_by.name if found.decided_by else None),
            (
                "原文",
                pages.Kept(
                    _as_written(found), "volunteering.CarriedRow.cells", of=found.about, at=org
                ),
            ),
        ],
        actions=_actions(request, found),
        back=_list_of(found),
    )


def carried_choose(request: Request, carried_row_id: int) -> HttpResponse:
    """Say by hand whose a row is."""
    found = _found(request, carried_row_id)
    org = found.carried_list.org
    actors.require(request.actor, Act.UPLOAD, at=org)
    form = forms.ChooseForm(
        request.POST or None,
        candidates=_candidates(request, found),
        roll=queries.on_roll(request.actor, org),
    )

    def do() -> str:
        services.choose_person(
            row=found,
            volunteer=form.cleaned_data["volunteer"],
            at=timezone.now(),
            by=request.actor,
        )
        return reverse("volunteering:carried_row", args=[found.pk])

    return pages.act_page(
        request,
        title=f"选定本人：第{found.line}行",
        form=form,
        do=do,
        submit="选定",
        note="请与本人或平台核对后选定；选定后由他人审核才计入。",
        back=_row_link(found),
    )


def carried_row_refuse(request: Request, carried_row_id: int) -> HttpResponse:
    """Turn one row down."""
    found = _to_decide(request, carried_row_id)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"不予计入：第{found.line}行",
        note="这一行不予计入，行和原因保留；清单的其他行不受影响。",
        submit="不予计入",
        back=_row_link(found),
        then=lambda reason: services.refuse_rows(
            rows=[found], reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def carried_row_revoke(request: Request, carried_row_id: int) -> HttpResponse:
    """Take back what one row counted."""
    found = _to_decide(request, carried_row_id)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"撤销：第{found.line}行",
        note="撤销后不再计入，并通知本人；行和原因保留。",
        submit="确定撤销",
        back=_row_link(found),
        then=lambda reason: services.revoke_row(
            row=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def _found(request: Request, carried_row_id: int) -> CarriedRow:
    return get_object_or_404(queries.carried_rows_seen_by(request.actor), pk=carried_row_id)


def _to_decide(request: Request, carried_row_id: int) -> CarriedRow:
    found = _found(request, carried_row_id)
    actors.require(request.actor, Act.APPROVE_CARRIED, at=found.carried_list.org)
    return found


def _candidates(request: Request, found: CarriedRow) -> dict[queries.Volunteer, str]:
    """Return who a row could be, each as a list may name them."""
    today, shown = timezone.localdate(), {}
    for one in queries.candidates_of(request.actor, found):
        name = levels.short_name(request.actor, one.person, at=one.org, on=today)
        shown[one] = f"{one.number} {name} · {one.org.name}"
    return shown


def _list_of(found: CarriedRow) -> pages.Link:
    url = reverse("volunteering:carried_list", args=[found.carried_list_id])
    return pages.Link(found.carried_list.file_name, url)


def _row_link(found: CarriedRow) -> pages.Link:
    return pages.Link(f"第{found.line}行", reverse("volunteering:carried_row", args=[found.pk]))


def _volunteer(found: CarriedRow) -> pages.Cell:
    if found.volunteer is None:
        return None
    url = reverse("volunteering:volunteer", args=[found.volunteer_id])
    return pages.Link(f"{found.volunteer.number} · {found.volunteer.org.name}", url)


def _earlier(request: Request, found: CarriedRow) -> pages.Cell:
    """Return the row that this one repeats or changes; one of another's list is only told of."""
    if found.earlier_id is None:
        return None
    seen = queries.carried_rows_seen_by(request.actor).filter(pk=found.earlier_id).first()
    if seen is None:
        return "其他组织导入的清单"
    url = reverse("volunteering:carried_row", args=[seen.pk])
    return pages.Link(f"{seen.carried_list.file_name} 第{seen.line}行（{seen.minutes}分钟）", url)


def _as_written(found: CarriedRow) -> str:
    return "；".join(f"{LABELS[key]}：{told}" for key, told in found.cells.items() if told)


def _actions(request: Request, found: CarriedRow) -> list[pages.Action]:
    org, key, actions = found.carried_list.org, [found.pk], []
    loaded = found.carried_list.state == "loaded"
    if loaded and found.state in WAITING and actors.may(request.actor, Act.UPLOAD, at=org):
        url = reverse("volunteering:carried_choose", args=key)
        wanted = found.state != RowState.MATCHED
        actions.append(pages.Action("选定本人" if wanted else "改选本人", url, primary=wanted))
    if not loaded or not actors.may(request.actor, Act.APPROVE_CARRIED, at=org):
        return actions
    if found.state in WAITING and found.carried_list.loaded_by_id != request.actor.person_id:
        actions.append(
            pages.Action("不予计入", reverse("volunteering:carried_row_refuse", args=key))
        )
    if found.state == RowState.AGREED:
        actions.append(pages.Action("撤销", reverse("volunteering:carried_row_revoke", args=key)))
    return actions

"""Items: proposed by units or the office, listed in their order, declined."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.meetings import forms, queries, services
from qinghe.systems.meetings.access import Act
from qinghe.systems.meetings.queries import AgendaItem, Sitting

from .sittings import back_to, found_or_404, url_of
from .tables import TONES


def item_new(request: Request, sitting_id: int) -> HttpResponse:
    """Propose an item, for one's unit or as the office."""
    sitting = found_or_404(request, sitting_id)
    is_office = actors.may(request.actor, Act.RUN, at=sitting.body.org)
    units = queries.units_answered_by(request.actor).filter(body=sitting.body_id)
    if not is_office and not units.exists():
        raise doors.closed()
    form = forms.ItemForm(
        request.POST or None, actor=request.actor, sitting=sitting, is_office=is_office
    )

    def do() -> str:
        services.propose_item(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, "议题已提交，由会议办公室审定。")
        return url_of(sitting)

    return pages.act_page(
        request,
        title=f"报议题：{sitting.title}",
        note=f"征集截止{sitting.items_by.isoformat()}。" if sitting.items_by else "",
        form=form,
        do=do,
        submit="提交议题",
        back=back_to(sitting),
    )


def item(request: Request, agenda_item_id: int) -> HttpResponse:
    """Show one item."""
    found = _found(request, agenda_item_id)
    state = AgendaItem.State(found.state)
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("会议", _sitting_cell(request, found)),
            ("提出单位", found.member.name if found.member else "会议办公室"),
            ("主题", found.get_theme_display()),
            ("序号", found.place),
            ("时长", f"{found.length}分钟"),
            ("说明", found.about or "—"),
            ("知悉范围", "内部事项，仅指定人员可见" if found.is_internal else "一般事项"),
            ("不列入原因", found.reason or "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link("会议", reverse("meetings:sittings")),
    )


@require_POST
def item_list(request: Request, agenda_item_id: int) -> HttpResponse:
    """Put an item on the agenda."""
    found = _found(request, agenda_item_id)
    services.list_item(item=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已列入议程。")
    return redirect(url_of(found.sitting))


def item_decline(request: Request, agenda_item_id: int) -> HttpResponse:
    """Leave an item out."""
    found = _found(request, agenda_item_id)
    actors.require(request.actor, Act.RUN, at=found.sitting.body.org)
    return pages.reason_page(
        request,
        title=f"不列入：{found.title}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.decline_item(
            item=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不列入",
        back=back_to(found.sitting),
    )


def agenda(request: Request, sitting_id: int) -> HttpResponse:
    """Put the agenda into an order."""
    sitting = found_or_404(request, sitting_id)
    actors.require(request.actor, Act.RUN, at=sitting.body.org)
    lines = [one.item for one in queries.agenda_of(request.actor, sitting)]
    form = forms.OrderForm(request.POST or None, lines=lines)

    def do() -> str:
        services.order_items(
            sitting=sitting, order=form.keys(), at=timezone.now(), by=request.actor
        )
        return url_of(sitting)

    return pages.act_page(
        request,
        title=f"排议程：{sitting.title}",
        note="数字小的在前；各议题的时间按开会时间和时长推算。",
        form=form,
        do=do,
        back=back_to(sitting),
    )


def _found(request: Request, agenda_item_id: int) -> AgendaItem:
    return get_object_or_404(queries.items_seen_by(request.actor), pk=agenda_item_id)


def _sitting_cell(request: Request, found: AgendaItem) -> pages.Cell:
    """Lead to the sitting, if it is in sight too: a reader of an item may not be of the sitting."""
    seen: Sitting | None = (
        queries.sittings_seen_by(request.actor).filter(pk=found.sitting_id).first()
    )
    return pages.Link(seen.title, url_of(seen)) if seen else "—"


def _actions(request: Request, found: AgendaItem) -> list[pages.Action]:
    sitting = found.sitting
    act = Act.REGISTER if sitting.body.is_above else Act.RUN
    if not actors.may(request.actor, act, at=sitting.body.org):
        return []
    key = [found.pk]
    readers = pages.Action("知悉范围", reverse("meetings:item_readers", args=key))
    if sitting.state not in (Sitting.State.PREPARING, Sitting.State.CALLED):
        return [readers]
    actions = [readers]
    if found.state != AgendaItem.State.DECLINED:
        actions.insert(0, pages.Action("不列入", reverse("meetings:item_decline", args=key)))
    if found.state != AgendaItem.State.LISTED:
        url = reverse("meetings:item_list", args=key)
        actions.insert(0, pages.Action("列入议程", url, primary=True, post=True))
    return actions

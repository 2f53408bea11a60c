"""What waits for the sending and for the receiving side: one question each."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.transfers import models
from qinghe.systems.transfers.access import Act

from .lists import Kind, Side, State, rows, short_name_of


def going_out_for(actor: Actor) -> QuerySet[models.Transfer]:
    """Return what this actor, on the sending side, can act on.

    To let go, to enter a receipt for, to mend after it came back.
    """
    mine = actors.within_reach(actor, Act.SEND, path="desk__path")
    return rows(actor).filter(
        mine,
        Q(state=State.OUT_PENDING)
        | Q(state=State.IN_PENDING, kind=Kind.OUT)
        | Q(state=State.REJECTED, side=Side.SENDER),
        suspended_on__isnull=True,
    )


def coming_in_for(actor: Actor) -> QuerySet[models.Transfer]:
    """Return what this actor, on the receiving side, can act on: to take in, to place, to mend."""
    mine = actors.within_reach(actor, Act.RECEIVE, path="desk__path")
    waits = Q(state=State.IN_PENDING) & ~Q(kind=Kind.OUT)
    returned = Q(state=State.REJECTED, side=Side.RECEIVER)
    return rows(actor).filter(mine, waits | returned, suspended_on__isnull=True)


def waiting_for(actor: Actor) -> QuerySet[models.Transfer]:
    """Return what this actor can act on, on whichever side, the most pressing first."""
    either = Q(pk__in=going_out_for(actor).values("pk"))
    either |= Q(pk__in=coming_in_for(actor).values("pk"))
    return rows(actor).filter(either).order_by("due_on", "pk")


def out_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show what waits for the sending side as lines of the inbox."""
    return _items(actor, going_out_for(actor).filter(pk__in=ids))


def in_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show what waits for the receiving side as lines of the inbox."""
    return _items(actor, coming_in_for(actor).filter(pk__in=ids))


def _items(actor: Actor, waiting: QuerySet[models.Transfer]) -> list[Item]:
    today = timezone.localdate()
    return [
        Item(
            pk=one.pk,
            title=f"{short_name_of(actor, one, on=today)}：{one.origin} → {one.target}，{_what(one)}",
            org=one.desk.name,
            url=reverse("transfers:transfer", args=[one.pk]),
        )
        for one in waiting
    ]


def _what(one: models.Transfer) -> str:
    if one.state == State.REJECTED:
        return "已退回，请修改后再提交或撤回"
    if one.state == State.OUT_PENDING:
        return "请同意转出或退回"
    if one.kind == Kind.OUT:
        return "请登记区外回执"
    return "请编入团支部" if one.accepted_on else "请接收或退回"

"""What waits for somebody: to sign, to mend what came back, to number and issue."""

from collections.abc import Iterable, Sequence

from django.urls import reverse

from qinghe.edges.inbox import Item, Queue
from qinghe.kernel.access.actors import Actor

from . import queries, steps
from .access import Act


def signings(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show some of the reports that wait for an actor's signature."""
    return [
        Item(
            pk=each.pk,
            title=f"{each.get_step_display()}：{each.circulation.report.title}",
            url=reverse("issuing:signing", args=[each.pk]),
            org=each.circulation.report.org.name,
        )
        for each in queries.signings_waiting_for(actor).filter(pk__in=keys)
    ]


def sent_back(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show some of the reports that came back to an actor."""
    return _rounds(queries.sent_back_to(actor).filter(pk__in=keys), "退回修改")


def to_issue(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show some of the signed reports that an actor may issue."""
    return _rounds(queries.to_issue(actor).filter(pk__in=keys), "编号印发")


def _rounds(rows: Iterable[queries.Circulation], what: str) -> list[Item]:
    return [
        Item(
            pk=each.pk,
            title=f"{what}：{each.report.title}",
            url=steps.way_url(each.report),
            org=each.report.org.name,
        )
        for each in rows
    ]


QUEUES = (
    Queue(
        code="issuing.signings",
        label="待我审签",
        state="待审签",
        act=Act.SIGN,
        waiting=queries.signings_waiting_for,
        items=signings,
        since="asked_at",
        org="circulation__report__org",
        days=3,
    ),
    Queue(
        code="issuing.sent_back",
        label="退回修改的总结",
        state="已退回",
        act=Act.SUBMIT,
        waiting=queries.sent_back_to,
        items=sent_back,
        since="ended_at",
        org="report__org",
        days=3,
    ),
    Queue(
        code="issuing.to_issue",
        label="待编号印发",
        state="已签发",
        act=Act.ISSUE,
        waiting=queries.to_issue,
        items=to_issue,
        since="ended_at",
        org="report__org",
        days=2,
    ),
)

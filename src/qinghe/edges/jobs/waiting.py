"""What waits for somebody's word: exports of more than two hundred people (bar 27)."""

from collections.abc import Sequence

from django.urls import reverse

from qinghe.edges.inbox import Item, Queue, Step
from qinghe.kernel.access.actors import Actor

from . import queries
from .access import Act


def items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show some of the exports that wait for an actor."""
    return [
        Item(
            pk=export.pk,
            title=f"{export.by}申请导出{export.title}（{export.rows:,}行），交给{export.receiver}",
            url=reverse("jobs:export", args=[export.pk]),
            org=export.org.name,
            steps=(
                Step("同意", reverse("jobs:export_approve", args=[export.pk])),
                Step("不同意", reverse("jobs:export_refuse", args=[export.pk]), post=False),
            ),
        )
        for export in queries.exports_waiting_for(actor).filter(pk__in=keys)
    ]


QUEUES = (
    Queue(
        code="exports.waiting",
        label="导出审批",
        state="待审批",
        act=Act.APPROVE_EXPORT,
        waiting=queries.exports_waiting_for,
        items=items,
        since="at",
        org="org",
        days=2,
    ),
)

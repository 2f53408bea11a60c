"""What of the bulk door waits for whoever uploaded it."""

from collections.abc import Sequence

from django.urls import reverse

from qinghe.edges.inbox import Item, Queue, Step
from qinghe.kernel.access.actors import Actor

from . import queries, services
from .models import State

# Ten days: long enough to come back to a checked file, short enough that nobody loads a stale one.
DAYS = 10


def checked(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show files that were found in order and wait to be loaded."""
    return [
        Item(
            pk=upload.pk,
            title=f"导入{_label(upload.sheet)}：{upload.rows:,} 行已核对",
            url=reverse("sheets:upload", args=[upload.pk]),
            steps=(Step("导入", reverse("sheets:load", args=[upload.pk])),),
        )
        for upload in queries.uploads_of(actor).filter(pk__in=ids)
    ]


def refused(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show files with lines to mend."""
    return [
        Item(
            pk=upload.pk,
            title=f"更正{_label(upload.sheet)}：{upload.findings.get('refused_rows', 0):,} 行有问题",
            url=reverse("sheets:upload", args=[upload.pk]),
        )
        for upload in queries.uploads_of(actor).filter(pk__in=ids)
    ]


def _label(slug: str) -> str:
    return next((sheet.label for sheet in services.sheets() if sheet.slug == slug), slug)


QUEUES = (
    Queue(
        code="sheets.checked",
        label="台账待导入",
        state="待导入",
        act="",
        waiting=lambda actor: queries.uploads_of(actor).filter(state=State.CHECKED),
        items=checked,
        since="at",
        days=DAYS,
    ),
    Queue(
        code="sheets.refused",
        label="台账待更正",
        state="待更正",
        act="",
        waiting=lambda actor: queries.uploads_of(actor).filter(state=State.REFUSED),
        items=refused,
        since="at",
        days=DAYS,
    ),
)

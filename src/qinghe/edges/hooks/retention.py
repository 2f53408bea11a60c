"""How long what happened stays after it was sent, or could not be."""

from datetime import datetime

from qinghe.kernel.consent.retention import Action, Retention

from . import models

KEPT = 30


def purge(before: datetime, at: datetime) -> int:
    """Delete what happened before a moment, with the notes of its sending."""
    return models.Happening.objects.filter(at__lt=before).delete()[0]


RETENTION = (
    Retention(
        model="hooks.Happening",
        label="推送给其他系统的事件",
        days=KEPT,
        starts="at",
        action=Action.DELETE,
        why="对方系统停用期间的事件可以补发；送达情况可以核对",
        least=1,
        run=purge,
    ),
)

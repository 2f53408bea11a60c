"""How long the answers kept under idempotency keys stay."""

from datetime import datetime

from qinghe.kernel.consent.retention import Action, Retention

from . import models, once


def purge(before: datetime, at: datetime) -> int:
    """Delete the answers made before a moment; their keys can be used again."""
    return models.Answer.objects.filter(made_at__lt=before).delete()[0]


RETENTION = (
    Retention(
        model="api.Answer",
        label="接口请求的答复",
        days=once.KEPT.days,
        starts="made_at",
        action=Action.DELETE,
        why="重发的请求不重复办理（离线签到最迟三十天后补传）",
        least=1,
        run=purge,
    ),
)

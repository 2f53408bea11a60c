"""The outbox: what happened is written down in the transaction that made it happen.

Nothing is sent here. While nobody listens it costs one look at a small index; while somebody does,
one row more for each thing that happened.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.kernel.orgs.models import Org

from . import models

State = models.Subscription.State


@dataclass(frozen=True)
class News:
    """One thing that happened at an organisation, and what others may be told of it."""

    event: str
    org: Org
    told: Mapping[str, object]


@transaction.atomic(savepoint=False)  # a savepoint would cost each check-out two statements
def tell(*, news: Callable[[], Iterable[News]], at: datetime) -> int:
    """Write down what somebody listens for; `news` is asked only when somebody does.

    What happens while a subscription rests is written down too: it is sent when it goes on.
    Call it in the transaction of the act, so that both stand or neither.
    """
    listening = models.Subscription.objects.filter(state__in=[State.ACTIVE, State.PAUSED])
    heard = list(listening.order_by().values_list("events", "org__path"))
    if not heard:
        return 0
    rows = [
        models.Happening(event=one.event, org=one.org, told=dict(one.told), at=at)
        for one in news()
        if any(one.event in events and one.org.path.startswith(path) for events, path in heard)
    ]
    models.Happening.objects.bulk_create(rows, batch_size=500)
    return len(rows)

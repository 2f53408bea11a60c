"""What waits for somebody. A queue reads a state that records already have: nothing is kept here.

A system names its queues in its manifest. Each is one state that waits, for exactly the people who
may act on it; the pages of `edges.web.inbox` show them all in one place.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Model, QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import TZ, local_day


@dataclass(frozen=True)
class Step:
    """What can be done from the list: a POST to a page that the system has anyway, or a link.

    A POST must need no further input and answer with a redirect when it is done.
    """

    label: str
    url: str
    post: bool = True
    ask: str = ""


@dataclass(frozen=True)
class Item:
    """One thing that waits, as a line of the list. The key is that of its record."""

    pk: int
    title: str
    url: str
    org: str = ""
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Queue:
    """One state that waits for somebody.

    `waiting` returns the records that wait for an actor and that this actor can act on; `items`
    shows some of them by key. `since` names the field (a day or a moment) from which they wait,
    `org` the relation to the organisation they come from. The limit is `days` after that, or what
    the field `due` says; without both they wait without a limit. With an empty `act` the queue is
    everybody's own.
    """

    code: str
    label: str
    state: str
    act: str
    waiting: Callable[[Actor], QuerySet[Model]]
    items: Callable[[Actor, Sequence[int]], list[Item]]
    since: str
    org: str = ""
    days: int | None = None
    due: str = ""

    def late(self, rows: QuerySet[Model], *, on: date) -> QuerySet[Model]:
        """Return those of the waiting whose limit lies before a day."""
        if self.due:
            return rows.filter(**{f"{self.due}__lt": midnight(on)})
        if self.days is None:
            return rows.none()
        return rows.filter(**{f"{self.since}__lt": midnight(on - timedelta(days=self.days))})

    def in_order(self, rows: QuerySet[Model]) -> QuerySet[Model]:
        """Return the waiting, first those whose limit comes first, then the oldest."""
        return rows.order_by(*([self.due] if self.due else []), self.since, "pk")

    def due_of(self, *, since: date, due: date | None) -> date | None:
        """Return the last day on which a thing is in time."""
        if self.due:
            return due
        return since + timedelta(days=self.days) if self.days is not None else None


def midnight(day: date) -> datetime:
    """Return the moment a local day begins; a field that holds days reads it as that day."""
    return datetime.combine(day, time(), tzinfo=TZ)


def moment_of(value: date | datetime) -> datetime:
    """Return when something began that was kept as a day or as a moment."""
    return value if isinstance(value, datetime) else midnight(value)


def day_of(value: date | datetime | None) -> date | None:
    """Return the local day of something that was kept as a day or as a moment."""
    return local_day(value) if isinstance(value, datetime) else value


# Set once, when the application starts: every queue, in the order of the menu.
QUEUES: list[Queue] = []

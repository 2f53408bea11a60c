"""What waits for an actor, from all queues: counted in one question, merged by limit and age."""

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeAlias

from django.core.cache import caches
from django.db.models import IntegerField, Model, QuerySet, Subquery
from django.utils import timezone

from qinghe.edges import inbox
from qinghe.edges.inbox import Item, Queue
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.notices import queries as notices
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day

MOST_COUNTED = 100  # beyond, a badge says 99+
KEPT_IN = "near"  # the cache of this process (CACHES)
KEPT_FOR = 60  # seconds
PER_PAGE = 20
MOST_PAGES = 25
FIRST_OF_EACH = 5
Sorting: TypeAlias = tuple[date, datetime, int, int]


@dataclass(frozen=True)
class Waiting:
    """One thing that waits, as the list shows it."""

    queue: Queue
    item: Item
    since: datetime
    due: date | None
    today: date

    @property
    def waited(self) -> str:
        """Say how long it has waited: 5 分, 4 时, 6 天."""
        gone = timezone.now() - self.since
        if gone < timedelta(0):
            return "—"  # what has not begun yet, such as an end to come
        if gone >= timedelta(days=1):
            return f"{gone.days:,} 天"
        minutes = int(gone.total_seconds()) // 60
        return f"{minutes // 60} 时" if minutes >= 60 else f"{minutes} 分"

    @property
    def limit(self) -> str:
        """Say by when: 今日, 已过 2 天, 07-04, or nothing."""
        if self.due is None:
            return ""
        if self.due == self.today:
            return "今日"
        if self.is_late:
            return f"已过 {(self.today - self.due).days:,} 天"
        return f"{self.due:%m-%d}" if self.due.year == self.today.year else self.due.isoformat()

    @property
    def is_late(self) -> bool:
        """Test if its limit has passed."""
        return self.due is not None and self.due < self.today

    @property
    def is_pressing(self) -> bool:
        """Test if its limit is today or has passed."""
        return self.due is not None and self.due <= self.today


@dataclass(frozen=True)
class Tally:
    """How much of one queue waits, and how much of it is late if that was asked; up to a bound."""

    queue: Queue
    count: int
    late: int | None = None

    @property
    def shown(self) -> str:
        """Write the count for a badge."""
        return capped(self.count)


@dataclass(frozen=True)
class Counts:
    """What the frame shows of a person's work: how much waits, how many notices are unread."""

    tallies: tuple[Tally, ...] = ()
    unread: int = 0

    @property
    def waiting(self) -> int:
        """Return how much waits in all queues."""
        return sum(tally.count for tally in self.tallies)

    @property
    def shown(self) -> str:
        """Write how much waits for a badge."""
        return capped(self.waiting)

    @property
    def unread_shown(self) -> str:
        """Write how many notices are unread for a badge."""
        return capped(self.unread)

    @property
    def late(self) -> int:
        """Return how much is late in all queues whose late ones were counted."""
        return sum(tally.late or 0 for tally in self.tallies)


@dataclass(frozen=True)
class Page:
    """One page of what waits."""

    rows: Sequence[Waiting]
    number: int
    more: bool

    @property
    def previous(self) -> int:
        """Return the number of the page before."""
        return self.number - 1

    @property
    def next(self) -> int:
        """Return the number of the page after."""
        return self.number + 1


class _CountOf(Subquery):
    """How many rows a question finds, as a value inside another question."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def capped(count: int) -> str:
    """Write a count that was made up to a bound."""
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count)


def queues_of(actor: Actor) -> list[Queue]:
    """Return the queues in which something may wait for an actor."""
    return [
        queue for queue in inbox.QUEUES if not queue.act or actors.may_anywhere(actor, queue.act)
    ]


def counts_for(actor: Actor) -> Counts:
    """Count every queue and the unread notices in one question, each up to a bound.

    How much is late is left out, for it would double the question: see with_late.
    """
    queues = queues_of(actor)
    found = _counted(
        actor,
        {f"q{place}": queue.waiting(actor) for place, queue in enumerate(queues)}
        | {"unread": notices.unread_of(actor.person_id)},
    )
    tallies = (Tally(queue, found.get(f"q{place}", 0)) for place, queue in enumerate(queues))
    return Counts(tuple(tallies), found.get("unread", 0))


def with_late(actor: Actor, counts: Counts, *, on: date) -> Counts:
    """Return the counts with how much is late, asked only of queues in which something waits."""
    rows = {
        f"l{place}": tally.queue.late(tally.queue.waiting(actor), on=on)
        for place, tally in enumerate(counts.tallies)
        if tally.count
    }
    found = _counted(actor, rows) if rows else {}
    tallies = (
        replace(tally, late=found.get(f"l{place}", 0)) for place, tally in enumerate(counts.tallies)
    )
    return replace(counts, tallies=tuple(tallies))


def counts_in_frame(actor: Actor) -> Counts:
    """Return the counts as every page's frame shows them.

    What waits may be KEPT_FOR seconds old, but never older than what the person did last: whoever
    has settled something sees one less. Unread notices are always counted.
    """
    unread = _bounded(notices.unread_of(actor.person_id))
    last = Subquery(audit.last_of(actor.person_id).values("seq"))
    asked = Person.objects.filter(pk=actor.person_id).annotate(unread=unread, last=last)
    found = asked.values("unread", "last").first()
    if found is None:
        return Counts()
    key = _kept_as(actor, last=found["last"])
    kept: list[tuple[str, int]] | None = caches[KEPT_IN].get(key)
    if kept is None:
        kept = [(each.queue.code, each.count) for each in counts_for(actor).tallies]
        caches[KEPT_IN].set(key, kept, KEPT_FOR)
    queues = {queue.code: queue for queue in inbox.QUEUES}
    tallies = tuple(Tally(queues[code], count) for code, count in kept if code in queues)
    return Counts(tallies, found["unread"])


def page_of(
    actor: Actor, queues: Sequence[Queue], *, org: str = "", number: int = 1, size: int = PER_PAGE
) -> Page:
    """Return one page of what waits in some queues, by limit, then by age."""
    number = min(max(number, 1), MOST_PAGES)
    merged = heapq.merge(
        *(
            _keys(queue, place=place, rows=_rows(queue, actor, org), most=number * size + 1)
            for place, queue in enumerate(queues)
        )
    )
    keys = list(merged)[(number - 1) * size : number * size + 1]
    more = len(keys) > size and number < MOST_PAGES
    return Page(_shown(actor, queues, keys[:size]), number, more=more)


def _kept_as(actor: Actor, *, last: int | None) -> str:
    """Name the counts of an actor: other rights or a later act, another name."""
    said = repr((actor.person_id, actor.holdings, actor.via, actor.scopes, last))
    return f"inbox.{hashlib.sha256(said.encode()).hexdigest()}"


def _counted(actor: Actor, rows: Mapping[str, QuerySet[Model]]) -> dict[str, int]:
    parts = {name: _bounded(each) for name, each in rows.items()}
    asked = Person.objects.filter(pk=actor.person_id).annotate(**parts).values(*parts)
    return {name: count or 0 for name, count in (asked.first() or {}).items()}


def _bounded(rows: QuerySet[Model]) -> _CountOf:
    return _CountOf(rows.order_by().values("pk")[:MOST_COUNTED])


def _rows(queue: Queue, actor: Actor, org: str) -> QuerySet[Model]:
    rows = queue.waiting(actor)
    if not org:
        return rows
    return rows.filter(**{f"{queue.org}__name__icontains": org}) if queue.org else rows.none()


def _keys(queue: Queue, *, place: int, rows: QuerySet[Model], most: int) -> Iterator[Sorting]:
    fields = ["pk", queue.since, *([queue.due] if queue.due else [])]
    for pk, since, *rest in queue.in_order(rows).values_list(*fields)[:most]:
        began = inbox.moment_of(since)
        due = queue.due_of(since=local_day(began), due=inbox.day_of(rest[0]) if rest else None)
        yield due or date.max, began, place, pk


def _shown(actor: Actor, queues: Sequence[Queue], keys: Sequence[Sorting]) -> list[Waiting]:
    wanted: dict[int, list[int]] = defaultdict(list)
    for _, _, place, pk in keys:
        wanted[place].append(pk)
    items = {
        (place, item.pk): item
        for place, pks in wanted.items()
        for item in queues[place].items(actor, pks)
    }
    today = local_day(timezone.now())
    return [
        Waiting(
            queue=queues[place],
            item=items[place, pk],
            since=since,
            due=None if due == date.max else due,
            today=today,
        )
        for due, since, place, pk in keys
        if (place, pk) in items
    ]

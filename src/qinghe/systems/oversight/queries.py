"""What auditors read: entries, by time, and the state of their chain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.access.models import Holding
from qinghe.kernel.audit import queries as audit
from qinghe.kernel.audit import verifying
from qinghe.kernel.audit.models import Entry, Head
from qinghe.kernel.orgs.models import Org

from .access import Act

PER_PAGE = 50
COUNTED = 10_000  # beyond this a list only says that there are more


@dataclass(frozen=True)
class Position:
    """The last entry of a page: the next page goes on behind it."""

    at: datetime
    seq: int


@dataclass(frozen=True)
class Slice:
    """One page of entries, newest first, and where the next one begins, if there is one."""

    rows: list[Entry]
    further: Position | None


@dataclass(frozen=True)
class State:
    """Where the chain stands, and what is known of its last checks."""

    head: Head
    newest: Entry | None
    checked: Entry | None
    anchored: Entry | None
    guarded: bool


def entries_seen_by(actor: Actor) -> QuerySet[Entry]:
    """Return the entries that an actor may read: all, or those of auditors, or none."""
    if actors.may_anywhere(actor, Act.SEE):
        return Entry.objects.all()
    if actors.may_anywhere(actor, Act.SEE_AUDITORS):
        auditors = Holding.objects.filter(role=Role.AUDITOR).values("person_id")
        return Entry.objects.filter(Q(area="audit") | Q(person_id__in=auditors))
    return Entry.objects.none()


def reads_entries(actor: Actor) -> bool:
    """Test if there are entries that an actor may read."""
    return any(actors.may_anywhere(actor, act) for act in (Act.SEE, Act.SEE_AUDITORS))


def slice_of(actor: Actor, rows: QuerySet[Entry], *, behind: Position | None) -> Slice:
    """Return one page of filtered entries, found by key and not by counting."""
    if behind:
        earlier = Q(at__lt=behind.at) | Q(at=behind.at, seq__lt=behind.seq)
        rows = rows.filter(earlier, at__lte=behind.at)
    found = list(rows.order_by("-at", "-seq")[: PER_PAGE + 1])
    shown = found[:PER_PAGE]
    last = shown[-1] if len(found) > PER_PAGE else None
    return Slice(rows=shown, further=Position(last.at, last.seq) if last else None)


def count_of(actor: Actor, rows: QuerySet[Entry]) -> int:
    """Return how many entries there are, one more than COUNTED when there are more."""
    return rows.order_by()[: COUNTED + 1].count()


def names_of_orgs(actor: Actor, org_ids: Iterable[int]) -> dict[int, str]:
    """Return the names of the organisations that entries are about."""
    return dict(Org.objects.filter(pk__in=set(org_ids)).values_list("pk", "name"))


def neighbours_of(actor: Actor, entry: Entry) -> list[Entry]:
    """Return the entries right before and after one in the chain."""
    return audit.neighbours(entry)


def holds(actor: Actor, entry: Entry) -> bool:
    """Test if an entry is as it was written and follows on the one before it."""
    return audit.holds(entry)


def chain_seen_by(actor: Actor) -> State | None:
    """Return the state of the chain to those who may check it."""
    if not actors.may_anywhere(actor, Act.VERIFY):
        return None
    return State(
        head=audit.head(),
        newest=Entry.objects.order_by("-seq").first(),
        checked=audit.newest("audit.verify"),
        anchored=audit.newest("audit.anchor"),
        guarded=verifying.is_guarded(),
    )

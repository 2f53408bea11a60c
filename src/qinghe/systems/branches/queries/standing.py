"""How branches stand: what was due in a period, what was held, what is missing."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.kernel.people.models import Membership
from qinghe.lib.periods import Period
from qinghe.systems.branches import models, rules
from qinghe.systems.branches.rules import Marked, Slot

from .meetings import MeetingKind, branches_seen_by, duties_of, terms_on


@dataclass(frozen=True)
class Standing:
    """One branch in one span of days: its strips by kind, in the order of the terms."""

    org: Org
    members: int
    strips: Mapping[str, Sequence[Marked]]

    @property
    def missed(self) -> dict[str, list[Marked]]:
        """Return what is missing, by kind."""
        found = {
            kind: [one for one in strip if one.slot is Slot.MISSED]
            for kind, strip in self.strips.items()
        }
        return {kind: rows for kind, rows in found.items() if rows}

    @property
    def is_up_to_date(self) -> bool:
        """Test if nothing that was due is missing."""
        return not self.missed

    @property
    def words(self) -> str:
        """Say what is missing."""
        return "；".join(
            f"{MeetingKind(kind).label}：{'、'.join(_says(one) for one in rows)}"
            for kind, rows in self.missed.items()
        )


@dataclass(frozen=True)
class Share:
    """How many of how many branches, of one kind of meeting or of all."""

    good: int
    of: int

    @property
    def tenths(self) -> int | None:
        """Return the share in tenths of a per cent, rounded half up; nothing of nothing."""
        return (self.good * 2000 + self.of) // (2 * self.of) if self.of else None

    def __str__(self) -> str:
        if self.tenths is None:
            return "—"
        return f"{self.tenths // 10}.{self.tenths % 10}%"


@dataclass(frozen=True)
class Group:
    """The branches below one organisation, or at it."""

    org: Org
    branches: int
    up_to_date: Share
    by_kind: Sequence[Share]


def standings(actor: Actor, org: Org, *, within: Period, today: date) -> list[Standing]:
    """Return how the measured branches at and below an organisation stand: three questions for all.

    Branches are those that are there on the last day of the span, or today where it runs.
    """
    day = min(within.end, today)
    there = Q(opened_on__lte=day) & (Q(closed_on__isnull=True) | Q(closed_on__gt=day))
    rows = branches_seen_by(actor).filter(
        there, path__startswith=org.path, kind__in=sorted(rules.MEASURED)
    )
    return _stand(actor, rows, within=within, today=today)


def standing_of(actor: Actor, branch: Org, *, within: Period, today: date) -> Standing:
    """Return how one branch stands, of whatever kind."""
    rows = branches_seen_by(actor).filter(pk=branch.pk)
    return _stand(actor, rows, within=within, today=today)[0]


def grouped(actor: Actor, org: Org, found: Sequence[Standing], kinds: Sequence[str]) -> list[Group]:
    """Return the branches by the organisations right below one."""
    depth = len(codes_in(org.path))
    by_code: dict[str, list[Standing]] = defaultdict(list)
    for one in found:
        codes = codes_in(one.org.path)
        by_code[codes[depth] if len(codes) > depth else codes[-1]].append(one)
    children = Org.objects.filter(code__in=by_code).order_by("path")
    return [group_of(actor, child, by_code[child.code], kinds) for child in children]


def group_of(actor: Actor, org: Org, found: Sequence[Standing], kinds: Sequence[str]) -> Group:
    """Return the shares of some branches under an organisation's name."""
    owing = [one for one in found if any(one.strips.values())]
    good = sum(one.is_up_to_date for one in owing)
    by_kind = []
    for kind in kinds:
        asked = [one for one in found if one.strips.get(kind)]
        held = sum(kind not in one.missed for one in asked)
        by_kind.append(Share(held, len(asked)))
    return Group(org, len(found), Share(good, len(owing)), by_kind)


def _stand(actor: Actor, rows: QuerySet[Org], *, within: Period, today: date) -> list[Standing]:
    day = min(within.end, today)
    terms = terms_on(actor, day)
    duties = duties_of(actor, terms)
    branches = list(rows.order_by("path"))
    keys = rows.order_by().values("pk")
    members = _members(keys, day)
    held = _held(keys, _slots(duties, within))
    found = []
    for branch in branches:
        count = members.get(branch.pk, 0)
        asked = rules.asked_of(duties, members=count, committee_from=terms.committee_from)
        strips = {
            one.kind: rules.strip(
                one,
                held=held[branch.pk, one.kind],
                within=within,
                opened_on=branch.opened_on,
                today=today,
            )
            for one in asked
        }
        found.append(Standing(branch, count, strips))
    return found


def _members(keys: QuerySet, day: date) -> dict[int, int]:
    standing = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    rows = Membership.objects.filter(standing, org__in=keys).order_by().values("org")
    return dict(rows.annotate(n=Count("pk")).values_list("org", "n"))


def _slots(duties: Iterable[rules.Asked], within: Period) -> set[str]:
    return {
        period.name
        for one in duties
        for period in rules.due_periods(every=one.every, within=within, opened_on=date.min)
    }


def _held(keys: QuerySet, slots: set[str]) -> Mapping[tuple[int, str], Counter[str]]:
    rows = models.Meeting.objects.filter(
        org__in=keys, state=models.Meeting.State.HELD, counts=True, slot__in=slots
    )
    counted = rows.order_by().values("org", "kind", "slot").annotate(n=Count("pk"))
    held: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for org, kind, slot, n in counted.values_list("org", "kind", "slot", "n"):
        held[org, kind][slot] = n
    return held


def _says(one: Marked) -> str:
    short = f"（{one.held}/{one.times}）" if one.times > 1 else ""
    return f"{one.period.label}{short}"

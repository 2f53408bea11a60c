"""Hours by person, for any days and any organisation with all below it.

Counted from the facts, as every figure is: 472,000 records are grouped in one question, and what is
shown here is what the figure of the same days says. Only the persons of the page are read from
the database. What is held counts nowhere and stands beside, as it is at the moment.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import SupportsIndex, overload

from django.db.models import Count

from qinghe.analytics import store
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

CHUNK = 2_000
ORDERS = {
    "minutes": ("服务时长", "minutes DESC"),
    "sessions": ("服务次数", "sessions DESC"),
    "manual": ("手工登记时长", "manual DESC"),
    "late": ("补录时长", "late DESC"),
}
MANUAL = ", ".join(f"'{how}'" for how in rules.MANUAL)
SQL = """
SELECT person_id, count(*) AS sessions, sum(minutes)::BIGINT AS minutes,
  coalesce(sum(minutes) FILTER (how IN ({manual})), 0)::BIGINT AS manual,
  coalesce(sum(minutes) FILTER (how = 'late'), 0)::BIGINT AS late
FROM volunteering_service
WHERE day BETWEEN DATE '{first}' AND DATE '{last}'
  AND org_id IN (SELECT org_id FROM lineage WHERE ancestor_id = {org}
    AND starts_on <= DATE '{last}' AND ends_on > DATE '{last}')
GROUP BY person_id ORDER BY {order}, person_id
"""
SHARES = """
SELECT {columns} FROM volunteering_service
WHERE day BETWEEN DATE '{first}' AND DATE '{last}'
  AND org_id IN (SELECT org_id FROM lineage WHERE ancestor_id = {org}
    AND starts_on <= DATE '{last}' AND ends_on > DATE '{last}')
"""


@dataclass(slots=True)
class PersonHours:
    """What one person served within some days; the volunteer is read when the row is shown."""

    person_id: int
    sessions: int
    minutes: int
    manual: int
    late: int
    held: int = 0
    volunteer: models.Volunteer | None = None

    @property
    def pk(self) -> int:
        """Return the key by which a row is known."""
        return self.person_id

    @property
    def person(self) -> Person | None:
        """Return who it is."""
        return self.volunteer.person if self.volunteer else None

    @property
    def org(self) -> Org | None:
        """Return where they belong."""
        return self.volunteer.org if self.volunteer else None


class HoursList(list[PersonHours]):
    """All rows, of which those that are looked at know their volunteer."""

    as_of: datetime | None = None

    def __iter__(self) -> Iterator[PersonHours]:
        for start in range(0, len(self), CHUNK):
            yield from self[start : start + CHUNK]

    @overload
    def __getitem__(self, place: SupportsIndex) -> PersonHours: ...
    @overload
    def __getitem__(self, place: slice) -> list[PersonHours]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> PersonHours | list[PersonHours]:
        if isinstance(place, slice):
            return _known(super().__getitem__(place))
        return _known([super().__getitem__(place)])[0]

    def total(self, name: str) -> int:
        """Return the sum of one column."""
        return sum(getattr(one, name) for one in super().__iter__())


def hours_by_person(
    actor: Actor,
    *,
    org: Org,
    first: date,
    last: date,
    order: str = "minutes",
    number: str = "",
) -> HoursList:
    """Return who served at an organisation and below between two days, the most hours first.

    Raises Refused: not_allowed, no_facts.
    """
    actors.require(actor, Act.SEE, at=org)
    facts = store.current()
    rows = facts.ask(
        SQL.format(
            manual=MANUAL,
            first=first.isoformat(),
            last=last.isoformat(),
            org=int(org.pk),
            order=ORDERS.get(order, ORDERS["minutes"])[1],
        )
    )
    found = [
        PersonHours(person, sessions, minutes, manual, late)
        for person, sessions, minutes, manual, late in rows
    ]
    _mark_held(found, org=org, first=first, last=last)
    if number:
        wanted = set(
            models.Volunteer.objects.filter(number=number.strip()).values_list("person", flat=True)
        )
        found = [one for one in found if one.person_id in wanted]
    made = HoursList(found)
    made.as_of = facts.as_of
    return made


def _mark_held(found: list[PersonHours], *, org: Org, first: date, last: date) -> None:
    """Say beside whom something is held; who has nothing but held records gets a row of their own."""
    held = dict(
        models.Attendance.objects.filter(
            state=models.Attendance.State.HELD,
            session__day__range=(first, last),
            session__org__path__startswith=org.path,
        )
        .order_by()
        .values_list("volunteer__person")
        .annotate(found=Count("pk"))
    )
    for one in found:
        one.held = held.pop(one.person_id, 0)
    found += [PersonHours(pk, 0, 0, 0, 0, count) for pk, count in sorted(held.items())]


def _known(rows: Sequence[PersonHours]) -> list[PersonHours]:
    lacking = [one.person_id for one in rows if one.volunteer is None]
    if lacking:
        found = models.Volunteer.objects.filter(person__in=lacking)
        by_person = {one.person_id: one for one in found.select_related("person", "org")}
        for one in rows:
            one.volunteer = one.volunteer or by_person.get(one.person_id)
    return list(rows)


def shares_counted(actor: Actor, *, org: Org, first: date, last: date) -> dict[str, int]:
    """Return the counted minutes of some days by the way they were recorded; they add up to all."""
    ways = models.Attendance.How.values
    columns = ", ".join(f"coalesce(sum(minutes) FILTER (how = '{way}'), 0)::BIGINT" for way in ways)
    sql = SHARES.format(
        columns=columns, first=first.isoformat(), last=last.isoformat(), org=int(org.pk)
    )
    ((*minutes,),) = store.current().ask(sql)
    return dict(zip(ways, minutes, strict=True))

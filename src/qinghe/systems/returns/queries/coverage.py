"""Who has reported: per street and form, and name by name. Made for 3,000 organisations."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.returns import models, rules
from qinghe.systems.returns.access import Act

State = models.Filing.State
# Written as OR: SQLite looks each state up in the index by organisation.
MISSING = Q(state=State.DRAFT) | Q(state=State.SENT_BACK)


@dataclass(frozen=True)
class CoverageRow:
    """How far one street is with one round; `street` is empty for the district's own."""

    round_id: int
    street_id: int | None
    street: str
    expected: int
    submitted: int  # sent at least, so also what is accepted
    accepted: int
    late: int  # of those sent, after the close

    @property
    def missing(self) -> int:
        """Count those that have not reported."""
        return self.expected - self.submitted

    @property
    def complete(self) -> Decimal | None:
        """Return the share that has reported, in percent (报送率)."""
        return rules.share(self.submitted, self.expected)

    @property
    def timely(self) -> Decimal | None:
        """Return the share that has reported in time, in percent (及时率)."""
        return rules.share(self.submitted - self.late, self.expected)


def coverage(actor: Actor, org: Org, rounds: Collection[models.Round]) -> list[CoverageRow]:
    """Return how far each street under an organisation is with each round, in two queries."""
    sent = Q(state=State.SUBMITTED) | Q(state=State.ACCEPTED)
    rows = (
        _within(actor, org)
        .filter(round__in=[one.pk for one in rounds])
        .order_by()
        .values("round_id", "street_id")
        .annotate(
            expected=Count("pk"),
            submitted=Count("pk", filter=sent),
            accepted=Count("pk", filter=Q(state=State.ACCEPTED)),
            late=Count("pk", filter=sent & Q(late=True)),
        )
    )
    found = list(rows)
    streets = {row["street_id"] for row in found}
    names = dict(Org.objects.filter(pk__in=streets - {None}).values_list("pk", "name"))
    made = [CoverageRow(street=names.get(row["street_id"], ""), **row) for row in found]
    return sorted(made, key=lambda row: (row.street_id or 0, row.round_id))


def late_orgs(actor: Actor, org: Org, rounds: Collection[models.Round]) -> QuerySet[Org]:
    """Return the organisations that have not reported all of some rounds, in the tree's order."""
    missing = _within(actor, org).filter(
        MISSING, org=OuterRef("pk"), round__in=[one.pk for one in rounds]
    )
    return Org.objects.filter(Exists(missing)).order_by("path")


def missing_of(
    actor: Actor, orgs: Iterable[Org], rounds: Collection[models.Round]
) -> dict[int, list[models.Filing]]:
    """Return what each of some organisations has not reported, by organisation."""
    rows = models.Filing.objects.filter(
        MISSING,
        org__in=[one.pk for one in orgs],
        round__in=[one.pk for one in rounds],
    ).filter(org__in=actors.orgs_where(actor, Act.SEE))
    found: dict[int, list[models.Filing]] = {}
    for row in rows.order_by("round__slug", "pk"):
        found.setdefault(row.org_id, []).append(row)
    return found


def reminded_on(
    actor: Actor, orgs: Iterable[Org], rounds: Collection[models.Round]
) -> dict[tuple[int, int], date]:
    """Return when organisations were last reminded, by organisation and round."""
    rows = models.Reminder.objects.filter(
        org__in=[one.pk for one in orgs], round__in=[one.pk for one in rounds]
    ).filter(org__in=actors.orgs_where(actor, Act.SEE))
    return {(row.org_id, row.round_id): row.on for row in rows.order_by("on")}


def _within(actor: Actor, org: Org) -> QuerySet[models.Filing]:
    """Return the filings of an organisation and all under it; none to who may not see them.

    The district has all, and a street's are marked: neither needs a look at the tree.
    """
    if not actors.may(actor, Act.SEE, at=org):
        return models.Filing.objects.none()
    if org.parent_id is None:
        return models.Filing.objects.all()
    if org.kind == "street":
        return models.Filing.objects.filter(street=org.pk)
    return models.Filing.objects.filter(org__path__startswith=org.path)

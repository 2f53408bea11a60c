"""What the organisations shall reach, and whence that is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.models import Goal


@dataclass(frozen=True)
class Wanted:
    """The goals of one figure: the parent's and the streets', and whether they add up."""

    own: Goal | None
    streets: tuple[tuple[Org, Goal | None], ...]

    @property
    def total(self) -> Decimal:
        """Return what the streets' goals come to."""
        return sum((goal.value for _, goal in self.streets if goal and goal.value), Decimal(0))

    @property
    def gap(self) -> Decimal | None:
        """Return by how much the streets' goals pass (or miss) the parent's."""
        if self.own is None or self.own.value is None:
            return None
        return self.total - self.own.value


def newest(actor: Actor, *, period: Period, orgs: Sequence[Org]) -> dict[tuple[str, int], Decimal]:
    """Return the goals that hold for a period, by figure and organisation."""
    rows = _holding(period, orgs)
    return {(row.code, row.org_id): row.value for row in rows if row.value is not None}


def wanted(actor: Actor, *, code: str, period: Period, org: Org, streets: Sequence[Org]) -> Wanted:
    """Return the goals of one figure, with who set them and by which paper."""
    actors.require(actor, Act.WRITE, at=org)
    rows = {row.org_id: row for row in _holding(period, [org, *streets], code=code)}
    return Wanted(rows.get(org.pk), tuple((street, rows.get(street.pk)) for street in streets))


def history(actor: Actor, *, code: str, period: Period, org: Org) -> list[Goal]:
    """Return every goal ever set for one figure at an organisation or below it, newest first."""
    actors.require(actor, Act.WRITE, at=org)
    rows = Goal.objects.filter(code=code, period=period.name, org__path__startswith=org.path)
    return list(rows.select_related("org")[:60])


def _holding(period: Period, orgs: Sequence[Org], code: str = "") -> list[Goal]:
    rows = Goal.objects.filter(period=period.name, org__in=orgs)
    if code:
        rows = rows.filter(code=code)
    last = rows.order_by().values("code", "org_id").annotate(last=Max("pk")).values("last")
    return list(Goal.objects.filter(pk__in=last))

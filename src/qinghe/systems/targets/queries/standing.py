"""How far what organisations carry was on a day: read at once for many, reckoned in Python."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from django.db.models import QuerySet

from qinghe.analytics import figures
from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import models
from qinghe.systems.targets.models import Charge, Pause, Progress
from qinghe.systems.targets.rules import pace
from qinghe.systems.targets.rules.pace import Course, Point

One = TypeVar("One")
ITEMS_AT_ONCE = 20
_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Standing:
    """Everything that tells how far some charges were on any day."""

    charges: Sequence[Charge]
    accepted: Mapping[int, Sequence[Progress]]  # by charge, the oldest first
    points: Mapping[int, Sequence[Point]]  # by item
    pauses: Mapping[int, Sequence[Pause]]  # by charge

    @cached_property
    def _below(self) -> dict[int, list[Charge]]:
        below: dict[int, list[Charge]] = defaultdict(list)
        for charge in self.charges:
            if charge.share is not None and charge.share.parent_id is not None:
                below[charge.share.parent_id].append(charge)
        return below

    @cached_property
    def _figures(self) -> dict[tuple[str, str], figures.Figures | None]:
        return {}

    def is_shared(self, charge: Charge) -> bool:
        """Test if its number is given on to those below, who tell of it."""
        return bool(self._shared_with(charge))

    def is_told(self, charge: Charge) -> bool:
        """Test if its organisation itself has to tell how far it is."""
        return not charge.item.code and not self.is_shared(charge)

    def course(self, charge: Charge) -> Course:
        """Return a charge's course with its milestones."""
        return charge.course(self.points.get(charge.item_id, ()))

    def is_paused(self, charge: Charge, day: date) -> bool:
        """Test if it is not watched on a day."""
        return any(
            one.starts_on <= day <= one.until and (one.ended_on is None or day < one.ended_on)
            for one in self.pauses.get(charge.pk, ())
        )

    def done(self, charge: Charge, day: date) -> Decimal | None:
        """Return how far a charge was at the end of a day; of a figure, how far it is by now.

        What is shared out is the sum of what those below have reached.
        """
        if charge.item.code:
            return self._counted(charge)
        if below := self._shared_with(charge):
            return sum((self.done(one, day) or _NOTHING for one in below), start=_NOTHING)
        known = [
            one
            for one in self.accepted.get(charge.pk, ())
            if one.decided_on is not None and one.decided_on <= day
        ]
        return known[-1].number if known else _NOTHING

    def _shared_with(self, charge: Charge) -> Sequence[Charge]:
        return () if charge.share_id is None else self._below.get(charge.share_id, ())

    def _counted(self, charge: Charge) -> Decimal | None:
        code, period = charge.item.code, pace.period_of(self.course(charge))
        key = (code, period.name)
        if key not in self._figures:
            try:
                self._figures[key] = figures.cached(period, only=(code,))
            except Refused:  # no figures were made yet: nothing is known, and that is shown
                self._figures[key] = None
        known = self._figures[key]
        if known is None or code not in known or charge.org_id not in known.column(code):
            return None
        return known[code, charge.org_id].exact


def standing_of(actor: Actor | str, charges: Sequence[Charge]) -> Standing:
    """Read what tells how far charges are; all charges of an item have to be among them."""
    keys = [charge.pk for charge in charges]
    accepted = Progress.objects.filter(charge__in=keys, state=Progress.State.ACCEPTED)
    points = models.Milestone.objects.filter(item__in={charge.item_id for charge in charges})
    return Standing(
        charges=charges,
        accepted=_grouped((one.charge_id, one) for one in accepted.order_by("day", "pk")),
        points=_grouped((one.item_id, Point(one.day, one.percent)) for one in points),
        pauses=_grouped((one.charge_id, one) for one in Pause.objects.filter(charge__in=keys)),
    )


def items_to_look_at(actor: Actor | str) -> list[list[int]]:
    """Return the items whose charges are still to be looked at, some at a time."""
    live = Charge.objects.filter(struck_on__isnull=True).order_by("item_id")
    items = list(live.values_list("item_id", flat=True).distinct())
    return [items[start : start + ITEMS_AT_ONCE] for start in range(0, len(items), ITEMS_AT_ONCE)]


def beside(actor: Actor | str, charge: Charge) -> list[Charge]:
    """Return all charges of a charge's item: what one has reached is told by those below it."""
    return list(_whole().filter(item_id=charge.item_id))


def charges_of_items(actor: Actor | str, items: Iterable[int]) -> list[Charge]:
    """Return all charges of items, with what tells their course."""
    return list(_whole().filter(item__in=list(items)))


def _whole() -> QuerySet[Charge]:
    return Charge.objects.select_related("item__task_list", "org", "above", "share")


def _grouped(pairs: Iterable[tuple[int, One]]) -> dict[int, list[One]]:
    found: dict[int, list[One]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return found

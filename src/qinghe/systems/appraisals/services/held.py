"""A branch's roll is locked first and counted anew last.

So what the constraints of its row say holds at every commit.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.appraisals import models, rules
from qinghe.systems.appraisals.access import Act

Line = models.Line
Roll = models.Roll
IN = models.Standing.IN
ABSENT = models.Standing.ABSENT
_LEFT_OUT = Q(standing__in=[models.Standing.EXCUSED, models.Standing.PARTY])

_COUNTS = {
    "due": Count("pk", filter=~_LEFT_OUT),
    "took_part": Count("pk", filter=Q(standing=IN)),
    "top": Count("pk", filter=Q(grade=models.Grade.TOP)),
    "graded": Count("pk", filter=Q(final_on__isnull=False)),
    "registered": Count("pk", filter=Q(registered_on__isnull=False)),
    "deferred": Count("pk", filter=Q(deferred_on__isnull=False, registered_on__isnull=True)),
}


class Held:
    """A roll under its lock, until the transaction ends."""

    @staticmethod
    def kept(roll_id: int, *, act: Act, by: Actor) -> Roll:
        """Return a roll as it is now, its row locked, for whoever may do this at its branch."""
        found = Held.of(roll_id)
        actors.require(by, act, at=found.org)
        return found

    @staticmethod
    def of(roll_id: int) -> Roll:
        """Return a roll as it is now, its row locked, for its own members' doings."""
        found = Roll.objects.select_for_update(of=("self",))
        return found.select_related("org__parent", "campaign__terms").get(pk=roll_id)

    @staticmethod
    def pair(first: int, second: int) -> dict[int, Roll]:
        """Return two rolls, locked always in the same order."""
        return {key: Held.of(key) for key in sorted({first, second})}

    @staticmethod
    def lines_of(roll: Roll, ids: Iterable[int] | None = None) -> dict[int, Line]:
        """Return the lines of a roll, or some of them, with their persons."""
        found = Line.objects.filter(roll=roll).select_related("person")
        if ids is not None:
            found = found.filter(pk__in=list(ids))
        lines = {line.pk: line for line in found}
        for line in lines.values():
            line.roll = roll
        return lines

    @staticmethod
    def recount(roll: Roll) -> Roll:
        """Count a locked roll's lines anew, within the cap. Raises Refused: over_the_cap."""
        counts = Line.objects.filter(roll=roll).aggregate(**_COUNTS)
        rules.check_cap(top=counts["top"], took_part=counts["took_part"], percent=roll.top_percent)
        for name, count in counts.items():
            setattr(roll, name, count)
        roll.save(update_fields=list(counts))
        return roll

    @staticmethod
    def counts_of(rolls: Sequence[Roll]) -> None:
        """Count the lines of several locked rolls anew, in one question; the caller keeps them.

        Raises Refused: over_the_cap.
        """
        lines = Line.objects.filter(roll__in=rolls).order_by().values("roll_id")
        rows = lines.annotate(**_COUNTS).values_list("roll_id", *_COUNTS)
        counted = {roll_id: counts for roll_id, *counts in rows}
        for roll in rolls:
            for name, count in zip(_COUNTS, counted.get(roll.pk, [0] * len(_COUNTS)), strict=True):
                setattr(roll, name, count)
            rules.check_cap(top=roll.top, took_part=roll.took_part, percent=roll.top_percent)

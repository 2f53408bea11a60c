"""What a workbook of files is checked against, asked in a few questions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import FormerStay, LeagueFile, Membership
from qinghe.systems.rolls.access import Act


@dataclass(frozen=True)
class OnRoll:
    """Somebody on a roll that the actor keeps, with the file if there is one."""

    person_id: int
    name: str
    birth_date: date | None
    file: LeagueFile | None


def on_roll_by_number(actor: Actor, numbers: Iterable[str]) -> dict[str, OnRoll]:
    """Return by person number who stands on a roll that this actor keeps."""
    kept = actors.within_reach(actor, Act.KEEP)
    found: dict[str, OnRoll] = {}
    for some in people.in_parts(numbers):
        rows = Membership.objects.filter(kept, ends_on__isnull=True, person__number__in=some)
        for one in rows.select_related("person__league_file"):
            person = one.person
            file = getattr(person, "league_file", None)
            found[person.number] = OnRoll(person.pk, person.name, person.birth_date, file)
    return found


def holders_of(actor: Actor, numbers: Iterable[str]) -> dict[str, int]:
    """Return by development number whose it is: taken is taken, also out of the actor's sight.

    One of a time in the League that is over is nobody's, and nobody's again (T-27).
    """
    found: dict[str, int] = {}
    for some in people.in_parts(numbers):
        rows = LeagueFile.objects.filter(number__in=some)
        found.update(rows.values_list("number", "person_id"))
        former = FormerStay.objects.filter(number__in=some)
        found.update(dict.fromkeys(former.values_list("number", flat=True), 0))
    return found

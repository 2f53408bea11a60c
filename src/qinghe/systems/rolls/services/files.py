"""A member's file, by who keeps the roll that the member stands on."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, Membership
from qinghe.kernel.people.services import NewFile
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls.access import Act


class ReadyFile(NamedTuple):
    """What a workbook tells of a member on a roll, checked."""

    person_id: int
    new: NewFile


@transaction.atomic
def open_file(*, member: Membership, new: NewFile, at: datetime, by: Actor) -> LeagueFile:
    """Open the file of somebody on the roll.

    Raises Refused: not_allowed, not_on_the_roll and those of the kernel's open_league_file.
    """
    kept = _on_the_roll(member, by=by)
    return people.open_league_file(person=kept.person, new=new, at=at, by=by)


@transaction.atomic
def change_file(*, member: Membership, new: NewFile, at: datetime, by: Actor) -> LeagueFile:
    """Correct the file of somebody on the roll; a number that stands is not changed (T-27).

    Raises Refused: not_allowed, not_on_the_roll, no_file and those of change_league_file.
    """
    kept = _on_the_roll(member, by=by)
    file = LeagueFile.objects.filter(person=kept.person).first()
    if file is None:
        raise Refused("no_file", "还没有团员档案，没有改动；请先建立档案。")
    return people.change_league_file(file=file, new=new, at=at, by=by)


@transaction.atomic
def take_in_files(
    *, ready: Sequence[ReadyFile], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Open the files of a chunk of members checked before, and fill what was missing in others.

    What is known already is left as it is, so that a file may be sent twice. Returns how many were
    opened or filled.
    """
    told = {row.person_id: row.new for row in ready}
    list(Membership.objects.select_for_update().filter(person__in=list(told), ends_on=None))
    kept = LeagueFile.objects.filter(person__in=list(told)).select_related("person")
    known = {file.person_id: file for file in kept}
    missing = {key: new for key, new in told.items() if key not in known}
    if missing:
        people.open_league_files(new=missing, at=at, by=by, source=source)
    wanting = [key for key, file in known.items() if _says_more(told[key], file)]
    for key in wanting:
        people.change_league_file(file=known[key], new=told[key], at=at, by=by)
    return len(missing) + len(wanting)


def _says_more(new: NewFile, file: LeagueFile) -> bool:
    return (new.number, new.party_on) != (file.number, file.party_on)


def _on_the_roll(member: Membership, *, by: Actor) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "org")
    kept = rows.get(pk=member.pk)
    actors.require(by, Act.KEEP, at=kept.org)
    if kept.ends_on is not None:
        raise Refused(
            "not_on_the_roll", "这位团员已经不在本组织名册上，没有改动；档案由现在的组织管理。"
        )
    return kept

"""A member's file, by who keeps the roll that the member stands on."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, Membership
from qinghe.kernel.people.services import NewFile
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls.access import Act


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


def _on_the_roll(member: Membership, *, by: Actor) -> Membership:
    rows = Membership.objects.select_for_update(of=("self",)).select_related("person", "org")
    kept = rows.get(pk=member.pk)
    actors.require(by, Act.KEEP, at=kept.org)
    if kept.ends_on is not None:
        raise Refused(
            "not_on_the_roll", "这位团员已经不在本组织名册上，没有改动；档案由现在的组织管理。"
        )
    return kept

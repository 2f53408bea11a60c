"""The rolls for other programs: the same queries as the pages, names as lists show them."""

from datetime import date

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router, Schema
from ninja.pagination import paginate

from qinghe.edges.api.bodies import Code
from qinghe.edges.api.pagination import ByKey
from qinghe.edges.web import doors
from qinghe.edges.web.requests import Request
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import queries
from qinghe.systems.rolls.access import Act

router = Router(tags=["团籍"])


class RollMemberOut(Schema):
    id: int
    number: str
    org: Code
    starts_on: date
    ends_on: date | None

    @staticmethod
    def resolve_number(found: Membership) -> str:
        """Name the person by their number."""
        return found.person.number


class FileOut(Schema):
    id: int
    number: str
    name: str
    org: str
    joined_on: date | None
    league_number: str | None
    party_on: date | None
    left_on: date | None
    left_as: str | None


class LeavingOut(Schema):
    id: int
    number: str
    org: Code
    kind: str
    state: str
    leaves_on: date | None

    @staticmethod
    def resolve_number(found: queries.Leaving) -> str:
        """Name the person by their number."""
        return found.person.number


@router.get("/members", response=list[RollMemberOut])
@paginate(ByKey, order=["-pk"])
def members(request: Request, day: date | None = None) -> object:
    """List who stood on the rolls in the caller's sight on a day, today unless one is given."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.on_the_roll(request.actor, day or timezone.localdate())


@router.get("/members/{int:membership_id}/file", response=FileOut)
def league_file(request: Request, membership_id: int) -> object:
    """Show the League file of a member in the caller's sight, as far as they may read it."""
    doors.require_anywhere(request.actor, Act.SEE)
    found = get_object_or_404(queries.members_seen_by(request.actor), pk=membership_id)
    file = queries.readable_file(request.actor, found)
    return FileOut(
        id=found.pk,
        number=found.person.number,
        name=queries.name_of(request.actor, found.person, at=found.org),
        org=found.org.code,
        joined_on=file.joined_on if file else None,
        league_number=file.number if file else None,
        party_on=file.party_on if file else None,
        left_on=file.left_on if file else None,
        left_as=queries.left_as_told(request.actor, file, at=found.org) if file else None,
    )


@router.get("/leavings", response=list[LeavingOut])
@paginate(ByKey, order=["-pk"])
def leavings(request: Request) -> object:
    """List the ways out of the League in the caller's sight, newest first."""
    doors.require_anywhere(request.actor, Act.SEE)
    return queries.leavings_seen_by(request.actor)

"""What volunteering's stars and certificates leave at every organisation.

A season is open to all below: what it says carries no mark, as an organisation's name.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering.models import (
    Certificate,
    StarCase,
    StarObjection,
    StarRound,
    StarScheme,
    Volunteer,
)

DAY, ENDS = date(2022, 3, 1), datetime(2022, 3, 1, 11, 0, tzinfo=UTC)
ON_NOTICE = ("volunteering:own_star_object", "api:object_to_star")


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    volunteer: Volunteer


def _round(at: Stands) -> StarRound:
    return StarRound.objects.get_or_create(
        org=at.org, title="星级评定",
        defaults={
            "scheme": StarScheme.objects.get(version=1), "counted_until": DAY, "opens_on": DAY,
            "closes_on": DAY, "opened_at": ENDS,
        },
    )[0]  # fmt: skip


def _case(at: Stands, *, state: str = "reviewing") -> StarCase:
    StarCase.objects.filter(round=_round(at), state__in=["reviewing", "noticed"]).update(
        state="withdrawn", awaits=None
    )
    return StarCase.objects.create(
        round=_round(at), volunteer=at.volunteer, org=at.org, star=1, minutes=6000,
        proposed_by=at.person, proposed_on=DAY, state=state, notice_until=DAY,
        awaits=at.org if state == "reviewing" else None,
    )  # fmt: skip


def _noticed(at: Stands) -> StarCase:
    """Return the one that page and operation object to."""
    there = StarCase.objects.filter(round=_round(at), state="noticed", objections__isnull=True)
    return there.first() or _case(at, state="noticed")


def _objection(at: Stands) -> StarObjection:
    return StarObjection.objects.create(
        case=_case(at, state="noticed"), person=at.person, words=at.mark, at=ENDS
    )


def _certificate(at: Stands) -> Certificate:
    return Certificate.objects.get_or_create(
        number=f"ZM{at.org.code}",
        defaults={
            "check_code": "ABCDEFGH", "volunteer": at.volunteer, "served_from": DAY,
            "served_to": DAY, "minutes": 600, "sessions": 1, "issuer": at.org, "issued_at": ENDS,
            "contact": at.mark,
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "certificate_id": lambda at: _certificate(at).pk,
    "certificate_number": lambda at: _certificate(at).number,
    "star_round_id": lambda at: _round(at).pk,
    "star_case_id": lambda at: _case(at).pk,
    "star_objection_id": lambda at: _objection(at).pk,
    **{f"{page}:star_case_id": lambda at: _noticed(at).pk for page in ON_NOTICE},
}

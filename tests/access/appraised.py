"""What review and registration leaves at every organisation.

Campaigns and terms are the district's and open to all below: what they say carries no mark.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.appraisals.models import Campaign, Line, Roll, Terms

DAY, LAST = date(2021, 12, 1), date(2022, 3, 31)
AT = datetime(2021, 12, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _campaign(at: Stands) -> Campaign:
    root = Org.objects.get(code=at.org.path.split("/")[1])
    return Campaign.objects.get_or_create(
        org=root, year=2021,
        defaults={
            "terms": Terms.objects.latest("starts_on"), "reference_on": date(2021, 12, 31),
            "opens_on": DAY, "closes_on": LAST, "opened_at": AT, "listed_at": AT,
        },
    )[0]  # fmt: skip


def _roll(at: Stands) -> Roll:
    roll, made = Roll.objects.get_or_create(
        campaign=_campaign(at), org=at.org,
        defaults={
            "top_percent": 30, "studied_on": DAY, "studied": at.mark, "answer": at.mark,
            "due": 2, "took_part": 2, "state": "rating",
        },
    )  # fmt: skip
    if made:
        for person in (at.minor, at.person):
            Line.objects.create(
                campaign=roll.campaign, roll=roll, person=person, own_words=at.mark, own_on=DAY
            )
    return roll


def _line(at: Stands) -> Line:
    return _roll(at).lines.get(person=at.person)


MAKERS: dict[str, Callable[[Stands], object]] = {
    "campaign_id": lambda at: _campaign(at).pk,
    "roll_id": lambda at: _roll(at).pk,
    "line_id": lambda at: _line(at).pk,
}
FIXED: dict[str, object] = {"api:appraisal_rates:year": 2021}

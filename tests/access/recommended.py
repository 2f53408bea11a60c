"""What recommending leaves at every organisation: a member on the way to the Party, a pioneer."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.recommending.models import PioneerNomination, Recommendation

DAY = date(2022, 3, 1)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _recommendation(at: Stands) -> Recommendation:
    return Recommendation.objects.get_or_create(
        org=at.org, person=at.person,
        defaults={
            "committee": at.org, "way": "league", "aim": "candidate", "applied_on": DAY,
            "proposed_on": DAY, "words": at.mark,
        },
    )[0]  # fmt: skip


def _nomination(at: Stands) -> PioneerNomination:
    return PioneerNomination.objects.get_or_create(
        org=at.org, school_year=2021, school_number=f"K{at.org.pk}",
        defaults={"name": "苗小芽", "squad": "中队", "nominated_on": DAY, "words": at.mark},
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "recommendation_id": lambda at: _recommendation(at).pk,
    "nomination_id": lambda at: _nomination(at).pk,
}

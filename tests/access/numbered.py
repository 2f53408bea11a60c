"""What development numbers leave at every organisation: a quota, a number kept for a minor, a request.

A range bears no mark of its own: its numbers differ from one organisation to the next.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.joining.models import Batch, Number, NumberRequest, Quota

DAY = date(2022, 3, 1)
KEPT_AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _giver(at: Stands) -> Org:
    return at.org.parent or at.org


def _quota(at: Stands) -> Quota:
    return Quota.objects.get_or_create(
        org=at.org, year=2022, sector="school",
        defaults={"giver": at.org.parent, "amount": 2, "given_on": DAY},
    )[0]  # fmt: skip


def _number(at: Stands) -> Number:
    first = 202244000000 + 10 * at.org.pk
    batch, _ = Batch.objects.get_or_create(
        first=str(first), last=str(first + 1), org=at.org,
        defaults={
            "year": 2022, "sector": "school", "size": 2, "source": at.mark, "received_on": DAY,
        },
    )  # fmt: skip
    same = {"batch": batch, "year": 2022, "sector": "school"}
    Number.objects.get_or_create(number=str(first), org=at.org, defaults=same)
    return Number.objects.get_or_create(
        number=str(first + 1), org=at.org,
        defaults={
            **same, "state": "reserved", "person": at.minor, "for_org": at.org,
            "reserved_at": KEPT_AT,
        },
    )[0]  # fmt: skip


def _request(at: Stands) -> NumberRequest:
    return NumberRequest.objects.get_or_create(
        org=at.org, giver=_giver(at), year=2022, sector="school",
        defaults={"wanted": 3, "words": at.mark, "asked_by": at.person, "asked_on": DAY},
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "quota_id": lambda at: _quota(at).pk,
    "number_id": lambda at: _number(at).pk,
    "number_request_id": lambda at: _request(at).pk,
}

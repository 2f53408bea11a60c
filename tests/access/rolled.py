"""What the rolls leave at every organisation: a way out that waits for its decision, and dues."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import LeagueFile, Person
from qinghe.systems.rolls.models import DuesPayment, DuesRate, Leaving

AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _leaving(at: Stands) -> Leaving:
    LeagueFile.objects.get_or_create(person=at.minor, defaults={"joined_on": date(2021, 5, 4)})
    return Leaving.objects.get_or_create(
        person=at.minor, org=at.org, kind="resigned",
        defaults={
            "reason": f"情况{at.mark}", "asked_on": date(2022, 2, 1),
            "resolved_on": date(2022, 3, 1), "proposed_by": at.person, "proposed_at": AT,
        },
    )[0]  # fmt: skip


def _rate(at: Stands) -> DuesRate:
    return DuesRate.objects.get_or_create(
        person=at.minor, org=at.org, state="proposed",
        defaults={
            "category": "reduced", "fen": 10, "reason": f"困难{at.mark}",
            "entered_by": at.person, "entered_at": AT,
        },
    )[0]  # fmt: skip


def _payment(at: Stands) -> DuesPayment:
    return DuesPayment.objects.get_or_create(
        person=at.minor, org=at.org, month=date(2022, 3, 1),
        defaults={"fen": 20, "paid_on": date(2022, 3, 1), "recorded_by": at.person},
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "leaving_id": lambda at: _leaving(at).pk,
    "dues_rate_id": lambda at: _rate(at).pk,
    "dues_payment_id": lambda at: _payment(at).pk,
}

"""What pioneers leave at every organisation.

Outlines, badges and rounds are open to all who may look: they carry no mark.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.pioneers.models import (
    Badge,
    Ceremony,
    Nomination,
    Nominee,
    Outline,
    Round,
    Slate,
)

DAY = date(2022, 3, 1)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _ceremony(at: Stands) -> Ceremony:
    outline = Outline.objects.get(kind="admission", version=1)
    return Ceremony.objects.get_or_create(
        org=at.org, kind="admission", day=DAY,
        defaults={
            "place": at.mark, "people": 90, "leaders": at.mark, "outline": outline,
            "submitted_by": at.person, "submitted_on": DAY, "state": "submitted",
        },
    )[0]  # fmt: skip


def _round(at: Stands) -> Round:
    return Round.objects.get_or_create(
        title="区级奖章", level="district", term="2022H1",
        defaults={"opens_on": DAY, "closes_on": DAY},
    )[0]  # fmt: skip


def _slate(at: Stands) -> Slate:
    slate, _ = Slate.objects.get_or_create(
        round=_round(at), org=at.org,
        defaults={"submitted_by": at.person, "submitted_on": DAY, "state": "submitted"},
    )  # fmt: skip
    line, new = Nomination.objects.get_or_create(
        slate=slate, troop=at.mark[:20], badge=Badge.objects.get(star=2, is_collective=False),
        defaults={"grade": 3, "count": 1},
    )  # fmt: skip
    if new:
        Nominee.objects.create(nomination=line, code=f"C{at.org.pk}", initial="L", consented_on=DAY)
    return slate


MAKERS: dict[str, Callable[[Stands], object]] = {
    "ceremony_id": lambda at: _ceremony(at).pk,
    "badge_id": lambda at: Badge.objects.order_by("pk")[0].pk,
    "badge_round_id": lambda at: _round(at).pk,
    "slate_id": lambda at: _slate(at).pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:register_ceremony": lambda at: {
        "kind": "admission", "org": at.org.code, "day": DAY.isoformat(), "place": "操场",
        "people": 90, "leaders": "余老师", "steps": [],
    },
}  # fmt: skip

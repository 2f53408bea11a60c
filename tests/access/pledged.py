"""What pioneers leave at every organisation. Outlines are open to all: they carry no mark."""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.pioneers.models import Ceremony, Outline

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


MAKERS: dict[str, Callable[[Stands], object]] = {"ceremony_id": lambda at: _ceremony(at).pk}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:register_ceremony": lambda at: {
        "kind": "admission", "org": at.org.code, "day": DAY.isoformat(), "place": "操场",
        "people": 90, "leaders": "余老师", "steps": [],
    },
}  # fmt: skip

"""What transfers of membership leave at every organisation: somebody from outside, a stay abroad.

Both ends of one inside the district would lie at one organisation here, which the table forbids.
"""

from collections.abc import Callable
from datetime import date
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.transfers.models import AbroadStay, Transfer

DAY, LAST = date(2022, 3, 1), date(2099, 12, 31)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person


def _transfer(at: Stands) -> Transfer:
    return Transfer.objects.get_or_create(
        person=at.person,
        defaults={
            "kind": "in", "to_org": at.org, "outside": f"外{at.mark}", "letter": at.mark,
            "note": at.mark, "side": "receiver", "started_by": at.person, "started_on": DAY,
            "sent_on": DAY, "desk": at.org, "moved_on": DAY, "due_on": LAST, "let_go_on": DAY,
            "accepted_on": DAY, "state": "in_pending",
        },
    )[0]  # fmt: skip


def _stay(at: Stands) -> AbroadStay:
    return AbroadStay.objects.get_or_create(
        person=at.person,
        defaults={"org": at.org, "place": at.mark, "starts_on": DAY, "until": LAST},
    )[0]


MAKERS: dict[str, Callable[[Stands], object]] = {
    "transfer_id": lambda at: _transfer(at).pk,
    "abroad_stay_id": lambda at: _stay(at).pk,
}
BODIES: dict[str, Callable[[Stands], object]] = {
    "api:start_transfer": lambda at: {
        "number": at.person.number,
        "kind": "other",
        "to": at.org.code,
    },
    "api:reject_transfer": lambda at: {"reason": at.mark},
    "api:place_transfer": lambda at: {"into": at.org.code, "on": DAY.isoformat()},
}

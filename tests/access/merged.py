"""What merging leaves at every organisation: two rows about one person, and a proposal to merge them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Protocol

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.merging.models import Merge

AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)


class Stands(Protocol):
    """What these records hang on at an organisation."""

    org: Org
    mark: str
    person: Person
    minor: Person


def _merge(at: Stands) -> Merge:
    clerk, _ = Person.objects.get_or_create(number=f"{at.org.code}Q", defaults={"name": "岑经办"})
    return Merge.objects.get_or_create(
        kept=at.person, duplicate=at.minor, state="proposed",
        defaults={
            "org": at.org, "reason": f"当面核对{at.mark}", "proposed_by": clerk, "proposed_at": AT,
        },
    )[0]  # fmt: skip


MAKERS: dict[str, Callable[[Stands], object]] = {
    "kept_id": lambda at: at.person.pk,
    "duplicate_id": lambda at: at.minor.pk,
    "merge_id": lambda at: _merge(at).pk,
}

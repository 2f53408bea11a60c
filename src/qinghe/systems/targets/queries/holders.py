"""Who is to be told of what an organisation carries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access.actors import Actor
from qinghe.systems.targets.access import GRANTS, Charging


def people_at(
    actor: Actor | str, orgs: Iterable[int], *, act: Charging, day: date
) -> dict[int, list[int]]:
    """Return by organisation who holds a post right there that may do an act: nobody from above it."""
    roles = {grant.role for grant in GRANTS if grant.act == act}
    held = access_queries.holdings_on(day).filter(org_id__in=set(orgs), role__in=sorted(roles))
    found: dict[int, list[int]] = defaultdict(list)
    for org_id, person_id in held.order_by("org_id", "person_id").values_list(
        "org_id", "person_id"
    ):
        found[org_id].append(person_id)
    return found

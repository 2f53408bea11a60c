"""Who tells of what an organisation carries, and who is to be told of it.

What a merged organisation carries is told by whoever goes on with its affairs (ADR 0061): posts
at the merged one have ended.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.systems.targets.access import GRANTS, Charging


def told_by(actor: Actor, *, org: str = "org") -> Q:
    """Return the condition of what this actor tells of: of their own, and of what it took over."""
    if not actors.may_anywhere(actor, Charging.FILE):
        return Q(pk__in=[])
    taken = orgs.taken_over(actors.orgs_where(actor, Charging.FILE))
    return actors.within_reach(actor, Charging.FILE, path=f"{org}__path") | Q(
        **{f"{org}__in": taken}
    )


def may_tell(actor: Actor, org: Org) -> bool:
    """Test if this actor tells of what an organisation carries."""
    return any(actors.may(actor, Charging.FILE, at=one) for one in (org, orgs.now_of(org)))


def require_teller(actor: Actor, org: Org) -> None:
    """Refuse who does not tell of what an organisation carries. Raises Refused: not_allowed."""
    if not may_tell(actor, org):
        actors.require(actor, Charging.FILE, at=orgs.now_of(org))


def people_at(
    actor: Actor | str, carriers: Iterable[Org], *, act: Charging, day: date
) -> dict[int, list[int]]:
    """Return by organisation who holds a post right there that may do an act: nobody from above it.

    Of a merged one, who holds it at its successor.
    """
    roles = {grant.role for grant in GRANTS if grant.act == act}
    now = {org.pk: orgs.now_of(org).pk for org in carriers}
    held = access_queries.holdings_on(day).filter(
        org_id__in=set(now.values()), role__in=sorted(roles)
    )
    found: dict[int, list[int]] = defaultdict(list)
    for org_id, person_id in held.order_by("org_id", "person_id").values_list(
        "org_id", "person_id"
    ):
        found[org_id].append(person_id)
    return {org: found[succeeding] for org, succeeding in now.items()}

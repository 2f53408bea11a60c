"""Where persons stand: on a roll, in a post, in a role, or kept by a system."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from qinghe.edges import system
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Post


def places_of(actor: Actor, person_ids: Collection[int], *, on: date) -> Mapping[int, set[str]]:
    """Return the paths of all organisations at which each of some persons stands on a day.

    A role is a place too: who decides a merge reaches whatever a role of either reaches. Out of the
    actor's sight they count as well; what is made of them is never shown.
    """
    found: dict[int, set[str]] = defaultdict(set)
    still = {"person__in": person_ids, "ends_on__isnull": True}
    rows = [
        Membership.objects.filter(**still),
        Post.objects.filter(**still),
        access.holdings_on(on).filter(person__in=person_ids),
        *[
            installed.people_at(Org.objects.all()).filter(person__in=person_ids)
            for installed in system.INSTALLED
            if installed.people_at
        ],
    ]
    for some in rows:
        for person_id, path in some.values_list("person_id", "org__path"):
            found[person_id].add(path)
    return found


def orgs_holding(actor: Actor, paths: Mapping[int, set[str]]) -> dict[str, Org]:
    """Return the organisations of these places by path."""
    wanted = {path for some in paths.values() for path in some}
    return {org.path: org for org in Org.objects.filter(path__in=wanted)}

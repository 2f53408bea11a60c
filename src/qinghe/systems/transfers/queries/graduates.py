"""A class that leaves: who goes where, who has no place yet; who has come and is looked at."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership
from qinghe.systems.transfers import models, rules
from qinghe.systems.transfers.access import Act

from .lists import State, rows
from .stays import abroad
from .waiting import coming_in_for

MOST = 500  # as many as are done at once


class Leaver(NamedTuple):
    """A member of a sender's: where they stand, and if a transfer is under way."""

    person_id: int
    org_id: int
    has_open: bool
    is_abroad: bool


def branches_to_leave(actor: Actor) -> QuerySet[Org]:
    """Return the branches whose members this actor lets go, with how many are where."""
    mine = Membership.objects.filter(org=OuterRef("pk"), ends_on__isnull=True)
    found = actors.orgs_where(actor, Act.SEND).filter(kind__in=sorted(rules.ROLLS))
    still = Q(memberships__ends_on__isnull=True)
    return found.filter(Exists(mine)).annotate(
        members=Count("memberships", filter=still),
    )


def orgs_where_may_send(actor: Actor) -> QuerySet[Org]:
    """Return the organisations whose members this actor lets go, closed ones too."""
    return actors.orgs_where(actor, Act.SEND)


def leavers_of(actor: Actor, branch: Org) -> list[tuple[Membership, models.Transfer | None]]:
    """Return the members of a branch, each with the transfer that is under way, if one is."""
    held = Membership.objects.filter(org=branch, ends_on__isnull=True)
    members = list(held.select_related("person", "org").order_by("person__number"))
    under_way = rows(actor).filter(
        state__in=models.OPEN, person__in=[one.person_id for one in members]
    )
    by_person = {one.person_id: one for one in under_way}
    return [(one, by_person.get(one.person_id)) for one in members]


def to_send_from(actor: Actor, branch: Org) -> QuerySet[models.Transfer]:
    """Return the drafts of a branch that its side may send."""
    return rows(actor).filter(from_org=branch, side="sender", state=State.DRAFT)


def to_look_at(actor: Actor, org: Org) -> list[models.Transfer]:
    """Return who has come to an organisation or below it and is neither taken in nor returned."""
    return list(
        _come(actor, org).filter(accepted_on__isnull=True).order_by("from_org", "pk")[:MOST]
    )


def to_place(actor: Actor, org: Org) -> list[models.Transfer]:
    """Return who has been taken in at an organisation or below it and is in no branch yet."""
    return list(_come(actor, org).filter(accepted_on__isnull=False).order_by("to_org", "pk")[:MOST])


def leavers_numbered(actor: Actor, numbers: Collection[str]) -> dict[str, Leaver]:
    """Return the members with these numbers whom this actor lets go, for a file of them."""
    open_ones = models.Transfer.objects.filter(person=OuterRef("person"), state__in=models.OPEN)
    held = Membership.objects.filter(
        actors.within_reach(actor, Act.SEND), ends_on__isnull=True, person__number__in=numbers
    ).annotate(has_open=Exists(open_ones), is_abroad=abroad(actor))
    told = held.values_list("person__number", "person_id", "org_id", "has_open", "is_abroad")
    return {row[0]: Leaver(row[1], row[2], row[3], row[4]) for row in told}


def targets_coded(actor: Actor, codes: Collection[str]) -> dict[str, Org]:
    """Return the organisations with these codes, for a file in which they stand."""
    return {one.code: one for one in Org.objects.filter(code__in=codes)}


def _come(actor: Actor, org: Org) -> QuerySet[models.Transfer]:
    waits = coming_in_for(actor).filter(state=State.IN_PENDING)
    return waits.filter(to_org__path__startswith=org.path)

"""What waits for somebody in the directory."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import kinds
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership
from qinghe.systems.directory.access import Act


def league_has_begun(actor: Actor) -> bool | None:
    """Test if there is a League organisation where the actor may open one; None to others."""
    if not actors.may_anywhere(actor, Act.OPEN_ORG):
        return None
    return actors.orgs_where(actor, Act.OPEN_ORG).filter(kind__in=kinds.LEAGUE).exists()


def roll_has_begun(actor: Actor) -> bool | None:
    """Test if there is a member on any roll that the actor keeps; None to those who keep none.

    Where there is no League organisation yet and others open it, there is nothing to keep.
    """
    rolls = actors.orgs_where(actor, Act.KEEP_ROLL).filter(kind__in=kinds.LEAGUE)
    if not actors.may_anywhere(actor, Act.OPEN_ORG) and not rolls.exists():
        return None
    return Membership.objects.filter(actors.within_reach(actor, Act.KEEP_ROLL)).exists()


def orgs_left_below(actor: Actor) -> QuerySet[Org]:
    """Return the open organisations under a closed one that this actor may move or close."""
    reach = actors.orgs_where(actor, Act.CHANGE_ORG)
    left = Org.objects.filter(closed_on__isnull=True, parent__closed_on__isnull=False)
    return left.filter(pk__in=reach).select_related("parent")


def members_left_behind(actor: Actor) -> QuerySet[Membership]:
    """Return the members still on the roll of a closed organisation that this actor keeps."""
    reach = actors.orgs_where(actor, Act.KEEP_ROLL).filter(closed_on__isnull=False)
    left = Membership.objects.filter(ends_on__isnull=True, org__in=reach)
    return left.select_related("org", "person")


def org_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show organisations that lost their parent, as lines of the inbox."""
    return [
        Item(
            pk=org.pk,
            title=f"{org.name}的上级{org.parent}已撤销，请调整隶属或一并撤销",
            org=org.name,
            url=reverse("directory:org", args=[org.pk]),
        )
        for org in orgs_left_below(actor).filter(pk__in=ids)
    ]


def member_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show members whose organisation is closed, as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"团员 {_name(actor, one)} 的团组织已撤销，请转出",
            org=one.org.name,
            url=reverse("directory:member", args=[one.pk]),
        )
        for one in members_left_behind(actor).filter(pk__in=ids)
    ]


def _name(actor: Actor, one: Membership) -> str:
    return levels.short_name(actor, one.person, at=one.org, on=timezone.localdate())

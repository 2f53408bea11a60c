"""Who is to be listed in a campaign, branch by branch."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Membership
from qinghe.systems.appraisals.models import Campaign

MOST_MEMBERS = 1_000  # listed in one transaction


def on_the_roll(actor: Actor, campaign: Campaign) -> QuerySet[Membership]:
    """Return who was on a roll of the district on the day of reference (T-65)."""
    day = campaign.reference_on
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return Membership.objects.filter(
        still, starts_on__lte=day, org__path__startswith=campaign.org.path
    )


def branches_to_list(actor: Actor, campaign: Campaign) -> Iterator[list[int]]:
    """Yield the branches that had members that day, as many at a time as one step takes."""
    counted = on_the_roll(actor, campaign).order_by().values("org_id").annotate(count=Count("pk"))
    part: list[int] = []
    size = 0
    for org_id, count in counted.order_by("org_id").values_list("org_id", "count"):
        if part and size + count > MOST_MEMBERS:
            yield part
            part, size = [], 0
        part.append(org_id)
        size += count
    if part:
        yield part

"""Where a person stands: on a roll, in a post, or kept by a system at some organisations today."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinghe.edges import system
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person, Post


def persons_at(orgs: QuerySet[Org]) -> QuerySet[Person]:
    """Return the persons who stand today at one of these organisations."""
    return Person.objects.filter(stands_at(orgs))


def stands_at(orgs: QuerySet[Org], *, person: str = "pk") -> Q:
    """Tell of each row's person if they stand at one of these organisations today.

    `person` is the way from the row to the person's key. One is asked after the other, by EXISTS:
    nobody's whole district is gathered for it.
    """
    places = orgs.order_by().values("pk")
    theirs = {"person": OuterRef(person)}
    stands = Q(Exists(Membership.objects.filter(org__in=places, ends_on__isnull=True, **theirs)))
    stands |= Q(Exists(Post.objects.filter(org__in=places, ends_on__isnull=True, **theirs)))
    for installed in system.INSTALLED:
        if installed.people_at:
            stands |= Q(Exists(installed.people_at(orgs).filter(**theirs)))
    return stands

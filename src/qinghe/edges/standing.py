"""Where a person stands: on a roll, in a post, or kept by a system at some organisations today."""

from collections.abc import Mapping

from django.db.models import Exists, OuterRef, Q, QuerySet

from qinghe.edges import system
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.lib.verdicts import Refused

NAMED = 5  # members whose numbers a refusal says


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


def check_none_on_the_way_out(members: QuerySet[Membership], *, org: Org) -> None:
    """Refuse to move members together while the way out of the League of one of them waits.

    The committee above their branch could not decide it any more (ADR 0082). A transfer goes on
    from where they stand then. The rows of the persons are held first. Raises Refused: under_way.
    """
    persons = Person.objects.select_for_update().filter(pk__in=members.order_by().values("person"))
    held = persons.order_by("pk")
    numbers = dict(held.values_list("pk", "number"))
    waiting = system.moves_off(numbers, beside="transfers")
    if waiting:
        raise Refused("under_way", _words(waiting, numbers=numbers, org=org))


def _words(waiting: Mapping[int, str], *, numbers: Mapping[int, str], org: Org) -> str:
    """Say who cannot be moved yet, by number: which way out it is stays with those who may know."""
    told = sorted(numbers[pk] for pk in waiting)
    more = f"等{len(told)}人" if len(told) > NAMED else ""
    return (
        f"{org.name}的团员{'、'.join(told[:NAMED])}{more}有{'、'.join(sorted(set(waiting.values())))}，"
        "不能随组织一起划转，没有任何改动；请等批准或者撤回以后再办。"
    )

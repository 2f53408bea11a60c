"""The search box: organisations and people that the actor may see, by name or number."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person, Post

from . import scope

MOST = 20
LEAST_LETTERS = 2


def _org_home(org: Org) -> str:
    return f"/?org={org.code}"


def _no_page(person: Person) -> str:
    return ""


# Set once, when the application starts. Without an act nobody finds people here.
PEOPLE_ACT: str = ""
ORG_URL: Callable[[Org], str] = _org_home
PERSON_URL: Callable[[Person], str] = _no_page


@dataclass(frozen=True)
class Hit:
    """Something found, with the page it is on; a person's name is masked by the template."""

    name: str
    note: str
    url: str


def orgs_found(actor: Actor, words: str) -> list[Hit]:
    """Return organisations in sight whose name holds the words or whose code starts with them."""
    found = orgs_named(actor, words).select_related("parent")[:MOST]
    return [
        Hit(org.name, f"{org.get_kind_display()} · {org.parent or '全区'}", ORG_URL(org))
        for org in found
    ]


def orgs_named(actor: Actor, words: str) -> QuerySet[Org]:
    """Return organisations in sight by name or code, those higher in the tree first."""
    named = Q(name__icontains=words) | Q(code__startswith=words)
    open_first = F("closed_on").asc(nulls_first=True)
    return scope.orgs_in_sight(actor).filter(named).order_by(open_first, Length("path"), "path")


def people_found(actor: Actor, words: str) -> list[Hit]:
    """Return people of organisations whose people the actor may see, by name or exact number."""
    if not PEOPLE_ACT or not actors.may_anywhere(actor, PEOPLE_ACT):
        return []
    orgs = actors.orgs_where(actor, PEOPLE_ACT)
    members = Membership.objects.filter(org__in=orgs, person__name__startswith=words)
    cadres = Post.objects.filter(org__in=orgs, person__name__startswith=words)
    numbered = Person.objects.filter(number=words).filter(
        Q(pk__in=Membership.objects.filter(org__in=orgs).values("person"))
        | Q(pk__in=Post.objects.filter(org__in=orgs).values("person"))
    )
    keys = {
        *members.values_list("person", flat=True)[:MOST],
        *cadres.values_list("person", flat=True)[:MOST],
        *numbered.values_list("pk", flat=True)[:1],
    }
    people = Person.objects.filter(pk__in=keys).order_by("name", "pk")[:MOST]
    return [Hit(person.name, person.number, PERSON_URL(person)) for person in people]

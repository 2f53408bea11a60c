"""The search box: organisations and people that the actor may see, by name or number."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Length
from django.utils import timezone

from qinghe.edges import standing
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.lib import identifiers
from qinghe.lib.periods import local_day

from . import scope, watching

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
    """Something found, with the page it is on; a person's name is written as lists write it."""

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


def person_url(actor: Actor, person: Person, *, at: Org) -> str:
    """Return the page of a person who stands at an organisation, if the actor may open it."""
    return PERSON_URL(person) if PEOPLE_ACT and actors.may(actor, PEOPLE_ACT, at=at) else ""


def people_found(actor: Actor, words: str) -> list[Hit]:
    """Return people of organisations whose people the actor may see, by name or exact number.

    A minor is not found by name by those who may not read it, and is shown to them as 同学.
    """
    if not PEOPLE_ACT or not actors.may_anywhere(actor, PEOPLE_ACT):
        return []
    today = timezone.localdate()
    known = levels.names_known_to(actor, person="person", org="org", on=today)
    numbered = by_number.number if (by_number := people_queries.by_number(words)) else words
    asked = Q(person__name__startswith=words) & known | Q(person__number=numbered)
    orgs = actors.orgs_where(actor, PEOPLE_ACT)
    found: dict[int, Hit] = {}
    for places in (Membership.objects, Post.objects):
        rows = places.filter(asked, org__in=orgs).select_related("person", "org")
        for row in rows.order_by("person__name", "person", F("ends_on").asc(nulls_first=True))[
            :MOST
        ]:
            name = levels.short_name(actor, row.person, at=row.org, on=today)
            url = PERSON_URL(row.person) if row.ends_on is None else ""
            found.setdefault(row.person_id, Hit(name, row.person.number, url))
    return list(found.values())[:MOST]


def finds_by_number(actor: Actor) -> bool:
    """Test if the actor may look for people by a phone or an identity number."""
    acts = (levels.Act.SEE_SENSITIVE, levels.Act.SEE_CHILD)
    return bool(PEOPLE_ACT) and any(actors.may_anywhere(actor, act) for act in acts)


def people_with_number(actor: Actor, number: str, *, at: datetime) -> list[Hit]:
    """Return whose phone or identity number this is, among those whose numbers the actor may read.

    Each search is an entry of the trail and one look at somebody (bar 27). Raises Refused as
    `people.find_by_number` does.
    """
    on = local_day(at)
    kept = standing.stands_at(actors.orgs_where(actor, levels.Act.SEE_SENSITIVE))
    children = standing.stands_at(actors.orgs_where(actor, levels.Act.SEE_CHILD))
    of_age = levels.names_known_to(actor, person="", org="", on=on)
    among = Person.objects.filter((kept & of_age) | children)
    found = people.find_by_number(number=number, among=among, at=at, by=actor)
    watching.note_person(actor, at=at)
    seen = standing.persons_at(actors.orgs_where(actor, PEOPLE_ACT))
    open_to = set(seen.filter(pk__in=[one.pk for one in found]).values_list("pk", flat=True))
    return [
        Hit(
            identifiers.mask_name(one.name),
            one.number,
            PERSON_URL(one) if one.pk in open_to else "",
        )
        for one in found
    ]

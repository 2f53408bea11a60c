"""Who may have been entered twice, found by whole tables and never person by person.

The same identity number or the same person number cannot stand twice: constraints see to that. What
is left is a number written in two ways, and people alike in name and birth date, or in name and
phone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Max, Min, Q, QuerySet, Value
from django.db.models.functions import Replace, Upper
from django.utils import timezone

from qinghe.edges import standing
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.merging import models
from qinghe.systems.merging.access import Act

from .places import orgs_holding, places_of

MOST = 200  # of each likeness; the next ones come when these are merged or told apart


@dataclass(frozen=True)
class Candidate:
    """Two rows that may be one person, the older first, as far as the reader may know them."""

    kept_id: int
    duplicate_id: int
    name: str
    numbers: str
    places: str
    alike: str


def candidates(actor: Actor, org: Org) -> list[Candidate]:
    """Return the pairs below an organisation that look like one person, the surest first."""
    orgs = actors.orgs_where(actor, Act.SEE).filter(path__startswith=org.path)
    alike: dict[tuple[int, int], list[str]] = {}
    for words, pairs in _likenesses(standing.persons_at(orgs)):
        for pair in pairs:
            alike.setdefault(pair, []).append(words)
    for pair in _settled(alike):
        del alike[pair]
    return _shown(actor, alike)


def _likenesses(people: QuerySet[Person]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    born = people.filter(birth_date__isnull=False)
    yield "姓名和出生日期相同", _pairs(born, "name", "birth_date")
    phoned = people.filter(contact__isnull=False).exclude(contact__phone_index="")
    yield "姓名和手机号相同", _pairs(phoned, "name", "contact__phone_index")
    plain = Upper(Replace(Replace("number", Value("-"), Value("")), Value("_"), Value("")))
    yield "人员编号只有写法不同", _pairs(people.annotate(plain=plain), "plain")


def _pairs(people: QuerySet[Person], *columns: str) -> list[tuple[int, int]]:
    found = (
        people.order_by()
        .values(*columns)
        .annotate(rows=Count("pk"), first=Min("pk"), last=Max("pk"))
        .filter(rows__gt=1)
    )
    return list(found.order_by("first").values_list("first", "last")[:MOST])


def _settled(pairs: dict[tuple[int, int], list[str]]) -> list[tuple[int, int]]:
    """Return the pairs that were told apart, or are under way."""
    ids = {person for pair in pairs for person in pair}
    apart = models.Apart.objects.filter(first__in=ids).values_list("first_id", "second_id")
    still = models.Merge.objects.filter(state=models.Merge.State.PROPOSED)
    opened = still.filter(Q(kept__in=ids) | Q(duplicate__in=ids))
    under_way = opened.values_list("kept_id", "duplicate_id")
    done = {*apart, *(tuple(sorted(pair)) for pair in under_way)}
    return [pair for pair in pairs if pair in done]


def _shown(actor: Actor, alike: dict[tuple[int, int], list[str]]) -> list[Candidate]:
    ids = {person for pair in alike for person in pair}
    people = Person.objects.in_bulk(ids)
    paths = places_of(actor, ids, on=timezone.localdate())
    orgs = orgs_holding(actor, paths)
    reached = actors.orgs_where(actor, Act.SEE).filter(path__in=orgs).values_list("path", flat=True)
    seen, found = set(reached), []
    for (first, last), words in alike.items():
        if not paths[first] | paths[last] <= seen:
            continue  # one of them stands somewhere else too: somebody further up sees the pair
        one, other = people[first], people[last]
        at = orgs[min(paths[first])]
        together = ["在同一组织"] if paths[first] & paths[last] else []
        named = sorted({orgs[path].name for path in paths[first] | paths[last]})
        found.append(
            Candidate(
                kept_id=first,
                duplicate_id=last,
                name=levels.short_name(actor, one, at=at, on=timezone.localdate()),
                numbers=f"{one.number}、{other.number}",
                places="、".join(named),
                alike="；".join(words + together),
            )
        )
    return sorted(found, key=lambda each: (-each.alike.count("；"), each.kept_id))

"""What designers look up: numbers by a few words, and whom a form would ask."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org

from .codes import Known, codes_known

MOST = 30


def codes_found(actor: Actor, words: str) -> list[Known]:
    """Return the numbers whose code, name or 口径 holds all of these words, the nearest first."""
    wanted = words.lower().split()
    found = [
        one
        for one in codes_known(actor).values()
        if all(word in f"{one.code} {one.label} {one.meaning}".lower() for word in wanted)
    ]
    named = [one for one in found if all(w in f"{one.code} {one.label}".lower() for w in wanted)]
    return [*named, *(one for one in found if one not in named)][:MOST]


def would_ask(
    actor: Actor,
    *,
    levels: Collection[str],
    kinds: Collection[str],
    sectors: Collection[str],
) -> QuerySet[Org]:
    """Return the organisations that a form would ask if it were opened today."""
    today = timezone.localdate()
    stood = Q(opened_on__lte=today) & (Q(closed_on__isnull=True) | Q(closed_on__gt=today))
    found = Org.objects.filter(stood)
    if not (levels or kinds):
        return found.none()
    for field, wanted in (("level", levels), ("kind", kinds), ("sector", sectors)):
        if wanted:
            found = found.filter(**{f"{field}__in": list(wanted)})
    return found if actor.person_id else found.none()

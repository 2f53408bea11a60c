"""One person, as far as the actor's grants reach an organisation that the person stands at today."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges import standing
from qinghe.edges import system as systems
from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.levels import Level
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import ChildAccess, ContactField, Person
from qinghe.lib import identifiers
from qinghe.systems.directory.access import Act


@dataclass(frozen=True)
class Part:
    """What one system knows of a person."""

    label: str
    lines: list[Line]


def persons_seen_by(actor: Actor) -> QuerySet[Person]:
    """Return the persons on a roll, in a post or kept by a system where this actor may see."""
    return _persons_where(actor, Act.SEE)


def went_into(actor: Actor, person_id: int) -> QuerySet[Person]:
    """Return into whom a row was merged, if the actor may see that person: old links lead there."""
    return persons_seen_by(actor).filter(merged_from=person_id)


def parts_about(actor: Actor, person: Person) -> list[Part]:
    """Return what every system knows of a person, as far as the actor may see it."""
    told = [
        Part(system.label, system.about_person(actor, person))
        for system in systems.INSTALLED
        if system.about_person
    ]
    return [part for part in told if part.lines]


def may_read(actor: Actor, column: str, *, of: Person) -> bool:
    """Test if the actor may read a column about a person at any place the person stands at."""
    level = levels.level_of(column)
    if people.is_minor(of, timezone.localdate()) and level in (Level.INTERNAL, Level.SENSITIVE):
        level = Level.CHILD
    if level not in _ACTS:
        return True
    return _persons_where(actor, _ACTS[level]).filter(pk=of.pk).exists()


def may_show(actor: Actor, field: ContactField, *, of: Person) -> bool:
    """Test if the actor may read a sealed text about a person, with a reason."""
    return may_read(actor, f"people.Contact.{field.value}", of=of)


def may_keep(actor: Actor, person: Person) -> bool:
    """Test if the actor keeps a roll that the person stands on."""
    return _persons_where(actor, Act.KEEP_ROLL).filter(pk=person.pk).exists()


def may_decide_about(actor: Actor, person: Person) -> bool:
    """Test if the actor decides who may read what is sealed about a minor."""
    return _persons_where(actor, Act.APPROVE_CHILD_ACCESS).filter(pk=person.pk).exists()


def name_for(actor: Actor, person: Person) -> str:
    """Return a person's name in full, a minor's only to those who may read it."""
    if may_read(actor, levels.NAME, of=person):
        return person.name
    return identifiers.mask_child_name(person.name)


def child_access_seen_by(actor: Actor) -> QuerySet[ChildAccess]:
    """Return the wishes to read about minors that are the actor's own or theirs to decide."""
    theirs = _persons_where(actor, Act.APPROVE_CHILD_ACCESS).values("pk")
    return (
        ChildAccess.objects.filter(Q(asked_by=actor.person_id) | Q(person__in=theirs))
        .select_related("person", "asked_by", "decided_by")
        .order_by("-asked_at", "-pk")
    )


def child_access_waiting_for(actor: Actor) -> QuerySet[ChildAccess]:
    """Return the wishes of others that wait for this actor's decision, the oldest first."""
    theirs = _persons_where(actor, Act.APPROVE_CHILD_ACCESS).filter(pk=OuterRef("person"))
    waiting = ChildAccess.objects.filter(Exists(theirs), state=ChildAccess.State.ASKED)
    return (
        waiting.exclude(asked_by=actor.person_id)
        .select_related("person", "asked_by")
        .order_by("asked_at", "pk")
    )


def child_access_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show wishes that wait for a decision as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.asked_by.name}申请查看未成年人"
            f"{identifiers.mask_child_name(one.person.name)}的联系方式",
            url=reverse("directory:child_access", args=[one.pk]),
        )
        for one in child_access_waiting_for(actor).filter(pk__in=ids)
    ]


_ACTS = {
    Level.SENSITIVE: levels.Act.SEE_SENSITIVE,
    Level.CHILD: levels.Act.SEE_CHILD,
    Level.COUNSELLING: levels.Act.SEE_COUNSELLING,
}


def _persons_where(actor: Actor, act: str) -> QuerySet[Person]:
    """Return the persons who stand today at an organisation where the actor may do an act."""
    return standing.persons_at(actors.orgs_where(actor, act))

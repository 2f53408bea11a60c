"""Rows read for services, which hold them until their transaction ends."""

from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from qinghe.edges import system
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Membership, Person
from qinghe.systems.transfers import models


def held_rows(actor: Actor | str) -> QuerySet[models.Transfer]:
    """Return transfers to be read anew and held, with what their decisions look at."""
    rows = models.Transfer.objects.select_for_update(of=("self",))
    return rows.select_related("person", "from_org", "to_org", "desk")


def held_place(actor: Actor | str, person: Person) -> Membership | None:
    """Return where somebody stands on the roll; the row of the person is held first.

    Who begins, places or ends a transfer of this person waits here until the other is done.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    held = Membership.objects.filter(person=person, ends_on__isnull=True)
    return held.select_related("org").first()


def other_ways(actor: Actor, person_ids: Iterable[int]) -> Mapping[int, str]:
    """Return whose place on the roll something else may end, in words; services hold the persons."""
    return system.moves_off(person_ids, beside="transfers")

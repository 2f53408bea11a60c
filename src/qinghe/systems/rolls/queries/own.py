"""What the rolls tell somebody about themself."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from qinghe.edges.system import Card, Line
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import FormerStay, LeagueFile, Membership, Person
from qinghe.systems.rolls import models

from .expelling import own_expulsions, way_out
from .members import members_seen_by

MONTHS = 12


@dataclass(frozen=True)
class Own:
    """One's own file, one's way over the rolls, one's leavings."""

    file: LeagueFile | None
    chain: list[Membership]
    former: list[FormerStay]
    leavings: list[models.Leaving]
    expulsions: list[models.Expulsion]
    rate: models.DuesRate | None
    payments: list[models.DuesPayment]


def own_of(actor: Actor) -> Own:
    """Return what is kept about the actor."""
    mine = {"person_id": actor.person_id}
    return Own(
        file=LeagueFile.objects.filter(**mine).first(),
        chain=list(Membership.objects.filter(**mine).select_related("org").order_by("starts_on")),
        former=list(FormerStay.objects.filter(**mine).order_by("joined_on")),
        leavings=list(models.Leaving.objects.filter(**mine).select_related("org")),
        expulsions=list(own_expulsions(actor)),
        rate=models.DuesRate.objects.filter(state=models.DuesRate.State.HOLDING, **mine)
        .order_by("-starts_on")
        .first(),
        payments=list(models.DuesPayment.objects.filter(voided_at__isnull=True, **mine)[:MONTHS]),
    )


def cards_of(actor: Actor, at: datetime) -> tuple[Card, ...]:
    """Return where one stands today, for those on a roll."""
    place = Membership.objects.filter(person_id=actor.person_id, ends_on__isnull=True)
    found = place.select_related("org").first()
    if found is None:
        return ()
    line = Line(
        pk=found.pk,
        title=found.org.name,
        cells=(("入册日期", found.starts_on.isoformat()),),
        url=reverse("rolls:own"),
    )
    return (Card(title="团籍", lines=(line,)),)


def about_person(actor: Actor, person: Person) -> list[Line]:
    """Return a person's file: all to themself, else to who sees a roll that they stand on (S-07)."""
    seen = members_seen_by(actor).filter(person=person).first()
    file = LeagueFile.objects.filter(person=person).first()
    if file is None or not (seen or actor.person_id == person.pk):
        return []
    cells = [("入团日期", file.joined_on.isoformat()), ("编号", file.number or "—")]
    if file.left_on:
        how = way_out(actor, file, at=seen.org if seen else None)
        cells.append((how, file.left_on.isoformat()))
    url = reverse("rolls:member", args=[seen.pk]) if seen else reverse("rolls:own")
    return [Line(pk=person.pk, title="团员档案", cells=tuple(cells), url=url)]

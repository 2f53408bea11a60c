"""What transfers tell somebody about themself."""

from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from qinghe.edges.system import Card, Line
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Membership, Person
from qinghe.systems.transfers import models

from .lists import rows, transfers_seen_by


def own_place(actor: Actor) -> Membership | None:
    """Return where somebody stands on the roll today; nothing for who is no member."""
    held = Membership.objects.filter(person_id=actor.person_id, ends_on__isnull=True)
    return held.select_related("org", "person").first()


def self_of(actor: Actor) -> Person | None:
    """Return somebody as the person they are."""
    return Person.objects.filter(pk=actor.person_id).first()


def own_transfers(actor: Actor) -> QuerySet[models.Transfer]:
    """Return one's own transfers, the newest first; not what others have only drafted."""
    mine = rows(actor).filter(person_id=actor.person_id)
    return mine.exclude(state="draft", side__in=["sender", "receiver"])


def cards_of(actor: Actor, at: datetime) -> tuple[Card, ...]:
    """Return a member's branch and where their transfer stands; nothing for who is no member."""
    place = own_place(actor)
    if place is None:
        return ()
    url = reverse("transfers:own")
    found = own_transfers(actor).filter(state__in=models.OPEN)[:1]
    lines = [_line(one, url=url) for one in found]
    lines = lines or [Line(pk=0, title=f"{place.org.name}：发起转接、看办到哪一步", url=url)]
    return (Card(title="组织关系", lines=tuple(lines)),)


def about_person(actor: Actor, person: Person) -> list[Line]:
    """Return a person's transfers: all to themself, else what the actor may see (S-07)."""
    is_self = actor.person_id == person.pk
    seen = own_transfers(actor) if is_self else transfers_seen_by(actor)
    found = seen.filter(person=person)
    return [
        _line(one, url=reverse("transfers:own") if is_self else _url(one))
        for one in found.order_by("-started_on", "-pk")
    ]


def _url(one: models.Transfer) -> str:
    return reverse("transfers:transfer", args=[one.pk])


def _line(one: models.Transfer, *, url: str) -> Line:
    return Line(
        pk=one.pk,
        title=f"组织关系转接：{one.origin} → {one.target}",
        cells=(("发起日期", one.started_on.isoformat()), ("状态", one.get_state_display())),
        url=url,
    )

"""Studying abroad: recorded as a stay on the old roll, not as a move (T-61)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import models, queries, rules
from qinghe.systems.transfers.access import Act


@dataclass(frozen=True)
class NewStay:
    """Who goes abroad, where to, from when and until when at most."""

    person: Person
    place: str
    starts_on: date
    until: date


@transaction.atomic
def begin_stay(*, new: NewStay, at: datetime, by: Actor) -> models.AbroadStay:
    """Write down that a member studies abroad and stays on the roll.

    Raises Refused: not_allowed, not_on_roll, already_open, abroad, wrong_day, in_future.
    """
    held = queries.held_place(by, new.person)
    rules.check_on_roll(is_member=held is not None, name=new.person.name)
    if held is None:
        raise ValueError("a member who stands nowhere was let pass")
    actors.require(by, Act.SEND, at=held.org)
    today = local_day(at)
    check_not_future(day=new.starts_on, today=today, what="出国（境）")
    years = queries.terms_on(by, today).abroad_years
    rules.check_stay(starts_on=new.starts_on, until=new.until, years=years)
    under_way = models.Transfer.objects.filter(person=new.person, state__in=models.OPEN)
    rules.check_none_open(is_open=under_way.exists(), name=new.person.name)
    rules.check_not_abroad(is_abroad=queries.is_abroad(by, new.person), name=new.person.name)
    made = models.AbroadStay.objects.create(
        person=new.person,
        org=held.org,
        place=new.place.strip(),
        starts_on=new.starts_on,
        until=new.until,
    )
    detail = {"until": str(new.until)}
    audit.record(by=by, verb="transfers.begin_stay", subject=made, at=at, detail=detail)
    return made


@transaction.atomic
def end_stay(*, stay: models.AbroadStay, on: date, at: datetime, by: Actor) -> models.AbroadStay:
    """Write down that somebody is back. Raises Refused: not_allowed, wrong_state, wrong_day."""
    rows = models.AbroadStay.objects.select_for_update(of=("self",)).select_related("org")
    kept = rows.get(pk=stay.pk)
    actors.require(by, Act.SEND, at=kept.org)
    if kept.returned_on is not None:
        raise Refused("wrong_state", f"已于{kept.returned_on}登记返回，没有改动。")
    rules.check_return(on=on, starts_on=kept.starts_on, today=local_day(at))
    kept.returned_on = on
    kept.save(update_fields=["returned_on"])
    audit.record(by=by, verb="transfers.end_stay", subject=kept, at=at, detail={"on": str(on)})
    return kept

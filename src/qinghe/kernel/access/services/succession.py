"""Handing a post over to the next who holds it."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import models, rules
from qinghe.kernel.access.actors import Role
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused

from . import holdings, invitations
from .holdings import NewHolding


@transaction.atomic
def hand_over(
    *, holding: models.Holding, to: Person, on: date, reason: str, at: datetime, by: object
) -> models.Holding:
    """Let another person hold a post from a day on: the old holding ends, a new one begins.

    Deputies end with the old holding; invitations it made and that are still open follow to the
    new one. Raises Refused: those of give_role and end_role, same_person.
    """
    rules.check_not_oneself(person_id=to.pk, by=by)
    if to.pk == holding.person_id:
        raise Refused("same_person", "接任人与原任是同一人，没有变更。")
    rules.check_not_ended(ends_on=holding.ends_on, at=at)
    rules.check_end(starts_on=holding.starts_on, on=on, ends_on=holding.ends_on)
    goes_on_until = holding.ends_on
    holdings.end(holding, on=on, reason=reason, at=at, by=by)
    for deputy in holding.deputies.filter(ends_on__gt=on).select_related("person", "org"):
        holdings.end(deputy, on=max(on, deputy.starts_on), reason=reason, at=at, by=by)
    new = NewHolding(to, Role(holding.role), holding.org, on, goes_on_until, holding.department)
    begun = holdings.hold(new, at=at, by=by, reason=reason)
    invitations.follow(old=holding, to=to, at=at, by=by)
    return begun

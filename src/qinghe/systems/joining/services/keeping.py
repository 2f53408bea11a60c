"""A number for one person: kept, used or let go. Never given to a second one (T-27)."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import LeagueFile, Person
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining.access import NumberAct
from qinghe.systems.joining.models import Number
from qinghe.systems.joining.rules import numbers as rules

from .pools import Kept, Pool

State = Number.State


@transaction.atomic
def reserve_number(*, org: Org, person: Person, at: datetime, by: Actor) -> str:
    """Keep a number of this year for somebody who is about to join at this organisation.

    It comes out of the organisation's own quota, or out of the nearest above it that has one: a
    school's committee holds the numbers of its branches. Safe to repeat within the year. Who left
    the League and joins anew is given another; the former one is ended and goes to nobody (T-27).

    Raises Refused: not_allowed, has_number, no_number_left.
    """
    actors.require(by, NumberAct.USE, at=org)
    Person.objects.select_for_update().get(pk=person.pk)
    kept = Kept(local_day(at).year, rules.sector_of(org.sector))
    _end_former(person)
    standing = Number.objects.filter(person=person, ended_on__isnull=True)
    own = standing.filter(state__in=[State.RESERVED, State.USED]).first()
    if own is not None and own.state == State.RESERVED and own.year == kept.year:
        return own.number
    filed = LeagueFile.objects.filter(person=person, left_on__isnull=True).exclude(number="")
    if own is not None or filed.exists():
        raise Refused(
            "has_number", f"{person.name}已有发展团员编号，一人一号，没有再预留；请先核对原编号。"
        )
    number = _take(_holder(org, kept=kept), kept=kept)
    number.state, number.person = State.RESERVED, person
    number.for_org, number.reserved_at = org, at
    number.save(update_fields=["state", "person", "for_org", "reserved_at"])
    detail = {"person": person.pk, "for": org.name}
    audit.record(by=by, verb="joining.reserve_number", subject=number, at=at, detail=detail)
    return number.number


@transaction.atomic
def use_number(*, person: Person, joined_on: date, at: datetime, by: Actor) -> str:
    """Give somebody who has joined the number that was kept for them.

    Raises Refused: no_number_kept, not_allowed, wrong_year, in_future.
    """
    number = _kept_for(person, by=by)
    check_not_future(day=joined_on, today=local_day(at), what="入团")
    rules.check_year_of_joining(number=number.number, joined_on=joined_on)
    rules.check_number_move(now=number.state, to=State.USED)
    number.state, number.used_on = State.USED, joined_on
    number.save(update_fields=["state", "used_on"])
    detail = {"person": person.pk, "joined_on": str(joined_on)}
    audit.record(by=by, verb="joining.use_number", subject=number, at=at, detail=detail)
    return number.number


@transaction.atomic
def release_number(*, person: Person, reason: str, at: datetime, by: Actor) -> str:
    """Let the number go that was kept for somebody who does not join after all.

    It may stand in their application form already (T-24), so it is void and goes to nobody else.

    Raises Refused: reason_needed, no_number_kept, not_allowed.
    """
    rules.check_why(reason)
    number = _kept_for(person, by=by)
    rules.check_number_move(now=number.state, to=State.VOID)
    number.state, number.voided_on, number.reason = State.VOID, local_day(at), reason.strip()
    number.save(update_fields=["state", "voided_on", "reason"])
    detail = {"person": person.pk, "reason": number.reason}
    audit.record(by=by, verb="joining.release_number", subject=number, at=at, detail=detail)
    return number.number


def _end_former(person: Person) -> None:
    """End the number of somebody who left the League: admitted anew they are given another (T-20)."""
    left = LeagueFile.objects.filter(person=person, left_on__isnull=False).first()
    if left is not None:
        used = Number.objects.filter(person=person, state=State.USED, ended_on__isnull=True)
        used.filter(used_on__lte=left.left_on).update(ended_on=left.left_on)


def _holder(org: Org, *, kept: Kept) -> Org:
    """Return whose numbers an organisation uses. Raises Refused: no_number_left."""
    quota = kept.quota_for(org)
    if quota is None:
        ask = kept.giver_for(org)
        raise _none_left(f"{org.name}和上级组织都还没有{kept.words}", ask=ask)
    return quota.org


def _take(org: Org, *, kept: Kept) -> Number:
    """Return the lowest number that nobody has; the pool stays locked."""
    pool = Pool.locked(org=org, kept=kept)
    number = pool.free.order_by("number").first()
    if number is None:
        raise _none_left(f"{org.name}的{kept.words}已用完", ask=pool.quota.giver)
    return number


def _none_left(what: str, *, ask: Org | None) -> Refused:
    to = f"向{ask.name}申请编号" if ask else "登记上级下发的号段"
    return Refused("no_number_left", f"{what}，没有预留；请{to}后再办理。")


def _kept_for(person: Person, *, by: Actor) -> Number:
    """Return the number kept for somebody, locked. Raises Refused: no_number_kept, not_allowed."""
    found = Number.objects.select_for_update(of=("self",)).select_related("for_org")
    number = found.filter(person=person, state=State.RESERVED).first()
    if number is None or number.for_org is None:
        raise Refused(
            "no_number_kept", f"没有为{person.name}预留的发展团员编号，没有改动；请先预留。"
        )
    actors.require(by, NumberAct.USE, at=number.for_org)
    return number

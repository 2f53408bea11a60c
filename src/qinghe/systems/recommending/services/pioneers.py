"""Pioneers nominated for the League: squad, brigade, League organisation (推优入团, T-30)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.kinds import Sector
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import check_not_future, local_day, school_year
from qinghe.lib.verdicts import Refused
from qinghe.systems.recommending import rules
from qinghe.systems.recommending.access import Act
from qinghe.systems.recommending.models import PioneerNomination

State = PioneerNomination.State


@dataclass(frozen=True)
class NewPioneer:
    """Whom a squad nominates; of a child no more than this."""

    org: Org
    name: str
    school_number: str
    squad: str
    nominated_on: date
    is_of_age: bool


@transaction.atomic
def nominate_pioneer(*, new: NewPioneer, at: datetime, by: Actor) -> PioneerNomination:
    """Write down whom a squad's committee nominates, once a school year.

    Raises Refused: not_allowed, not_a_school, too_young, in_future, nominated_already.
    """
    actors.require(by, Act.NOMINATE, at=new.org)
    if new.org.sector != Sector.SCHOOL:
        raise Refused("not_a_school", "推优入团由学校团组织办理，没有登记；请选学校。")
    rules.check_pioneer(is_of_age=new.is_of_age)
    check_not_future(day=new.nominated_on, today=local_day(at), what="提名")
    year = school_year(new.nominated_on)
    known = PioneerNomination.objects.filter(
        org=new.org, school_year=year, school_number=new.school_number.strip()
    )
    if known.exists():
        raise Refused("nominated_already", "这名队员本学年已经提名过，没有重复登记。")
    made = PioneerNomination.objects.create(
        org=new.org,
        school_year=year,
        name=new.name.strip(),
        school_number=new.school_number.strip(),
        squad=new.squad.strip(),
        nominated_on=new.nominated_on,
    )
    audit.record(by=by, verb="recommending.nominate_pioneer", subject=made, at=at)
    return made


@transaction.atomic
def sign_nomination(
    *, nomination: PioneerNomination, on: date, at: datetime, by: Actor
) -> PioneerNomination:
    """Write down that the brigade's committee reviewed it and signed.

    Raises Refused: not_allowed, wrong_state, in_future, wrong_order.
    """
    kept = _step(nomination, to=State.SIGNED, on=on, at=at, by=by)
    rules.check_after(day=on, before=kept.nominated_on, what="大队签章日期")
    kept.signed_on = on
    kept.save(update_fields=["state", "signed_on"])
    audit.record(by=by, verb="recommending.sign_nomination", subject=kept, at=at)
    return kept


@transaction.atomic
def take_up_pioneer(
    *, nomination: PioneerNomination, on: date, at: datetime, by: Actor
) -> PioneerNomination:
    """Write down that the League organisation takes it up: the child may now apply to join.

    Raises Refused: not_allowed, wrong_state, in_future, wrong_order.
    """
    kept = _step(nomination, to=State.TAKEN_UP, on=on, at=at, by=by)
    rules.check_after(day=on, before=kept.signed_on, what="团组织接收日期")
    kept.taken_up_on = on
    kept.save(update_fields=["state", "taken_up_on"])
    audit.record(by=by, verb="recommending.take_up_pioneer", subject=kept, at=at)
    return kept


@transaction.atomic
def decline_pioneer(
    *, nomination: PioneerNomination, reason: str, at: datetime, by: Actor
) -> PioneerNomination:
    """End a nomination with its reason. Raises Refused: not_allowed, wrong_state, reason_needed."""
    rules.check_words(reason)
    today = local_day(at)
    kept = _step(nomination, to=State.DECLINED, on=today, at=at, by=by)
    kept.ended_on, kept.words = today, reason.strip()
    kept.save(update_fields=["state", "ended_on", "words"])
    audit.record(by=by, verb="recommending.decline_pioneer", subject=kept, at=at)
    return kept


def _step(
    nomination: PioneerNomination, *, to: State, on: date, at: datetime, by: Actor
) -> PioneerNomination:
    found = PioneerNomination.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=nomination.pk)
    actors.require(by, Act.NOMINATE, at=kept.org)
    rules.check_pioneer_move(now=kept.state, to=to)
    check_not_future(day=on, today=local_day(at), what="办理")
    kept.state = to
    return kept

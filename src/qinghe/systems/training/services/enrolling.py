"""Signing up for a class, with the consent that the law asks for; letting go of a place.

Consents are the kernel's: what is given here stands in 我的信息 and is taken back there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.people import queries as person_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused, check_reason
from qinghe.systems.training import models, rules
from qinghe.systems.training.access import Act

Class = models.Class
Enrolment = models.Enrolment
State = models.Enrolment.State
WITHDRAWN = "已撤回同意"


@dataclass(frozen=True)
class Agreed:
    """The notices that were read and ticked, by key, and the guardian who ticked them, if one did."""

    notices: Collection[int] = ()
    guardian: consents.Guardian | None = None


@transaction.atomic
def sign_up(*, training_class: Class, agreed: Agreed, at: datetime, by: Actor) -> Enrolment:
    """Sign oneself up. Safe to repeat.

    Raises Refused: guardian_signs, guardian_needed, consent_needed, class_closed, age_unknown,
    wrong_age, class_full.
    """
    person = Person.objects.get(pk=by.person_id)
    rules.check_signs_alone(birth_date=person.birth_date, on=local_day(at))
    own = Agreed(notices=agreed.notices)
    made, new = _entered(training_class, person, agreed=own, by_desk=False, at=at, by=by)
    if new:
        audit.record(by=by, verb="training.sign_up", subject=made, at=at)
    return made


@transaction.atomic
def sign_up_ward(
    *, training_class: Class, ward: Person, agreed: Agreed, at: datetime, by: Actor
) -> Enrolment:
    """Sign up a child on the books beside oneself (V-21). Safe to repeat.

    Raises Refused: not_allowed and what sign_up raises.
    """
    guardian = consent.guardian_person_of(ward)
    if guardian is None or guardian.pk != by.person_id:
        raise Refused("not_allowed", "只有监护人可以为孩子报名，没有报名。")
    made, new = _entered(training_class, ward, agreed=agreed, by_desk=False, at=at, by=by)
    if new:
        audit.record(by=by, verb="training.sign_up_ward", subject=made, at=at)
    return made


@transaction.atomic
def sign_up_other(
    *, training_class: Class, new: people.NewPerson, agreed: Agreed, at: datetime, by: Actor
) -> Enrolment:
    """Sign up at the desk; a minor with the guardian who agreed (V-20…V-22). Safe to repeat.

    Whoever is not on the books yet is entered; whoever is must bear the same name.
    Raises Refused: not_allowed, person_differs, bad_number, in_future and what sign_up raises.
    """
    actors.require(by, Act.ENROL, at=training_class.org)
    person = person_queries.by_number(new.number)
    if person is None:
        person = people.add_person(new=new, at=at, by=by)
    elif person.name != new.name:
        raise Refused("person_differs", f"人员编号{new.number}登记的是另一个姓名，没有报名。")
    made, is_new = _entered(training_class, person, agreed=agreed, by_desk=True, at=at, by=by)
    if is_new:
        audit.record(by=by, verb="training.sign_up_other", subject=made, at=at)
    return made


@transaction.atomic
def cancel_sign_up(*, enrolment: Enrolment, at: datetime, by: Actor) -> Enrolment:
    """Let go of one's own place, or of one's child's, before the class begins. Safe to repeat.

    Raises Refused: not_allowed, wrong_state, class_closed.
    """
    guardian = consent.guardian_person_of(enrolment.person)
    if by.person_id not in (enrolment.person_id, guardian.pk if guardian else None):
        raise Refused("not_allowed", "只能办理本人或孩子的报名，没有改动。")
    training_class, kept = _locked(enrolment)
    if kept.state == State.CANCELLED:
        return kept
    rules.check_open(state=training_class.state, starts_at=training_class.starts_at, at=at)
    _give_back(kept, reason="本人取消")
    audit.record(by=by, verb="training.cancel_sign_up", subject=kept, at=at)
    return kept


@transaction.atomic
def take_off(*, enrolment: Enrolment, reason: str, at: datetime, by: Actor) -> Enrolment:
    """Take somebody off the list of a class whose roll has not been called.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    training_class, kept = _locked(enrolment)
    actors.require(by, Act.ENROL, at=training_class.org)
    _give_back(kept, reason=reason.strip())
    audit.record(by=by, verb="training.take_off", subject=kept, at=at, detail={"reason": reason})
    return kept


@transaction.atomic
def let_go(*, person: Person, at: datetime, by: Actor) -> int:
    """Give back every place ahead of somebody whose consent no longer stands; return how many."""
    ahead = Enrolment.objects.filter(
        person=person, state=State.SIGNED, training_class__starts_at__gt=at
    )
    found = list(ahead)
    for enrolment in found:
        _training_class, kept = _locked(enrolment)
        _give_back(kept, reason=WITHDRAWN)
        audit.record(by=by, verb="training.let_go", subject=kept, at=at)
    return len(found)


def _entered(
    training_class: Class,
    person: Person,
    *,
    agreed: Agreed,
    by_desk: bool,
    at: datetime,
    by: Actor,
) -> tuple[Enrolment, bool]:
    """Return a person's enrolment, and whether it is new. The row of the class is locked first."""
    kept = Class.objects.select_for_update(of=("self",)).get(pk=training_class.pk)
    there = kept.enrolments.filter(person=person).exclude(state=State.CANCELLED).first()
    if there:
        return there, False
    rules.check_open(state=kept.state, starts_at=kept.starts_at, at=at)
    rules.check_age(
        birth_date=person.birth_date, youngest=kept.youngest, oldest=kept.oldest, on=kept.day
    )
    rules.check_place_left(taken=kept.taken, capacity=kept.capacity)
    _agree(person, agreed=agreed, at=at, by=by)
    got = Class.objects.filter(pk=kept.pk, taken__lt=F("capacity")).update(taken=F("taken") + 1)
    if not got:
        rules.check_place_left(taken=kept.capacity, capacity=kept.capacity)
    made = Enrolment.objects.create(
        training_class=kept,
        person=person,
        signed_at=at,
        by_desk=by_desk,
        by_guardian=rules.is_minor(birth_date=person.birth_date, on=local_day(at)),
    )
    return made, True


def _agree(person: Person, *, agreed: Agreed, at: datetime, by: Actor) -> None:
    """Keep what was agreed to just now; refuse where nothing stands (S-01…S-04, V-20…V-22)."""
    today = local_day(at)
    minor = rules.is_minor(birth_date=person.birth_date, on=today)
    consents.give_lacking(
        person=person,
        purposes=rules.purposes_for(birth_date=person.birth_date, on=today),
        agreed=agreed.notices,
        guardian=agreed.guardian if minor else None,
        at=at,
        by=by,
    )


def _locked(enrolment: Enrolment) -> tuple[Class, Enrolment]:
    found = Class.objects.select_for_update(of=("self",)).select_related("org")
    training_class = found.get(pk=enrolment.training_class_id)
    return training_class, Enrolment.objects.select_for_update().get(pk=enrolment.pk)


def _give_back(enrolment: Enrolment, *, reason: str) -> None:
    rules.check_move(rules.ENROLMENT_MOVES, now=enrolment.state, to="cancelled", what="报名")
    enrolment.state, enrolment.reason = State.CANCELLED, reason
    enrolment.save(update_fields=["state", "reason"])
    Class.objects.filter(pk=enrolment.training_class_id).update(taken=F("taken") - 1)

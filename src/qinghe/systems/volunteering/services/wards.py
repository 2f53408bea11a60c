"""Children below fourteen: brought onto the roll by a guardian, beside whom they serve (V-21, V-22).

What a child needs from the law stands in the kernel: the guardianship, and the guardian's consent to
the notices, which 我的信息 shows and takes back. Here they get a number and nothing of their own to
sign in with.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.people import queries as person_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules


@dataclass(frozen=True)
class NewWard:
    """A child who is not on the books yet."""

    name: str
    sex: str
    birth_date: date
    relation: str


@dataclass(frozen=True)
class WardAgreed:
    """The notices that the guardian read and ticked, by key, and the guardian as the law keeps them."""

    notices: Collection[int] = ()
    guardian: consents.Guardian | None = None


@transaction.atomic
def bring_ward(*, new: NewWard, agreed: WardAgreed, at: datetime, by: Actor) -> models.Volunteer:
    """Put one's own child on the books and let them apply, beside oneself, at one's own 主组织.

    Raises Refused: guardian_first, age_unknown, in_future, not_a_child, too_many_wards,
    guardian_too_young, org_closed, nobody_in_charge, consent_needed, guardian_incomplete.
    """
    guardian, today = _guardian(by), local_day(at)
    rules.check_is_child(birth_date=new.birth_date, on=today)
    rules.check_ward_count(consent.wards_of(guardian.person).count())
    orgs.check_takes_new(org=guardian.org)
    person = people.add_person(
        new=people.NewPerson(
            number=person_queries.free_number(today.year),
            name=new.name,
            sex=new.sex,
            birth_date=new.birth_date,
        ),
        at=at,
        by=by,
    )
    consents.attach_ward(
        ward=person,
        guardian=guardian.person,
        org=guardian.org,
        relation=new.relation,
        at=at,
        by=by,
    )
    return _applied(person, guardian, agreed=agreed, at=at, by=by)


@transaction.atomic
def enlist_ward(*, ward: Person, agreed: WardAgreed, at: datetime, by: Actor) -> models.Volunteer:
    """Let a child who is on the books beside oneself apply. Safe to repeat.

    Raises Refused: not_allowed, guardian_first, age_unknown, not_a_child, org_closed,
    nobody_in_charge, consent_needed, guardian_incomplete.
    """
    guardian = _guardian(by)
    known = consent.guardian_person_of(ward)
    if known is None or known.pk != by.person_id:
        raise Refused("not_allowed", "只有监护人可以为孩子办理，没有登记。")
    rules.check_is_child(birth_date=ward.birth_date, on=local_day(at))
    orgs.check_takes_new(org=guardian.org)
    there = models.Volunteer.objects.filter(person=ward).first()
    return there or _applied(ward, guardian, agreed=agreed, at=at, by=by)


def _guardian(by: Actor) -> models.Volunteer:
    found = queries.own_volunteer(by)
    registered = found is not None and found.state == models.Volunteer.State.REGISTERED
    rules.check_guardian_serves(registered=registered)
    locked = models.Volunteer.objects.select_for_update(of=("self",))
    return locked.select_related("person", "org").get(person=by.person_id)


def _applied(
    person: Person,
    guardian: models.Volunteer,
    *,
    agreed: WardAgreed,
    at: datetime,
    by: Actor,
) -> models.Volunteer:
    consents.give_lacking(
        person=person,
        purposes=queries.WARD_PURPOSES,
        agreed=agreed.notices,
        guardian=agreed.guardian,
        at=at,
        by=by,
    )
    if person.birth_date is None:
        raise LookupError("the rule has refused")
    made = models.Volunteer.objects.create(
        number=person.number,
        person=person,
        org=guardian.org,
        applied_on=local_day(at),
        guardian_agreed_on=local_day(at),
        beside=guardian.person,
        beside_until=rules.grown_on(person.birth_date),
    )
    audit.record(by=by, verb="volunteering.bring_ward", subject=made, at=at)
    return made

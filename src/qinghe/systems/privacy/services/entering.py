"""Putting somebody who registered on the books, with all that belongs to it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from qinghe.edges import system
from qinghe.kernel.access import queries as actors
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.audit import services as audit
from qinghe.kernel.consent import services as consents
from qinghe.kernel.consent.models import Notice
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import queries, rules

SELF = "自助注册"


@dataclass(frozen=True)
class Registered:
    """What came of a registration, for the last page."""

    person: Person
    username: str


@transaction.atomic
def enter(*, typed: rules.Typed, at: datetime, by: object) -> Registered:
    """Enter a person with contact, consents, account and role, and tell every system.

    Raises Refused: phone_taken, org_closed, guardian_too_young.
    """
    if queries.has_account(actors.NOBODY, typed.phone):
        raise Refused("phone_taken", "没有完成注册，请重新开始。")  # taken while under way
    org = Org.objects.get(code=typed.org)
    orgs.check_takes_new(org=org)
    number = people_queries.free_number(local_day(at).year)
    new = people.NewPerson(number=number, name=typed.name, sex=typed.sex, birth_date=typed.born)
    person = people.add_person(new=new, at=at, by=SELF)
    actor = Actor(person_id=person.pk, name=person.name)
    guardian = _guardian(typed)
    _keep_contact(person, typed, at=at, by=actor)
    _keep_consents(person, typed, guardian, at=at, by=actor)
    user = access.open_account(person=person, username=number.lower(), at=at, by=actor)
    user.password = typed.password_hash
    user.save(update_fields=["password"])
    child = rules.is_child(birth_date=typed.born, on=local_day(at))
    beside = _attach(person, guardian, org, at=at, by=actor) if child and guardian else None
    _tell_systems(
        system.Newcomer(
            person=person,
            org=org,
            guardian_agreed_on=local_day(at) if guardian else None,
            guardian=beside,
        ),
        at=at,
        by=actor,
    )
    audit.record(by=actor, verb="privacy.register", subject=person, at=at, detail={"org": org.code})
    return Registered(person=person, username=user.username)


def _tell_systems(newcomer: system.Newcomer, *, at: datetime, by: Actor) -> None:
    if newcomer.guardian is None:  # V-21: a child serves in the guardian's account, with no role
        access.give_role(
            person=newcomer.person,
            role=Role.VOLUNTEER,
            org=newcomer.org,
            starts_on=local_day(at),
            at=at,
            by=SELF,  # nobody gives themself a role; this one is the house's to give
        )
    for installed in system.INSTALLED:
        if installed.on_registered:
            installed.on_registered(newcomer, at, by)


def _guardian(typed: rules.Typed) -> consents.Guardian | None:
    if not typed.guardian_notices:
        return None
    return consents.Guardian(
        name=typed.guardian_name, phone=typed.guardian_phone, relation=typed.guardian_relation
    )


def _keep_contact(person: Person, typed: rules.Typed, *, at: datetime, by: Actor) -> None:
    new = people.NewContact(
        phone=typed.phone,
        guardian_name=typed.guardian_name,
        guardian_phone=typed.guardian_phone,
    )
    people.keep_contact(person=person, new=new, at=at, by=by)


def _keep_consents(
    person: Person,
    typed: rules.Typed,
    guardian: consents.Guardian | None,
    *,
    at: datetime,
    by: Actor,
) -> None:
    """Keep who agreed to what: the guardian to their notices, the young person to the rest.

    For a child below fourteen nothing counts but the guardian's word (S-03).
    """
    by_guardian = set(typed.guardian_notices)
    child = rules.is_child(birth_date=typed.born, on=local_day(at))
    own = set() if child else set(typed.notices) - by_guardian
    for notice in Notice.objects.filter(pk__in=by_guardian | own).order_by("pk"):
        agreed_by = guardian if notice.pk in by_guardian else None
        consents.give(person=person, notice=notice, guardian=agreed_by, at=at, by=by)


def _attach(
    child: Person, guardian: consents.Guardian, org: Org, *, at: datetime, by: Actor
) -> Person:
    """Put a child beside the guardian's own record, which is made when there is none (V-21)."""
    known = [
        person
        for person in people_queries.by_phone(guardian.phone)
        if person.name == guardian.name and person.pk != child.pk
    ]
    beside = known[0] if known else _guardian_on_the_books(guardian, at=at, by=by)
    consents.attach_ward(
        ward=child, guardian=beside, org=org, relation=guardian.relation, at=at, by=by
    )
    return beside


def _guardian_on_the_books(guardian: consents.Guardian, *, at: datetime, by: Actor) -> Person:
    number = people_queries.free_number(local_day(at).year)
    new = people.NewPerson(number=number, name=guardian.name)
    person = people.add_person(new=new, at=at, by=by)
    contact = people.NewContact(phone=guardian.phone)
    people.keep_contact(person=person, new=contact, at=at, by=by)
    return person

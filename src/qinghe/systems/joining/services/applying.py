"""The first step: an application, handed in on the phone or entered by the branch."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as person_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, LeftAs, Membership, Person
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import models, queries, rules
from qinghe.systems.joining.access import Act

from .turns import Turn

Case = models.Case
SCAN = "入团申请书"


@dataclass(frozen=True)
class NewApplication:
    """An application: to which branch, on which day, in words or as a scan of the paper."""

    org: Org
    on: date
    letter: str = ""
    nationality: str = rules.NATION
    scan: Upload | None = None


@transaction.atomic
def apply(*, new: NewApplication, at: datetime, by: Actor) -> Case:
    """Hand in one's own application, today.

    Raises Refused: not_a_branch, org_closed, letter_needed, age_unknown, wrong_age,
    wrong_nationality, already_member, expelled, too_early, open_already, and the codes of
    files.attach.
    """
    person = Person.objects.get(pk=by.person_id)
    made = _opened(person, new, on=local_day(at), by_desk=False, at=at, by=by)
    audit.record(by=by, verb="joining.apply", subject=made, at=at, detail={"org": made.org.code})
    return made


@transaction.atomic
def enter_application(
    *, new: NewApplication, applicant: people.NewPerson, at: datetime, by: Actor
) -> Case:
    """Enter an application that the branch has on paper; who is not on the books is entered too.

    Raises Refused: not_allowed, own_hand, person_differs, in_future and what apply raises.
    """
    actors.require(by, Act.RUN, at=new.org)
    check_not_future(day=new.on, today=local_day(at), what="申请")
    person = person_queries.by_number(applicant.number)
    if person is None:
        person = people.add_person(new=applicant, at=at, by=by)
    elif person.name != applicant.name:
        raise Refused("person_differs", f"人员编号{applicant.number}登记的是另一个姓名，没有保存。")
    rules.check_other_hand(by=by.person_id, prepared_by=(), applicant=person.pk)
    made = _opened(person, new, on=new.on, by_desk=True, at=at, by=by)
    audit.record(
        by=by, verb="joining.enter_application", subject=made, at=at, detail={"org": made.org.code}
    )
    return made


def _opened(
    person: Person, new: NewApplication, *, on: date, by_desk: bool, at: datetime, by: Actor
) -> Case:
    rules.check_takes_applicants(kind=new.org.kind)
    orgs.check_takes_new(org=new.org)
    terms = queries.terms_for(by, sector=rules.field_of(new.org.sector), on=on)
    _check_applicant(person, new, on=on, terms=queries.rules_of(by, terms))
    due = Turn.due_of(2, days={1: on}, terms=terms)
    made = Case.objects.create(
        person=person,
        org=new.org,
        opened_on=on,
        letter=new.letter.strip(),
        nationality=new.nationality,
        by_desk=by_desk,
        due_on=due,
    )
    models.Step.objects.create(case=made, number=1, since=on, on=on, done_on=on, by_id=by.person_id)
    Turn.open_step(made, since=on)
    if new.scan:
        files.attach(subject=made, upload=new.scan, label=SCAN, at=at, by=by)
    return made


def _check_applicant(person: Person, new: NewApplication, *, on: date, terms: rules.Terms) -> None:
    if not new.letter.strip() and new.scan is None:
        raise Refused("letter_needed", "请写入团申请书，或上传纸质申请书的扫描件，没有保存。")
    rules.check_nationality(new.nationality)
    rules.check_age(birth_date=person.birth_date, on=on, terms=terms)
    file = LeagueFile.objects.filter(person=person).first()
    if file is not None and file.left_on:
        expelled = file.left_as == LeftAs.EXPELLED
        rules.check_may_rejoin(left_on=file.left_on, is_expelled=expelled, on=on, terms=terms)
    stands = Membership.objects.filter(person=person, ends_on__isnull=True).exists()
    is_member = stands or (file is not None and not file.left_on)
    rules.check_confirmed_elsewhere(is_member=is_member, name=person.name)
    if Case.objects.filter(person=person, state__in=("open", "paused")).exists():
        raise Refused(
            "open_already", f"{person.name}已有一份在办的入团申请，一人同时只办一份，没有保存。"
        )

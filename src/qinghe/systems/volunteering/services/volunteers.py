"""Volunteers: application, approval, refusal, withdrawal."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as person_queries
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib import sentences
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from . import team_people
from .sign_ups import let_go

State = models.Volunteer.State
HOME, FIND = "/", "/volunteering/mine/find/"


@dataclass(frozen=True)
class NewVolunteer:
    """An application: who, under which number, at which 主组织 (V-23)."""

    number: str
    person: people.NewPerson
    org: Org
    guardian_agreed_on: date | None = None


@transaction.atomic
def register_volunteer(*, new: NewVolunteer, at: datetime, by: Actor) -> models.Volunteer:
    """Enter an application; the person is entered too, or found again by number.

    Raises Refused: not_allowed, org_closed, too_young, guardian_needed, number_taken,
    person_differs, already_volunteer, in_future.
    """
    actors.require(by, Act.REGISTER, at=new.org)
    orgs.check_takes_new(org=new.org)
    today = local_day(at)
    if models.Volunteer.objects.filter(number=new.number).exists():
        raise Refused("number_taken", f"志愿者编号{new.number}已被使用，请核对是否重复登记。")
    person = _person(new=new.person, at=at, by=by)
    rules.check_old_enough(birth_date=person.birth_date, on=today)
    rules.check_guardian(birth_date=person.birth_date, on=today, agreed_on=new.guardian_agreed_on)
    volunteer = models.Volunteer.objects.create(
        number=new.number,
        person=person,
        org=new.org,
        applied_on=today,
        guardian_agreed_on=new.guardian_agreed_on,
    )
    audit.record(by=by, verb="volunteering.register_volunteer", subject=volunteer, at=at)
    return volunteer


@transaction.atomic
def approve_volunteer(*, volunteer: models.Volunteer, at: datetime, by: Actor) -> models.Volunteer:
    """Put an applicant on the roll from today: by another hand than theirs, or their guardian's.

    Raises Refused: not_allowed, own_application, wrong_state.
    """
    volunteer = _locked(volunteer, act=Act.APPROVE_VOLUNTEER, by=by)
    rules.check_not_own_application(
        decider_id=by.person_id, applicants={volunteer.person_id, volunteer.beside_id}
    )
    _move(volunteer, to=State.REGISTERED)
    volunteer.registered_on = local_day(at)
    volunteer.save(update_fields=["state", "registered_on"])
    audit.record(by=by, verb="volunteering.approve_volunteer", subject=volunteer, at=at)
    _tell(
        volunteer,
        title="志愿者注册已通过",
        text=f"编号{volunteer.number}已注册为{volunteer.org.name}的志愿者，可以报名活动了。",
        url=FIND,
        at=at,
    )
    return volunteer


@transaction.atomic
def refuse_volunteer(
    *, volunteer: models.Volunteer, reason: str, at: datetime, by: Actor
) -> models.Volunteer:
    """Turn an application down. Raises Refused: not_allowed, wrong_state, reason_needed."""
    rules.check_reason(reason)
    volunteer = _locked(volunteer, act=Act.APPROVE_VOLUNTEER, by=by)
    _move(volunteer, to=State.REFUSED)
    volunteer.save(update_fields=["state"])
    audit.record(
        by=by,
        verb="volunteering.refuse_volunteer",
        subject=volunteer,
        at=at,
        detail={"reason": reason},
    )
    _tell(
        volunteer,
        title="志愿者注册未通过",
        text=f"原因：{sentences.inside(reason)}。如有疑问，请联系{volunteer.org.name}。",
        url=HOME,
        at=at,
    )
    return volunteer


@transaction.atomic
def withdraw_volunteer(
    *, volunteer: models.Volunteer, reason: str, at: datetime, by: Actor
) -> models.Volunteer:
    """Take a volunteer off the roll from today; what they did stays counted.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    volunteer = _locked(volunteer, act=Act.APPROVE_VOLUNTEER, by=by)
    _move(volunteer, to=State.WITHDRAWN)
    volunteer.withdrawn_on = local_day(at)
    volunteer.save(update_fields=["state", "withdrawn_on"])
    team_people.leave_all(volunteer=volunteer, on=volunteer.withdrawn_on, at=at, by=by)
    let_go(volunteer=volunteer, at=at, by=by)
    audit.record(
        by=by,
        verb="volunteering.withdraw_volunteer",
        subject=volunteer,
        at=at,
        detail={"reason": reason},
    )
    _tell(
        volunteer,
        title="您已退出志愿者名册",
        text=f"原因：{sentences.inside(reason)}。以前的服务记录不受影响；如有疑问，请联系{volunteer.org.name}。",
        url=HOME,
        at=at,
    )
    return volunteer


def _person(*, new: people.NewPerson, at: datetime, by: Actor) -> Person:
    known = person_queries.by_number(new.number)
    if known is None:
        return people.add_person(new=new, at=at, by=by)
    if known.name != new.name:
        raise Refused("person_differs", f"人员编号{new.number}登记的是另一个姓名，请核对。")
    if models.Volunteer.objects.filter(person=known).exists():
        raise Refused("already_volunteer", "此人已有志愿者编号，一人只注册一次，没有重复登记。")
    return known


def _locked(volunteer: models.Volunteer, *, act: Act, by: Actor) -> models.Volunteer:
    found = models.Volunteer.objects.select_for_update(of=("self",)).select_related("org", "person")
    kept = found.get(pk=volunteer.pk)
    actors.require(by, act, at=kept.org)
    return kept


def _move(volunteer: models.Volunteer, *, to: State) -> None:
    rules.check_move(rules.VOLUNTEER_MOVES, now=volunteer.state, to=to, what="志愿者")
    volunteer.state = to


def _tell(volunteer: models.Volunteer, *, title: str, text: str, url: str, at: datetime) -> None:
    """Tell applicants what came of it, if they can come in to read it."""
    whom = Person.objects.get(pk=volunteer.spoken_for_by(local_day(at)))
    if access.account_of(whom) is not None:
        notices.notify(
            person_ids=[whom.pk],
            kind=Kind.RESULT,
            title=title,
            text=text,
            url=url,
            at=at,
        )

"""What happens when somebody registers themself, or takes back their consent to serve."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import models, rules

from . import team_people
from .sign_ups import let_go

State = models.Volunteer.State
WITHDRAWN = "本人撤回对志愿服务的同意"


@dataclass(frozen=True)
class OwnApplication:
    """Somebody on the books already, who applies at one 主组织 (V-23)."""

    person: Person
    org: Org
    guardian_agreed_on: date | None = None


@transaction.atomic
def apply_oneself(*, new: OwnApplication, at: datetime, by: Actor) -> models.Volunteer:
    """Enter an application that a person makes themself, under their own number. Safe to repeat.

    Raises Refused: org_closed, too_young, guardian_needed.
    """
    today = local_day(at)
    orgs.check_takes_new(org=new.org)
    rules.check_old_enough(birth_date=new.person.birth_date, on=today)
    rules.check_guardian(
        birth_date=new.person.birth_date, on=today, agreed_on=new.guardian_agreed_on
    )
    volunteer, made = models.Volunteer.objects.get_or_create(
        person=new.person,
        defaults={
            "number": new.person.number,
            "org": new.org,
            "applied_on": today,
            "guardian_agreed_on": new.guardian_agreed_on,
        },
    )
    if made:
        audit.record(by=by, verb="volunteering.apply_oneself", subject=volunteer, at=at)
    return volunteer


@transaction.atomic
def leave(*, person: Person, at: datetime, by: Actor) -> None:
    """Take a person off the roll who no longer agrees to serve; what they did stays (S-06)."""
    volunteer = models.Volunteer.objects.select_for_update().filter(person=person).first()
    if volunteer is None or volunteer.state not in (State.APPLIED, State.REGISTERED):
        return
    if volunteer.state == State.APPLIED:
        volunteer.state = State.REFUSED
    else:
        volunteer.state = State.WITHDRAWN
        volunteer.withdrawn_on = local_day(at)
    volunteer.save(update_fields=["state", "withdrawn_on"])
    team_people.leave_all(volunteer=volunteer, on=local_day(at), at=at, by=by)
    models.Profile.objects.filter(volunteer=volunteer).delete()  # what they said of themself
    let_go(volunteer=volunteer, at=at, by=by)
    detail = {"reason": WITHDRAWN}
    audit.record(by=by, verb="volunteering.leave", subject=volunteer, at=at, detail=detail)

"""What becomes of an application: agreed, approved, sent back, refused, taken back.

Approved, the organisation stands in the tree, the units are founded and a secretary may be in post,
all in the one transaction.
"""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.kinds import Level, OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person, Service
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import check_reason
from qinghe.systems.founding import models, rules
from qinghe.systems.founding.access import Act

Application = models.Application
State = models.Application.State
Unit = models.Unit
SECRETARY = "书记"


@transaction.atomic
def agree(*, application: Application, at: datetime, by: Actor) -> Application:
    """Agree for the street. Raises Refused: not_allowed, wrong_state, own_application."""
    application = _locked(application)
    actors.require(by, Act.AGREE, at=application.unit.org)
    _move(application, to=State.AGREED)
    rules.check_another(decides=by.person_id, others=(application.applicant_id,))
    application.agreed_by_id, application.agreed_on = by.person_id, local_day(at)
    application.save(update_fields=["state", "agreed_by", "agreed_on"])
    audit.record(by=by, verb="founding.agree", subject=application, at=at)
    return application


@transaction.atomic
def approve(
    *, application: Application, secretary: Person | None, at: datetime, by: Actor
) -> Application:
    """Approve: open the organisation, count the units as founded, appoint whom `secretary` names.

    Raises Refused: not_allowed, wrong_state, own_application and those of the kernel's open_org
    and appoint.
    """
    application = _locked(application)
    actors.require(by, Act.APPROVE, at=application.unit.org)
    _move(application, to=State.APPROVED)
    rules.check_another(
        decides=by.person_id, others=(application.applicant_id, application.agreed_by_id)
    )
    founded = _open(application, at=at, by=by)
    if secretary:
        post = people.NewPost(SECRETARY, Service.PART_TIME, local_day(at))
        people.appoint(person=secretary, org=founded, new=post, at=at, by=by)
    application.founded = founded
    application.decided_by_id, application.decided_on = by.person_id, local_day(at)
    application.save(update_fields=["state", "founded", "decided_by", "decided_on"])
    audit.record(
        by=by, verb="founding.approve", subject=application, at=at, detail={"org": founded.code}
    )
    return application


@transaction.atomic
def send_back(*, application: Application, reason: str, at: datetime, by: Actor) -> Application:
    """Send an application back to be mended; other units that it named are free meanwhile.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    application = _locked(application)
    _require_decides(application, by=by)
    _move(application, to=State.SENT_BACK)
    _let_go(_joined(application))
    application.reason = reason.strip()
    application.save(update_fields=["state", "reason"])
    _say(application, verb="founding.send_back", reason=reason, at=at, by=by)
    return application


@transaction.atomic
def refuse(*, application: Application, reason: str, at: datetime, by: Actor) -> Application:
    """Refuse an application for good; its units are open again.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    application = _locked(application)
    _require_decides(application, by=by)
    _end(application, to=State.REFUSED, reason=reason, at=at, by=by)
    _say(application, verb="founding.refuse", reason=reason, at=at, by=by)
    return application


@transaction.atomic
def withdraw(*, application: Application, reason: str, at: datetime, by: Actor) -> Application:
    """Take an application back; its units are open again.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    check_reason(reason)
    application = _locked(application)
    actors.require(by, Act.APPLY, at=application.unit.org)
    _end(application, to=State.WITHDRAWN, reason=reason, at=at, by=by)
    _say(application, verb="founding.withdraw", reason=reason, at=at, by=by)
    return application


def _locked(application: Application) -> Application:
    kept = Application.objects.select_for_update(of=("self",))
    return kept.select_related("unit__org", "parent").get(pk=application.pk)


def _move(application: Application, *, to: State) -> None:
    rules.check_move(rules.APPLICATION_MOVES, now=application.state, to=to, what="申请")
    application.state = to


def _require_decides(application: Application, *, by: Actor) -> None:
    """Ask for the right of whose turn it is: the street's first, then the district's."""
    act = Act.AGREE if application.state == State.SUBMITTED else Act.APPROVE
    actors.require(by, act, at=application.unit.org)


def _open(application: Application, *, at: datetime, by: Actor) -> Org:
    """Open the organisation and count its units as founded."""
    unit, today = application.unit, local_day(at)
    founded = orgs.open_org(
        new=orgs.NewOrg(
            code=rules.code_of(year=today.year, application_id=application.pk),
            name=application.name,
            kind=application.kind,
            level=Level.UNIT,
            opened_on=today,
            parent_code=application.parent.code,
            sector=Sector.SOCIETY,
            new_org_kind=unit.kind,
            industry=unit.industry,
        ),
        at=at,
        by=by,
    )
    is_joint = application.kind == OrgKind.JOINT_BRANCH
    for one in (unit, *_joined(application)):
        to = Unit.State.JOINT if is_joint else Unit.State.FOUNDED
        rules.check_move(rules.UNIT_MOVES, now=one.state, to=to, what="单位")
        one.state, one.league_org, one.ended_on, one.next_on = to, founded, today, None
        one.save(update_fields=["state", "league_org", "ended_on", "next_on"])
    return founded


def _joined(application: Application) -> list[Unit]:
    kept = Unit.objects.select_for_update(of=("self",))
    return list(kept.filter(joins__application=application).order_by("pk"))


def _end(application: Application, *, to: State, reason: str, at: datetime, by: Actor) -> None:
    # What was sent back has let the other units go; they may be in another application by now.
    held = [] if application.state == State.SENT_BACK else _joined(application)
    _move(application, to=to)
    _let_go([application.unit, *held])
    application.reason = reason.strip()
    application.decided_by_id, application.decided_on = by.person_id, local_day(at)
    application.save(update_fields=["state", "reason", "decided_by", "decided_on"])


def _let_go(units: list[Unit]) -> None:
    for one in units:
        rules.check_move(rules.UNIT_MOVES, now=one.state, to=Unit.State.OPEN, what="单位")
        one.state = Unit.State.OPEN
        one.save(update_fields=["state"])


def _say(application: Application, *, verb: str, reason: str, at: datetime, by: Actor) -> None:
    audit.record(by=by, verb=verb, subject=application, at=at, detail={"reason": reason})

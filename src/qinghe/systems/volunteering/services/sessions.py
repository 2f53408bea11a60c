"""Sessions: publishing and cancelling."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from .telling import Telling

State = models.Session.State


@dataclass(frozen=True)
class NewSession:
    """A session to be published."""

    code: str
    title: str
    org: Org
    place: str
    starts_at: datetime
    ends_at: datetime
    team: models.Team | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    risk: str = models.Session.Risk.ORDINARY
    policy: models.Policy | None = None


@transaction.atomic
def publish_session(*, new: NewSession, at: datetime, by: Actor) -> models.Session:
    """Publish a session that is yet to begin.

    Raises Refused: not_allowed, org_closed, named_late_entry, not_service, ends_before_start,
    too_long, already_begun, code_taken, team_not_approved, team_suspended, policy_needed,
    policy_of_others, policy_not_in_force.
    """
    actors.require(by, Act.PUBLISH, at=new.org)
    orgs.check_takes_new(org=new.org)
    rules.check_session(title=new.title, starts_at=new.starts_at, ends_at=new.ends_at)
    rules.check_future(starts_at=new.starts_at, at=at)
    if new.team:
        new.team.check_may_serve()
    _check_insured(new)
    if models.Session.objects.filter(code=new.code).exists():
        raise Refused("code_taken", f"场次编号{new.code}已被使用，请换一个编号。")
    session = models.Session.objects.create(
        code=new.code,
        title=new.title,
        org=new.org,
        team=new.team,
        place=new.place,
        latitude=new.latitude,
        longitude=new.longitude,
        risk=new.risk,
        policy=new.policy,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        day=local_day(new.starts_at),
    )
    audit.record(by=by, verb="volunteering.publish_session", subject=session, at=at)
    return session


@dataclass(frozen=True)
class PlaceCheck:
    """Where a session is on the map, and how near one has to be to check oneself in (V-30)."""

    latitude: Decimal
    longitude: Decimal
    metres: int | None


@transaction.atomic
def set_place_check(
    *, session: models.Session, new: PlaceCheck | None, at: datetime, by: Actor
) -> models.Session:
    """Say that whoever checks themself in has to be near the place; nothing for no check.

    Raises Refused: not_allowed, wrong_state, bad_distance.
    """
    session = models.Session.objects.select_related("org").get(pk=session.pk)
    actors.require(by, Act.CHECK_IN, at=session.org)
    if session.state == State.CANCELLED:
        raise Refused("wrong_state", "活动已经取消，签到位置没有改动。")
    if new and new.metres is not None:
        rules.check_distance(metres=new.metres)
    session.latitude = new.latitude if new else None
    session.longitude = new.longitude if new else None
    session.place_check_metres = new.metres if new else None
    session.save(update_fields=["latitude", "longitude", "place_check_metres"])
    detail = {"metres": new.metres if new else None}
    audit.record(by=by, verb="volunteering.set_place_check", subject=session, at=at, detail=detail)
    return session


@transaction.atomic
def cancel_session(
    *, session: models.Session, reason: str, at: datetime, by: Actor
) -> models.Session:
    """Call a session off while nobody has come.

    Raises Refused: not_allowed, wrong_state, has_attendance, reason_needed.
    """
    rules.check_reason(reason)
    found = models.Session.objects.select_for_update(of=("self",)).select_related("org")
    session = found.get(pk=session.pk)
    actors.require(by, Act.PUBLISH, at=session.org)
    rules.check_move(rules.SESSION_MOVES, now=session.state, to=State.CANCELLED, what="活动")
    rules.check_no_attendance(count=session.attendances.count())
    session.state = State.CANCELLED
    session.changes += 1
    session.save(update_fields=["state", "changes"])
    Telling(session, at).called_off(reason=reason)
    audit.record(
        by=by,
        verb="volunteering.cancel_session",
        subject=session,
        at=at,
        detail={"reason": reason},
    )
    return session


def _check_insured(new: NewSession) -> None:
    rules.check_insured(
        risk=new.risk,
        cover=new.policy.cover_at(new.org) if new.policy else None,
        first=local_day(new.starts_at),
        last=local_day(new.ends_at),
    )

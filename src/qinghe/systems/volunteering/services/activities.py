"""Activities: publishing them with their sessions and posts, changing them, calling them off."""

from collections.abc import Mapping, Sequence
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

from .posts import NewPost
from .telling import Telling

State = models.Activity.State
SessionState = models.Session.State
Risk = models.Session.Risk


@dataclass(frozen=True)
class Spot:
    """Where a session is: the address to the door, and the map's coordinates if they are known."""

    place: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True)
class Told:
    """What people are told before they sign up (V-01)."""

    about: str
    risks: str
    contact: str


@dataclass(frozen=True)
class NewActivity:
    """An activity to be published with all its sessions; each session has all the posts."""

    org: Org
    title: str
    kind: str
    about: str
    risks: str
    contact: str
    spot: Spot
    times: tuple[rules.Times, ...]
    posts: tuple[NewPost, ...]
    partners: tuple[Org, ...] = ()
    project: models.Project | None = None
    team: models.Team | None = None
    dangerous: bool = False
    policy: models.Policy | None = None
    cancel_hours: int = 24
    offer_minutes: int = 120


@transaction.atomic
def open_project(
    *, title: str, org: Org, about: str = "", at: datetime, by: Actor
) -> models.Project:
    """Open a project under which activities are held.

    Raises Refused: not_allowed, org_closed, project_there.
    """
    actors.require(by, Act.PUBLISH, at=org)
    orgs.check_takes_new(org=org)
    if models.Project.objects.filter(org=org, title=title).exists():
        raise Refused("project_there", f"{org.name}已有同名项目“{title}”，请直接使用。")
    project = models.Project.objects.create(
        title=title, org=org, about=about, opened_on=local_day(at)
    )
    audit.record(by=by, verb="volunteering.open_project", subject=project, at=at)
    return project


@transaction.atomic
def publish_activity(*, new: NewActivity, at: datetime, by: Actor) -> models.Activity:
    """Publish an activity that is yet to come, with its sessions and their posts.

    Raises Refused: not_allowed, org_closed, not_told, named_late_entry, not_service,
    ends_before_start, too_long, already_begun, no_session, too_many_sessions, sittings_overlap,
    held_already, host_joins_itself, no_post, post_twice, no_places, minors_in_danger, no_range,
    policy_needed, policy_of_others, policy_not_in_force, team_not_approved, team_suspended.
    """
    actors.require(by, Act.PUBLISH, at=new.org)
    _check(new, at=at)
    activity = models.Activity.objects.create(
        org=new.org,
        project=new.project,
        title=new.title,
        kind=new.kind,
        about=new.about,
        risks=new.risks,
        contact=new.contact,
        dangerous=new.dangerous,
        cancel_hours=new.cancel_hours,
        offer_minutes=new.offer_minutes,
        published_at=at,
    )
    models.CoOrganiser.objects.bulk_create(
        models.CoOrganiser(activity=activity, org=org) for org in new.partners
    )
    sessions = _insert_sessions(activity, new.spot, new.times, policy=new.policy, team=new.team)
    _insert_posts(sessions, new.posts)
    audit.record(
        by=by,
        verb="volunteering.publish_activity",
        subject=activity,
        at=at,
        detail={"sessions": len(sessions)},
    )
    return activity


@transaction.atomic
def add_sitting(
    *, activity: models.Activity, spot: Spot, times: rules.Times, at: datetime, by: Actor
) -> models.Session:
    """Add one more session to an activity, with the posts of its last one.

    Raises Refused: not_allowed, wrong_state, already_begun, ends_before_start, too_long,
    sittings_overlap, held_already, not_service, policy_needed, policy_not_in_force,
    team_not_approved, team_suspended.
    """
    activity = _locked(activity)
    actors.require(by, Act.PUBLISH, at=activity.org)
    if activity.state != State.PUBLISHED:
        raise Refused("wrong_state", "活动已经取消，不能增加场次。")
    _check_times(activity.title, (times,), at=at)
    live = activity.sessions.filter(state=SessionState.PUBLISHED)
    rules.check_apart_in_time([*live.values_list("starts_at", "ends_at"), times])
    last = activity.sessions.select_related("team").order_by("-starts_at").first()
    posts = tuple(NewPost.of(post) for post in last.posts.all()) if last else ()
    policy = last.policy if last else None
    _check_insured(activity, (times,), policy=policy)
    team = last.team if last else None
    if team:
        team.check_may_serve()
    (session,) = _insert_sessions(activity, spot, (times,), policy=policy, team=team)
    _insert_posts([session], posts)
    audit.record(by=by, verb="volunteering.add_sitting", subject=session, at=at)
    return session


@transaction.atomic
def move_sitting(
    *, session: models.Session, spot: Spot, times: rules.Times, at: datetime, by: Actor
) -> models.Session:
    """Give a session of an activity another time or place, and tell those signed up.

    Raises Refused: not_allowed, wrong_state, begun, already_begun, ends_before_start, too_long,
    sittings_overlap, policy_not_in_force.
    """
    found = models.Session.objects.select_for_update(of=("self",))
    session = found.select_related("org", "activity__org", "policy__org").get(pk=session.pk)
    actors.require(by, Act.PUBLISH, at=session.org)
    if session.state != SessionState.PUBLISHED:
        raise Refused("wrong_state", "这一场已经取消，不能改时间地点。")
    if session.starts_at <= at:
        raise Refused("begun", "这一场已经开始，不能改时间地点，没有改动。")
    _check_times(session.title, (times,), at=at)
    others = models.Session.objects.filter(
        activity=session.activity_id, activity__isnull=False, state=SessionState.PUBLISHED
    ).exclude(pk=session.pk)
    rules.check_apart_in_time([*others.values_list("starts_at", "ends_at"), times])
    if session.activity:
        _check_insured(session.activity, (times,), policy=session.policy)
    if _same(session, spot, times):
        return session
    session.place, session.latitude, session.longitude = spot.place, spot.latitude, spot.longitude
    session.starts_at, session.ends_at = times
    session.day = local_day(session.starts_at)
    session.changes += 1
    session.save()
    models.SignUp.objects.filter(post__session=session).update(told_evening=False, told_soon=False)
    Telling(session, at).moved()
    audit.record(
        by=by,
        verb="volunteering.move_sitting",
        subject=session,
        at=at,
        detail={"place": spot.place, "starts_at": times[0].isoformat()},
    )
    return session


@transaction.atomic
def cancel_activity(
    *, activity: models.Activity, reason: str, at: datetime, by: Actor
) -> models.Activity:
    """Call off an activity with all its sessions to come, and tell those signed up.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    activity = _locked(activity)
    actors.require(by, Act.PUBLISH, at=activity.org)
    rules.check_move(rules.ACTIVITY_MOVES, now=activity.state, to=State.CANCELLED, what="活动")
    activity.state = State.CANCELLED
    activity.save(update_fields=["state"])
    ahead = activity.sessions.select_for_update().filter(
        state=SessionState.PUBLISHED, starts_at__gt=at
    )
    called_off = [session for session in ahead if not session.attendances.exists()]
    for session in called_off:
        session.state, session.changes = SessionState.CANCELLED, session.changes + 1
        session.save(update_fields=["state", "changes"])
        Telling(session, at).called_off(reason=reason)
    audit.record(
        by=by,
        verb="volunteering.cancel_activity",
        subject=activity,
        at=at,
        detail={"reason": reason, "sessions": len(called_off)},
    )
    return activity


@transaction.atomic
def amend_activity(
    *, activity: models.Activity, told: Told, at: datetime, by: Actor
) -> models.Activity:
    """Say anew what an activity is, at what risk, and whom to ask; what is not whole is refused.

    Raises Refused: not_allowed, not_told, wrong_state.
    """
    activity = _locked(activity)
    actors.require(by, Act.PUBLISH, at=activity.org)
    if activity.state != State.PUBLISHED:
        raise Refused("wrong_state", "活动已经取消，不能再改说明。")
    rules.check_told(about=told.about, risks=told.risks, contact=told.contact)
    activity.about, activity.risks, activity.contact = told.about, told.risks, told.contact
    activity.save(update_fields=["about", "risks", "contact"])
    audit.record(by=by, verb="volunteering.amend_activity", subject=activity, at=at)
    return activity


@transaction.atomic
def keep_template(
    *, name: str, org: Org, said: Mapping[str, object], at: datetime, by: Actor
) -> models.ActivityTemplate:
    """Keep what an activity's form said, to make others from it; the same name is overwritten.

    Raises Refused: not_allowed.
    """
    actors.require(by, Act.PUBLISH, at=org)
    template, _ = models.ActivityTemplate.objects.update_or_create(
        org=org, name=name, defaults={"said": dict(said), "kept_at": at}
    )
    audit.record(by=by, verb="volunteering.keep_template", subject=template, at=at)
    return template


@transaction.atomic
def drop_template(*, template: models.ActivityTemplate, at: datetime, by: Actor) -> None:
    """Take a template away; what was made from it stays. Raises Refused: not_allowed."""
    actors.require(by, Act.PUBLISH, at=template.org)
    audit.record(by=by, verb="volunteering.drop_template", subject=template, at=at)
    template.delete()


def _check(new: NewActivity, *, at: datetime) -> None:
    orgs.check_takes_new(org=new.org)
    rules.check_told(about=new.about, risks=new.risks, contact=new.contact)
    rules.check_partners(host=new.org.code, partners=[org.code for org in new.partners])
    if new.team:
        new.team.check_may_serve()
    rules.check_session_count(len(new.times))
    _check_times(new.title, new.times, at=at)
    rules.check_apart_in_time(new.times)
    rules.check_posts(
        [(post.name, post.capacity, post.terms) for post in new.posts], dangerous=new.dangerous
    )
    _check_insured(new, new.times, policy=new.policy)
    held = models.Session.objects.filter(
        org=new.org,
        title=new.title,
        place=new.spot.place,
        state=SessionState.PUBLISHED,
        starts_at__in=[starts for starts, _ in new.times],
    )
    if held.exists():  # V-35
        raise Refused("held_already", "同一时间、地点已发布过同名活动，请勿重复发布。")


def _check_times(title: str, times: tuple[rules.Times, ...], *, at: datetime) -> None:
    for starts, ends in times:
        rules.check_session(title=title, starts_at=starts, ends_at=ends)
        rules.check_future(starts_at=starts, at=at)


def _check_insured(
    activity: NewActivity | models.Activity,
    times: tuple[rules.Times, ...],
    *,
    policy: models.Policy | None,
) -> None:
    for starts, ends in times:  # V-02
        rules.check_insured(
            risk=Risk.HIGH if activity.dangerous else Risk.ORDINARY,
            cover=policy.cover_at(activity.org) if policy else None,
            first=local_day(starts),
            last=local_day(ends),
        )


def _insert_sessions(
    activity: models.Activity,
    spot: Spot,
    times: tuple[rules.Times, ...],
    *,
    policy: models.Policy | None,
    team: models.Team | None,
) -> list[models.Session]:
    """Insert sessions in order of time, numbered on within the activity."""
    before = activity.sessions.count()
    return [
        models.Session.objects.create(
            code=f"HD{activity.pk:07d}-{before + number:02d}",
            activity=activity,
            title=activity.title,
            org=activity.org,
            team=team,
            place=spot.place,
            latitude=spot.latitude,
            longitude=spot.longitude,
            risk=Risk.HIGH if activity.dangerous else Risk.ORDINARY,
            policy=policy,
            starts_at=starts,
            ends_at=ends,
            day=local_day(starts),
        )
        for number, (starts, ends) in enumerate(sorted(times), start=1)
    ]


def _insert_posts(sessions: Sequence[models.Session], posts: Sequence[NewPost]) -> None:
    models.ServicePost.objects.bulk_create(
        post.at_session(session) for session in sessions for post in posts
    )


def _same(session: models.Session, spot: Spot, times: rules.Times) -> bool:
    there = Spot(session.place, session.latitude, session.longitude)
    return spot == there and times == (session.starts_at, session.ends_at)


def _locked(activity: models.Activity) -> models.Activity:
    found = models.Activity.objects.select_for_update(of=("self",)).select_related("org")
    return found.get(pk=activity.pk)

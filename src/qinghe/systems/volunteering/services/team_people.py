"""Who is in a team: asking, inviting, letting in, leaving; deputies (V-23)."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

from . import team_roles

State = models.TeamMember.State
Post = models.TeamPost.Post
UNDER_WAY = (models.Team.State.APPLIED, models.Team.State.NOTICED)
LIVING = (State.ASKED, State.INVITED, State.FOUNDING, State.MEMBER)
MINE = "/volunteering/mine/teams/"


@transaction.atomic
def ask_to_join(*, team: models.Team, words: str, at: datetime, by: Actor) -> models.TeamMember:
    """Ask to be let into a team. Raises Refused: not_own, wrong_state, in_team."""
    volunteer = queries.own_volunteer(by)
    if volunteer is None or volunteer.state != models.Volunteer.State.REGISTERED:
        raise Refused("not_own", "您还不是注册志愿者，没有提交；请先完成志愿者注册。")
    made = _begin(team, volunteer, state=State.ASKED, words=words, at=at)
    audit.record(by=by, verb="volunteering.ask_to_join", subject=made, at=at)
    return made


@transaction.atomic
def invite_member(
    *, team: models.Team, volunteer: models.Volunteer, at: datetime, by: Actor
) -> models.TeamMember:
    """Invite a registered volunteer; they are in once they say so.

    Raises Refused: not_allowed, not_registered, wrong_state, in_team.
    """
    actors.require(by, Act.KEEP_TEAM, at=team.org)
    if volunteer.state != models.Volunteer.State.REGISTERED:
        raise Refused("not_registered", "对方不是已注册志愿者，没有邀请，请核对编号。")
    made = _begin(team, volunteer, state=State.INVITED, words="", at=at)
    audit.record(by=by, verb="volunteering.invite_member", subject=made, at=at)
    _tell(made, title="邀请您加入志愿队伍", text=f"{team.name}邀请您加入，请答复。", at=at)
    return made


@transaction.atomic
def accept_invitation(*, member: models.TeamMember, at: datetime, by: Actor) -> models.TeamMember:
    """Join the team that invited one, or its founders. Raises Refused: not_own, wrong_state."""
    kept = _own(member, was=State.INVITED, by=by)
    if kept.team.state in UNDER_WAY:
        return _found(kept, at=at, by=by)
    return _join(kept, verb="volunteering.accept_invitation", at=at, by=by)


@transaction.atomic
def decline_invitation(*, member: models.TeamMember, at: datetime, by: Actor) -> models.TeamMember:
    """Say no to an invitation, or take one's own question back. Raises Refused: not_own, wrong_state."""
    kept = _own(member, was=None, by=by)
    if kept.state not in (State.INVITED, State.ASKED):
        raise Refused("wrong_state", "这件申请或邀请已经办结，没有改动，请刷新后再看。")
    kept.state = State.REFUSED
    kept.save(update_fields=["state"])
    _lead_oneself(kept)
    audit.record(by=by, verb="volunteering.decline_invitation", subject=kept, at=at)
    return kept


@transaction.atomic
def let_in(*, member: models.TeamMember, at: datetime, by: Actor) -> models.TeamMember:
    """Let in who asked. Raises Refused: not_allowed, own_team, wrong_state, not_registered."""
    kept = _kept(member, was=State.ASKED, by=by)
    if by.person_id == kept.volunteer.person_id:
        raise Refused("own_team", "不能同意本人的入队申请，没有改动，请由他人办理。")
    joined = _join(kept, verb="volunteering.let_in", at=at, by=by)
    _tell(joined, title="入队申请已通过", text=f"您已加入{joined.team.name}。", at=at)
    return joined


@transaction.atomic
def turn_away(
    *, member: models.TeamMember, reason: str, at: datetime, by: Actor
) -> models.TeamMember:
    """Turn away who asked. Raises Refused: not_allowed, reason_needed, wrong_state."""
    rules.check_reason(reason)
    kept = _kept(member, was=State.ASKED, by=by)
    kept.state, kept.words = State.REFUSED, reason.strip()
    kept.save(update_fields=["state", "words"])
    audit.record(
        by=by, verb="volunteering.turn_away", subject=kept, at=at, detail={"reason": reason}
    )
    _tell(kept, title="入队申请未通过", text=f"{kept.team.name}：{reason}", at=at)
    return kept


@transaction.atomic
def leave_team(*, member: models.TeamMember, at: datetime, by: Actor) -> models.TeamMember:
    """Leave a team from today. Raises Refused: not_own, wrong_state, leads_it."""
    kept = _own(member, was=State.MEMBER, by=by)
    return _part(kept, reason="", verb="volunteering.leave_team", at=at, by=by)


@transaction.atomic
def take_out(
    *, member: models.TeamMember, reason: str, at: datetime, by: Actor
) -> models.TeamMember:
    """Take a member off a team's roll from today.

    Raises Refused: not_allowed, reason_needed, wrong_state, leads_it.
    """
    rules.check_reason(reason)
    kept = _kept(member, was=State.MEMBER, by=by)
    return _part(kept, reason=reason, verb="volunteering.take_out", at=at, by=by)


@transaction.atomic
def appoint_deputy(*, member: models.TeamMember, at: datetime, by: Actor) -> models.TeamPost:
    """Let a member stand in for the head from today.

    Raises Refused: not_allowed, wrong_state, has_post, too_many_deputies.
    """
    kept = _kept(member, was=State.MEMBER, by=by)
    living = kept.team.posts.filter(ends_on__isnull=True)
    if living.filter(volunteer=kept.volunteer_id).exists():
        raise Refused("has_post", "这名成员已在本队任职，没有重复任命。")
    rules.check_deputies(count=living.filter(post=Post.DEPUTY).count())
    made = models.TeamPost.objects.create(
        team=kept.team, volunteer=kept.volunteer, post=Post.DEPUTY, starts_on=local_day(at)
    )
    audit.record(by=by, verb="volunteering.appoint_deputy", subject=kept, at=at)
    return made


@transaction.atomic
def dismiss_deputy(*, member: models.TeamMember, at: datetime, by: Actor) -> models.TeamMember:
    """End a deputy's post today; they stay a member. Raises Refused: not_allowed, wrong_state."""
    kept = _kept(member, was=State.MEMBER, by=by)
    post = kept.team.posts.filter(
        volunteer=kept.volunteer_id, post=Post.DEPUTY, ends_on__isnull=True
    ).first()
    if post is None:
        raise Refused("wrong_state", "这名成员现在不是副负责人，没有改动，请刷新后再看。")
    team_roles.end_post(post=post, on=local_day(at), at=at, by=by)
    audit.record(by=by, verb="volunteering.dismiss_deputy", subject=kept, at=at)
    return kept


@transaction.atomic
def leave_all(*, volunteer: models.Volunteer, on: date, at: datetime, by: Actor) -> None:
    """Take who is no longer on the roll out of all teams; a team may be left without a head."""
    posts = models.TeamPost.objects.filter(volunteer=volunteer, ends_on__isnull=True)
    for post in posts.select_related("team__org", "volunteer"):
        team_roles.end_post(post=post, on=on, at=at, by=by)
    rows = models.TeamMember.objects.filter(volunteer=volunteer)
    rows.filter(state=State.MEMBER).update(state=State.LEFT, left_on=on)
    rows.filter(state__in=[State.ASKED, State.INVITED, State.FOUNDING]).update(state=State.REFUSED)


def _begin(
    team: models.Team,
    volunteer: models.Volunteer,
    *,
    state: State,
    words: str,
    at: datetime,
) -> models.TeamMember:
    kept = models.Team.objects.select_for_update().get(pk=team.pk)
    if kept.state != models.Team.State.APPROVED:
        raise Refused("wrong_state", f"{kept.name}尚未成立或已注销，没有提交，请另选队伍。")
    if kept.members.filter(volunteer=volunteer, state__in=LIVING).exists():
        raise Refused("in_team", "已在队伍中，或已有未办结的申请、邀请，没有重复提交。")
    return models.TeamMember.objects.create(
        team=kept,
        volunteer=volunteer,
        state=state,
        words=words.strip(),
        asked_on=local_day(at),
    )


def _locked(member: models.TeamMember, *, was: State | None) -> models.TeamMember:
    found = models.TeamMember.objects.select_for_update(of=("self",))
    kept = found.select_related("team__org", "volunteer").get(pk=member.pk)
    if was is not None and kept.state != was:
        raise Refused("wrong_state", "成员现在的状态不能这样办理，没有改动，请刷新后再看。")
    return kept


def _kept(member: models.TeamMember, *, was: State, by: Actor) -> models.TeamMember:
    actors.require(by, Act.KEEP_TEAM, at=member.team.org)
    return _locked(member, was=was)


def _own(member: models.TeamMember, *, was: State | None, by: Actor) -> models.TeamMember:
    if member.volunteer.person_id != by.person_id:
        raise Refused("not_own", "只有本人可以办理，没有改动。")
    return _locked(member, was=was)


def _join(kept: models.TeamMember, *, verb: str, at: datetime, by: Actor) -> models.TeamMember:
    if kept.team.state != models.Team.State.APPROVED:
        raise Refused("wrong_state", "队伍尚未成立或已注销，没有改动。")
    if kept.volunteer.state != models.Volunteer.State.REGISTERED:
        raise Refused("not_registered", "志愿者尚未注册或已退出，没有改动。")
    rules.check_move(rules.MEMBER_MOVES, now=kept.state, to=State.MEMBER, what="成员")
    kept.state, kept.joined_on = State.MEMBER, local_day(at)
    kept.save(update_fields=["state", "joined_on"])
    audit.record(by=by, verb=verb, subject=kept, at=at)
    return kept


def _found(kept: models.TeamMember, *, at: datetime, by: Actor) -> models.TeamMember:
    """Count somebody among the founders of a team that is still under way."""
    if kept.volunteer.state != models.Volunteer.State.REGISTERED:
        raise Refused("not_registered", "志愿者尚未注册或已退出，没有改动。")
    rules.check_move(rules.MEMBER_MOVES, now=kept.state, to=State.FOUNDING, what="成员")
    kept.state = State.FOUNDING
    kept.save(update_fields=["state"])
    audit.record(by=by, verb="volunteering.agree_to_found", subject=kept, at=at)
    return kept


def _lead_oneself(kept: models.TeamMember) -> None:
    """Let the applicant lead where whom they proposed as head will not."""
    asked = kept.team.head_changes.filter(
        state=models.HeadChange.State.APPLIED, volunteer=kept.volunteer, reason=queries.AT_FOUNDING
    )
    for change in asked:
        own = models.Volunteer.objects.get(person=change.applied_by_id)
        change.volunteer = own
        change.save(update_fields=["volunteer"])


def _part(
    kept: models.TeamMember, *, reason: str, verb: str, at: datetime, by: Actor
) -> models.TeamMember:
    living = kept.team.posts.filter(volunteer=kept.volunteer_id, ends_on__isnull=True)
    posts = list(living.select_related("team__org", "volunteer"))
    if any(post.post == Post.HEAD for post in posts):
        raise Refused("leads_it", "负责人不能直接离队，没有改动；请先办理负责人变更。")
    today = local_day(at)
    for post in posts:
        team_roles.end_post(post=post, on=today, at=at, by=by)
    rules.check_move(rules.MEMBER_MOVES, now=kept.state, to=State.LEFT, what="成员")
    kept.state, kept.left_on = State.LEFT, today
    kept.words = reason.strip() or kept.words
    kept.save(update_fields=["state", "left_on", "words"])
    detail = {"reason": reason} if reason else {}
    audit.record(by=by, verb=verb, subject=kept, at=at, detail=detail)
    return kept


def _tell(member: models.TeamMember, *, title: str, text: str, at: datetime) -> None:
    notices.notify(
        person_ids=[member.volunteer.person_id],
        kind=Kind.RESULT,
        title=title,
        text=text,
        url=MINE,
        at=at,
    )

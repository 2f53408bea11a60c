"""Another head for a team: asked for by those who keep it, agreed to by its host."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from . import team_roles

State = models.HeadChange.State
MINE = "/volunteering/mine/teams/"


@transaction.atomic
def ask_for_head(
    *, member: models.TeamMember, reason: str, at: datetime, by: Actor
) -> models.HeadChange:
    """Ask that a member leads the team.

    Raises Refused: not_allowed, reason_needed, wrong_state, leads_it, change_open.
    """
    rules.check_reason(reason)
    actors.require(by, Act.KEEP_TEAM, at=member.team.org)
    team = models.Team.objects.select_for_update().get(pk=member.team_id)
    if (team.state, member.state) != (models.Team.State.APPROVED, models.TeamMember.State.MEMBER):
        raise Refused("wrong_state", "只有在队成员可以担任已成立队伍的负责人，没有提交。")
    if team.posts.filter(volunteer=member.volunteer_id, post="head", ends_on=None).exists():
        raise Refused("leads_it", "这名成员现在就是负责人，没有提交。")
    if team.head_changes.filter(state=State.APPLIED).exists():
        raise Refused("change_open", "已有一件负责人变更在审核，没有重复提交，请等待办结。")
    made = models.HeadChange.objects.create(
        team=team,
        volunteer=member.volunteer,
        reason=reason.strip(),
        applied_by_id=by.person_id,
        applied_on=local_day(at),
    )
    audit.record(by=by, verb="volunteering.ask_for_head", subject=team, at=at)
    return made


@transaction.atomic
def approve_head(*, change: models.HeadChange, at: datetime, by: Actor) -> models.HeadChange:
    """Let the one go and the other lead, from today.

    Raises Refused: not_allowed, own_team, wrong_state, not_registered.
    """
    kept = _decided(change, to=State.APPROVED, words="", at=at, by=by)
    member = kept.team.members.filter(
        volunteer=kept.volunteer_id, state=models.TeamMember.State.MEMBER
    )
    if not member.exists():
        raise Refused("not_registered", "拟任负责人已不在队，没有改动；请退回后重新申请。")
    team_roles.begin_head(team=kept.team, volunteer=kept.volunteer, on=local_day(at), at=at, by=by)
    audit.record(by=by, verb="volunteering.approve_head", subject=kept.team, at=at)
    notices.notify(
        person_ids=[kept.volunteer.person_id],
        kind=Kind.RESULT,
        title="您已担任志愿队伍负责人",
        text=f"您自今日起担任{kept.team.name}负责人。",
        url=MINE,
        at=at,
    )
    return kept


@transaction.atomic
def refuse_head(
    *, change: models.HeadChange, reason: str, at: datetime, by: Actor
) -> models.HeadChange:
    """Leave the head as it is. Raises Refused: not_allowed, reason_needed, own_team, wrong_state."""
    rules.check_reason(reason)
    kept = _decided(change, to=State.REFUSED, words=reason, at=at, by=by)
    audit.record(
        by=by,
        verb="volunteering.refuse_head",
        subject=kept.team,
        at=at,
        detail={"reason": reason},
    )
    return kept


def _decided(
    change: models.HeadChange, *, to: State, words: str, at: datetime, by: Actor
) -> models.HeadChange:
    found = models.HeadChange.objects.select_for_update(of=("self",))
    kept = found.select_related("team__org", "volunteer__person").get(pk=change.pk)
    actors.require(by, Act.APPROVE_TEAM, at=kept.team.org)
    rules.check_not_own_team(
        decider_id=by.person_id, concerned={kept.volunteer.person_id, kept.applied_by_id}
    )
    if kept.team.state != models.Team.State.APPROVED:
        raise Refused("wrong_state", "队伍尚未成立或已注销，没有改动。")
    rules.check_move(rules.HEAD_CHANGE_MOVES, now=kept.state, to=to, what="变更申请")
    kept.state, kept.words = to, words.strip()
    kept.decided_by_id, kept.decided_on = by.person_id, local_day(at)
    kept.save(update_fields=["state", "words", "decided_by", "decided_on"])
    return kept

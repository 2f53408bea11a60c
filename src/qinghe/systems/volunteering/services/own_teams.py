"""A volunteer founds a team from the phone: whom they name says yes for themself (ADR 0074)."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs import services as orgs
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules

from .teams import OwnTeam, begin_application, drop_application

State = models.Team.State
Member = models.TeamMember.State
MINE = "/volunteering/mine/teams/"


@transaction.atomic
def propose_team(*, new: OwnTeam, at: datetime, by: Actor) -> models.Team:
    """Apply for a team in one's own name; those named are asked, and review begins with their yes.

    Raises Refused: not_own, not_near, org_closed, one_at_a_time, too_few_founders, not_registered,
    compound_needed, not_in_community.
    """
    mine = _applicant(by)
    if not queries.hosts_near(by).filter(pk=new.org.pk).exists():
        raise Refused("not_near", "只能向本人的主组织或本街道的社区申请，没有提交，请另选。")
    orgs.check_takes_new(org=new.org)
    rules.check_one_application(
        waiting=[one.name for one in queries.own_applications(by).filter(state=State.APPLIED)]
    )
    head = new.head or mine
    named = dict.fromkeys((mine, head, *new.founders), Member.INVITED) | {mine: Member.FOUNDING}
    code = _code(mine, today=local_day(at))
    team = begin_application(new=new, code=code, head=head, said=named, at=at, by=by)
    audit.record(by=by, verb="volunteering.propose_team", subject=team, at=at)
    _ask([one for one in named if one != mine], team, at=at)
    return team


@transaction.atomic
def invite_founder(
    *, team: models.Team, volunteer: models.Volunteer, at: datetime, by: Actor
) -> models.TeamMember:
    """Ask one more volunteer to found a team with one, until it is reviewed.

    Raises Refused: not_own, wrong_state, not_registered, in_team.
    """
    kept = _own(team, by=by)
    if volunteer.state != models.Volunteer.State.REGISTERED:
        raise Refused("not_registered", f"{volunteer.number}不是已注册志愿者，没有邀请，请核对。")
    if kept.members.filter(volunteer=volunteer, state__in=[Member.INVITED, Member.FOUNDING]):
        raise Refused("in_team", "对方已在发起成员名单里，没有重复邀请。")
    made = models.TeamMember.objects.create(
        team=kept, volunteer=volunteer, asked_on=local_day(at), state=Member.INVITED
    )
    audit.record(by=by, verb="volunteering.invite_founder", subject=kept, at=at)
    _ask([volunteer], kept, at=at)
    return made


@transaction.atomic
def take_back_team(*, team: models.Team, at: datetime, by: Actor) -> models.Team:
    """Take one's own application back before the notice. Raises Refused: not_own, wrong_state."""
    kept = _own(team, by=by)
    rules.check_move(rules.TEAM_MOVES, now=kept.state, to=State.WITHDRAWN, what="队伍")
    kept.state = State.WITHDRAWN
    drop_application(team=kept, words="发起人已撤回申请", at=at, by=by)
    audit.record(by=by, verb="volunteering.withdraw_team", subject=kept, at=at)
    return kept


def _applicant(by: Actor) -> models.Volunteer:
    """Return who applies, locked: one application at a time."""
    mine = queries.own_volunteer(by)
    if mine is None or mine.state != models.Volunteer.State.REGISTERED:
        raise Refused("not_own", "您还不是注册志愿者，没有提交；请先完成志愿者注册。")
    return models.Volunteer.objects.select_for_update().get(pk=mine.pk)


def _own(team: models.Team, *, by: Actor) -> models.Team:
    """Return one's own application anew and locked, while it waits for its review."""
    if not queries.own_applications(by).filter(pk=team.pk).exists():
        raise Refused("not_own", "只有发起人可以办理，没有改动。")
    kept = models.Team.objects.select_for_update(of=("self",)).select_related("org").get(pk=team.pk)
    if kept.state != State.APPLIED:
        raise Refused("wrong_state", "申请已经审核或撤回，没有改动，请刷新后再看。")
    return kept


def _code(mine: models.Volunteer, *, today: date) -> str:
    """Return a code that nobody has: of the day, the applicant and how often they applied."""
    begin = f"ZF{today:%Y%m%d}-{mine.pk}"
    again = models.Team.objects.filter(code__startswith=f"{begin}-").count()
    return f"{begin}-{again + 1}"


def _ask(named: list[models.Volunteer], team: models.Team, *, at: datetime) -> None:
    notices.notify(
        person_ids=[one.person_id for one in named],
        kind=Kind.RESULT,
        title="邀请您发起志愿队伍",
        text=f"{team.org.name}有志愿者邀请您一同发起{team.name}，请答复；同意后才计入发起成员。",
        url=MINE,
        at=at,
    )

"""Teams: an application, its review, its notice, the founding; closing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.kinds import Level
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.lib.workdays import workday_after
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

from . import team_roles
from .team_telling import TeamTelling

State = models.Team.State
Objection = models.TeamObjection.State
Member = models.TeamMember.State


@dataclass(frozen=True)
class OwnTeam:
    """A team that a volunteer would found: who leads it, and who else is named."""

    name: str
    org: Org
    head: models.Volunteer | None = None  # the applicant, where nobody is named
    founders: tuple[models.Volunteer, ...] = ()
    kind: str = models.Team.Kind.GROUP
    compound: str = ""
    scope: str = ""


@dataclass(frozen=True, kw_only=True)
class NewTeam(OwnTeam):
    """A team that its host founds under a code: the head counts among the founders."""

    code: str


@transaction.atomic
def found_team(*, new: NewTeam, at: datetime, by: Actor) -> models.Team:
    """Apply for a team under the scheme of the day.

    Raises Refused: not_allowed, org_closed, code_taken, too_few_founders, not_registered,
    compound_needed, not_in_community.
    """
    actors.require(by, Act.FOUND_TEAM, at=new.org)
    orgs.check_takes_new(org=new.org)
    named = (*new.founders, new.head) if new.head else new.founders
    said = dict.fromkeys(named, Member.FOUNDING)
    team = begin_application(new=new, code=new.code, head=new.head, said=said, at=at, by=by)
    audit.record(by=by, verb="volunteering.found_team", subject=team, at=at)
    return team


@transaction.atomic
def begin_application(
    *,
    new: OwnTeam,
    code: str,
    head: models.Volunteer | None,
    said: Mapping[models.Volunteer, Member],
    at: datetime,
    by: Actor,
) -> models.Team:
    """Write down a team to be: whom it names, what each has said so far, and who shall lead it.

    Raises Refused: code_taken, too_few_founders, not_registered, compound_needed, not_in_community.
    """
    today = local_day(at)
    rules.check_all_registered(
        strangers=[one.number for one in said if one.state != models.Volunteer.State.REGISTERED]
    )
    rules.check_founders(
        count=len(said) if head else 0,
        least=queries.team_scheme_on(by, today).least_members,
    )
    rules.check_compound(
        kind=new.kind, compound=new.compound, at_community=new.org.level == Level.COMMUNITY
    )
    if models.Team.objects.filter(code=code).exists():
        raise Refused("code_taken", f"队伍编号{code}已被使用，请换一个编号。")
    team = models.Team.objects.create(
        code=code,
        name=new.name,
        org=new.org,
        kind=new.kind,
        compound=new.compound.strip(),
        scope=new.scope.strip(),
        applied_on=today,
    )
    models.TeamMember.objects.bulk_create(
        models.TeamMember(team=team, volunteer=one, asked_on=today, state=state)
        for one, state in said.items()
    )
    if head:
        models.HeadChange.objects.create(
            team=team,
            volunteer=head,
            reason=queries.AT_FOUNDING,
            applied_by_id=by.person_id,
            applied_on=today,
        )
    return team


@transaction.atomic
def approve_team(*, team: models.Team, at: datetime, by: Actor) -> models.Team:
    """Agree to an application: it goes on notice, or stands at once where the scheme asks for none.

    Raises Refused: not_allowed, own_team, wrong_state, org_closed, too_few_founders, head_unasked.
    """
    team = _locked(team, by=by)
    orgs.check_takes_new(org=team.org)
    today = local_day(at)
    scheme = queries.team_scheme_on(by, team.applied_on)
    answers = queries.answers_of(by, team)
    rules.check_answered(
        agreed=answers.agreed, least=scheme.least_members, head_agreed=answers.head_agreed
    )
    days = scheme.notice_days
    if not days:
        return _stand(team, verb="volunteering.approve_team", at=at, by=by)
    _move(team, to=State.NOTICED)
    team.notice_from, team.notice_until = today, workday_after(today, count=days)
    team.save(update_fields=["state", "notice_from", "notice_until"])
    audit.record(by=by, verb="volunteering.announce_team", subject=team, at=at)
    TeamTelling(team, at).noticed()
    return team


@transaction.atomic
def stand_team(*, team: models.Team, at: datetime, by: Actor) -> models.Team:
    """Let a team stand from today, once its notice is over and nothing is held against it.

    Raises Refused: not_allowed, own_team, wrong_state, on_notice, objected, org_closed.
    """
    team = _locked(team, by=by)
    orgs.check_takes_new(org=team.org)
    rules.check_move(
        {State.NOTICED: frozenset({State.APPROVED})},
        now=team.state,
        to=State.APPROVED,
        what="队伍",
    )
    rules.check_team_notice_over(
        until=team.notice_until,
        today=local_day(at),
        open_objections=team.objections.filter(state=Objection.OPEN).count(),
    )
    return _stand(team, verb="volunteering.approve_team", at=at, by=by)


@transaction.atomic
def refuse_team(*, team: models.Team, reason: str, at: datetime, by: Actor) -> models.Team:
    """Turn a team down. Raises Refused: not_allowed, own_team, wrong_state, reason_needed."""
    rules.check_reason(reason)
    team = _locked(team, by=by)
    _move(team, to=State.REFUSED)
    TeamTelling(team, at).refused(reason=reason)
    drop_application(team=team, words=reason.strip(), at=at, by=by)
    detail = {"reason": reason}
    audit.record(by=by, verb="volunteering.refuse_team", subject=team, at=at, detail=detail)
    return team


@transaction.atomic
def withdraw_team(*, team: models.Team, at: datetime, by: Actor) -> models.Team:
    """Take an application back while nothing is founded. Raises Refused: not_allowed, wrong_state."""
    team = models.Team.objects.select_for_update(of=("self",)).select_related("org").get(pk=team.pk)
    actors.require(by, Act.FOUND_TEAM, at=team.org)
    _move(team, to=State.WITHDRAWN)
    drop_application(team=team, words="", at=at, by=by)
    audit.record(by=by, verb="volunteering.withdraw_team", subject=team, at=at)
    return team


@transaction.atomic
def close_team(*, team: models.Team, reason: str, at: datetime, by: Actor) -> models.Team:
    """End a team today, its members' days and its head's; its sessions stay.

    Raises Refused: not_allowed, own_team, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    team = _locked(team, by=by)
    today = local_day(at)
    _move(team, to=State.CLOSED)
    team.closed_on, team.suspended_on = today, None
    team.save(update_fields=["state", "closed_on", "suspended_on"])
    TeamTelling(team, at).closed(reason=reason)
    team.standings.filter(ends_on__isnull=True).update(ends_on=today)
    team.members.filter(state=Member.MEMBER).update(state=Member.LEFT, left_on=today)
    team.members.filter(state__in=[Member.ASKED, Member.INVITED]).update(state=Member.REFUSED)
    _settle_requests(team, today=today, by=by)
    for post in team.posts.filter(ends_on__isnull=True).select_related("team__org", "volunteer"):
        team_roles.end_post(post=post, on=today, at=at, by=by)
    detail = {"reason": reason}
    audit.record(by=by, verb="volunteering.close_team", subject=team, at=at, detail=detail)
    return team


def _locked(team: models.Team, *, by: Actor) -> models.Team:
    found = models.Team.objects.select_for_update(of=("self",)).select_related("org__parent")
    kept = found.get(pk=team.pk)
    actors.require(by, Act.APPROVE_TEAM, at=kept.org.parent or kept.org)
    leading = kept.head_changes.filter(state=models.HeadChange.State.APPLIED)
    posts = kept.posts.filter(ends_on__isnull=True)
    rules.check_not_own_team(
        decider_id=by.person_id,
        concerned={
            *leading.values_list("volunteer__person_id", flat=True),
            *posts.values_list("volunteer__person_id", flat=True),
        },
    )
    return kept


def _move(team: models.Team, *, to: State) -> None:
    rules.check_move(rules.TEAM_MOVES, now=team.state, to=to, what="队伍")
    team.state = to


def _stand(team: models.Team, *, verb: str, at: datetime, by: Actor) -> models.Team:
    today = local_day(at)
    _move(team, to=State.APPROVED)
    team.approved_on = today
    team.save(update_fields=["state", "approved_on"])
    models.TeamStanding.objects.create(team=team, starts_on=today)
    founding = team.members.filter(state=Member.FOUNDING)
    founding.exclude(volunteer__state=models.Volunteer.State.REGISTERED).update(
        state=Member.REFUSED
    )
    founding.update(state=Member.MEMBER, joined_on=today)
    asked = team.head_changes.filter(state=models.HeadChange.State.APPLIED)
    for change in asked.select_related("volunteer__person"):
        change.state = models.HeadChange.State.APPROVED
        change.decided_by_id, change.decided_on = by.person_id, today
        change.save(update_fields=["state", "decided_by", "decided_on"])
        if change.volunteer.state == models.Volunteer.State.REGISTERED:
            team_roles.begin_head(team=team, volunteer=change.volunteer, on=today, at=at, by=by)
    audit.record(by=by, verb=verb, subject=team, at=at)
    TeamTelling(team, at).stands()
    return team


@transaction.atomic
def drop_application(*, team: models.Team, words: str, at: datetime, by: Actor) -> None:
    """Keep that a team is not founded, and why, with all who were named for it."""
    team.save(update_fields=["state"])
    named = team.members.filter(state__in=[Member.FOUNDING, Member.INVITED])
    named.update(state=Member.REFUSED, words=words)
    _settle_requests(team, today=local_day(at), by=by)


def _settle_requests(team: models.Team, *, today: date, by: Actor) -> None:
    """End with the team what was asked for it: no head for what does not stand."""
    team.head_changes.filter(state=models.HeadChange.State.APPLIED).update(
        state=models.HeadChange.State.REFUSED, decided_by=by.person_id, decided_on=today
    )

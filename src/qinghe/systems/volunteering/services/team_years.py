"""The yearly confirmation of teams, and the suspension of those that fail it."""

from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act

State = models.TeamConfirmation.State


@transaction.atomic
def confirm_team(
    *, team: models.Team, words: str, at: datetime, by: Actor
) -> models.TeamConfirmation:
    """Say for a team who leads it, with how many members, and let the records say how often it met.

    What is overdue goes first. Raises Refused: not_allowed, wrong_state, no_head, out_of_season.
    """
    actors.require(by, Act.KEEP_TEAM, at=team.org)
    kept = _locked(team)
    head = kept.posts.filter(post=models.TeamPost.Post.HEAD, ends_on__isnull=True).first()
    if head is None:
        raise Refused("no_head", "队伍没有负责人，没有提交；请先办理负责人变更。")
    today = local_day(at)
    year = _year(kept, today=today, by=by)
    made = models.TeamConfirmation.objects.create(
        team=kept,
        year=year,
        head=head.volunteer,
        members=kept.members.filter(state=models.TeamMember.State.MEMBER).count(),
        sessions=queries.sessions_in_year(by, kept, year),
        words=words.strip(),
        submitted_by_id=by.person_id,
        submitted_on=today,
    )
    audit.record(
        by=by, verb="volunteering.confirm_team", subject=kept, at=at, detail={"year": year}
    )
    return made


@transaction.atomic
def accept_confirmation(
    *, confirmation: models.TeamConfirmation, at: datetime, by: Actor
) -> models.TeamConfirmation:
    """Accept what a team says; one that was suspended for want of it may publish again.

    Raises Refused: not_allowed, own_team, wrong_state.
    """
    kept = _decided(confirmation, to=State.ACCEPTED, reason="", at=at, by=by)
    team = _locked(kept.team)
    today = local_day(at)
    if team.suspended_on and _owed(team, today=today, by=by) is None:
        _lift(team, today=today)
    detail = {"year": kept.year}
    audit.record(by=by, verb="volunteering.accept_confirmation", subject=team, at=at, detail=detail)
    return kept


@transaction.atomic
def return_confirmation(
    *, confirmation: models.TeamConfirmation, reason: str, at: datetime, by: Actor
) -> models.TeamConfirmation:
    """Send it back to be made anew. Raises Refused: not_allowed, own_team, reason_needed, wrong_state."""
    rules.check_reason(reason)
    kept = _decided(confirmation, to=State.RETURNED, reason=reason, at=at, by=by)
    audit.record(
        by=by,
        verb="volunteering.return_confirmation",
        subject=kept.team,
        at=at,
        detail={"year": kept.year, "reason": reason},
    )
    return kept


@transaction.atomic
def suspend_team(*, team: models.Team, reason: str, at: datetime, by: Actor) -> models.Team:
    """Let a team that did not confirm itself publish no session from today on.

    Raises Refused: not_allowed, reason_needed, wrong_state, nothing_owed.
    """
    rules.check_reason(reason)
    actors.require(by, Act.APPROVE_TEAM, at=team.org)
    kept = _locked(team)
    today = local_day(at)
    if kept.suspended_on:
        raise Refused("wrong_state", "队伍已经停止发布活动，没有改动。")
    if _owed(kept, today=today, by=by) is None:
        raise Refused("nothing_owed", f"{kept.name}没有逾期未办的年度确认，不能停止，没有改动。")
    kept.suspended_on = today
    kept.save(update_fields=["suspended_on"])
    kept.standings.filter(ends_on__isnull=True).update(ends_on=today)
    audit.record(
        by=by, verb="volunteering.suspend_team", subject=kept, at=at, detail={"reason": reason}
    )
    return kept


@transaction.atomic
def resume_team(*, team: models.Team, reason: str, at: datetime, by: Actor) -> models.Team:
    """Let a suspended team publish again without its confirmation, and say why.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    actors.require(by, Act.APPROVE_TEAM, at=team.org)
    kept = _locked(team)
    if not kept.suspended_on:
        raise Refused("wrong_state", "队伍没有停止发布活动，没有改动。")
    _lift(kept, today=local_day(at))
    audit.record(
        by=by, verb="volunteering.resume_team", subject=kept, at=at, detail={"reason": reason}
    )
    return kept


def _locked(team: models.Team) -> models.Team:
    found = models.Team.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=team.pk)
    if kept.state != models.Team.State.APPROVED:
        raise Refused("wrong_state", f"{kept.name}尚未成立或已注销，没有改动。")
    return kept


def _decided(
    confirmation: models.TeamConfirmation, *, to: State, reason: str, at: datetime, by: Actor
) -> models.TeamConfirmation:
    found = models.TeamConfirmation.objects.select_for_update(of=("self",))
    kept = found.select_related("team__org", "head").get(pk=confirmation.pk)
    actors.require(by, Act.APPROVE_TEAM, at=kept.team.org)
    rules.check_not_own_team(
        decider_id=by.person_id, concerned={kept.submitted_by_id, kept.head.person_id}
    )
    rules.check_move(rules.CONFIRMATION_MOVES, now=kept.state, to=to, what="年度确认")
    kept.state, kept.reason = to, reason.strip()
    kept.decided_by_id, kept.decided_on = by.person_id, local_day(at)
    kept.save(update_fields=["state", "reason", "decided_by", "decided_on"])
    return kept


def _year(team: models.Team, *, today: date, by: Actor) -> int:
    span = queries.confirming(by, today)
    living = team.confirmations.filter(state__in=[State.SUBMITTED, State.ACCEPTED])
    free = {
        year for year in (span.asked, span.due) if year is not None and not _owes(team, year=year)
    }
    return rules.check_confirmed_in_time(
        asked=span.asked,
        due=span.due,
        confirmed={*living.values_list("year", flat=True), *free},
    )


def _owed(team: models.Team, *, today: date, by: Actor) -> int | None:
    """Return the year whose window is over and that the team has not had accepted."""
    due = queries.confirming(by, today).due
    if due is None or not _owes(team, year=due):
        return None
    accepted = team.confirmations.filter(year=due, state=State.ACCEPTED).exists()
    return None if accepted else due


def _owes(team: models.Team, *, year: int) -> bool:
    return team.approved_on is not None and rules.owes_confirmation(
        approved_on=team.approved_on, year=year
    )


def _lift(team: models.Team, *, today: date) -> None:
    team.suspended_on = None
    team.save(update_fields=["suspended_on"])
    models.TeamStanding.objects.create(team=team, starts_on=today)

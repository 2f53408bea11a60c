"""Teams: founding, approval, refusal, closing."""

from dataclasses import dataclass
from datetime import datetime

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

State = models.Team.State


@dataclass(frozen=True)
class NewTeam:
    """A team to be founded."""

    code: str
    name: str
    org: Org


@transaction.atomic
def found_team(*, new: NewTeam, at: datetime, by: Actor) -> models.Team:
    """Apply for a team. Raises Refused: not_allowed, org_closed, code_taken."""
    actors.require(by, Act.FOUND_TEAM, at=new.org)
    orgs.check_takes_new(org=new.org)
    if models.Team.objects.filter(code=new.code).exists():
        raise Refused("code_taken", f"队伍编号{new.code}已被使用，请换一个编号。")
    team = models.Team.objects.create(
        code=new.code, name=new.name, org=new.org, applied_on=local_day(at)
    )
    audit.record(by=by, verb="volunteering.found_team", subject=team, at=at)
    return team


@transaction.atomic
def approve_team(*, team: models.Team, at: datetime, by: Actor) -> models.Team:
    """Let a team stand from today. Raises Refused: not_allowed, wrong_state, org_closed."""
    team = _locked(team, by=by)
    orgs.check_takes_new(org=team.org)
    _move(team, to=State.APPROVED)
    team.approved_on = local_day(at)
    team.save(update_fields=["state", "approved_on"])
    audit.record(by=by, verb="volunteering.approve_team", subject=team, at=at)
    return team


@transaction.atomic
def refuse_team(*, team: models.Team, reason: str, at: datetime, by: Actor) -> models.Team:
    """Turn a team down. Raises Refused: not_allowed, wrong_state, reason_needed."""
    rules.check_reason(reason)
    team = _locked(team, by=by)
    _move(team, to=State.REFUSED)
    team.save(update_fields=["state"])
    audit.record(
        by=by, verb="volunteering.refuse_team", subject=team, at=at, detail={"reason": reason}
    )
    return team


@transaction.atomic
def close_team(*, team: models.Team, reason: str, at: datetime, by: Actor) -> models.Team:
    """End a team today; its sessions stay. Raises Refused: not_allowed, wrong_state, reason_needed."""
    rules.check_reason(reason)
    team = _locked(team, by=by)
    _move(team, to=State.CLOSED)
    team.closed_on = local_day(at)
    team.save(update_fields=["state", "closed_on"])
    audit.record(
        by=by, verb="volunteering.close_team", subject=team, at=at, detail={"reason": reason}
    )
    return team


def _locked(team: models.Team, *, by: Actor) -> models.Team:
    found = models.Team.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=team.pk)
    actors.require(by, Act.APPROVE_TEAM, at=kept.org)
    return kept


def _move(team: models.Team, *, to: State) -> None:
    rules.check_move(rules.TEAM_MOVES, now=team.state, to=to, what="队伍")
    team.state = to

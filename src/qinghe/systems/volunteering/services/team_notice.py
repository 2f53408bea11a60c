"""What is held against a team on notice, and what came of it."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

State = models.TeamObjection.State


@transaction.atomic
def object_to_team(
    *, team: models.Team, words: str, at: datetime, by: Actor
) -> models.TeamObjection:
    """Hold something against a team while it is on notice, in one's own name.

    Raises Refused: reason_needed, wrong_state, objected.
    """
    rules.check_reason(words)
    kept = models.Team.objects.select_for_update().get(pk=team.pk)
    over = kept.notice_until is None or local_day(at) > kept.notice_until
    if kept.state != models.Team.State.NOTICED or over:
        raise Refused("wrong_state", "这支队伍不在公示期内，没有提交；请向主组织反映。")
    if kept.objections.filter(person=by.person_id, state=State.OPEN).exists():
        raise Refused("objected", "您对这支队伍的异议正在核实，没有重复提交。")
    made = models.TeamObjection.objects.create(
        team=kept, person_id=by.person_id, words=words.strip(), at=at
    )
    audit.record(by=by, verb="volunteering.object_to_team", subject=kept, at=at)
    return made


@transaction.atomic
def answer_team_objection(
    *,
    objection: models.TeamObjection,
    verdict: models.TeamObjection.State,
    answer: str,
    at: datetime,
    by: Actor,
) -> models.TeamObjection:
    """Say whether an objection holds. Founding or refusing stays an act of its own.

    Raises Refused: not_allowed, reason_needed, wrong_state, own_team.
    """
    if verdict not in (State.UPHELD, State.DISMISSED):
        raise ValueError("an objection is upheld or dismissed")
    rules.check_reason(answer)
    found = models.TeamObjection.objects.select_for_update(of=("self",))
    kept = found.select_related("team__org__parent").get(pk=objection.pk)
    org = kept.team.org
    actors.require(by, Act.APPROVE_TEAM, at=org.parent or org)
    rules.check_not_own_team(decider_id=by.person_id, concerned={kept.person_id})
    if kept.state != State.OPEN:
        raise Refused("wrong_state", "这条异议已经核实过，没有改动。")
    kept.state, kept.answer = verdict, answer.strip()
    kept.answered_by_id, kept.answered_at = by.person_id, at
    kept.save(update_fields=["state", "answer", "answered_by", "answered_at"])
    audit.record(
        by=by,
        verb="volunteering.answer_team_objection",
        subject=kept.team,
        at=at,
        detail={"state": verdict.value},
    )
    return kept

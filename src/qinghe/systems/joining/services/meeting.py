"""The branch's meeting votes on one applicant (step 11)."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.systems.joining import models, rules

from .turns import Turn

Case = models.Case
NOT_CARRIED = "支部大会表决未通过"


@dataclass(frozen=True)
class Vote:
    """Who was entitled, who came, and how they voted."""

    entitled: int
    present: int
    agreed: int
    opposed: int
    abstained: int


@transaction.atomic
def hold_meeting(
    *, case: Case, on: date, vote: Vote, words: str = "", at: datetime, by: Actor
) -> Case:
    """Write down the vote. Not carried by more than half of those entitled, the case ends there.

    Raises Refused: wrong_votes, no_quorum, wrong_order and what Turn.take raises.
    """
    rules.check_every_vote(**asdict(vote))
    rules.check_quorum(entitled=vote.entitled, present=vote.present)
    turn = Turn.take(case, 11, on=on, at=at, by=by)
    rules.check_days_of_paper(opinion=turn.standing.days[10], meeting=on)
    models.Meeting.objects.create(case=turn.case, on=on, **asdict(vote))
    detail = {"on": str(on), **asdict(vote)}
    if rules.is_carried(entitled=vote.entitled, agreed=vote.agreed):
        kept = turn.settle(on=on, by_id=by.person_id, words=words.strip())
        kept.save()
    else:
        kept = Turn.end(turn.case, to=Case.State.REFUSED, reason=NOT_CARRIED, on=on, at=at, by=by)
    audit.record(by=by, verb="joining.hold_meeting", subject=kept, at=at, detail=detail)
    return kept

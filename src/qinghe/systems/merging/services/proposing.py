"""Proposing that two rows are one person, or saying that they are not."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.merging import models, rules
from qinghe.systems.merging.access import Act

from .standing import Standing

State = models.Merge.State


@dataclass(frozen=True)
class NewMerge:
    """Which row goes into which, why, and what was chosen where both say something."""

    kept: Person
    duplicate: Person
    reason: str
    branch: Org | None = None
    stands: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def propose_merge(*, new: NewMerge, at: datetime, by: Actor) -> models.Merge:
    """Ask another officer to merge two rows.

    Raises Refused: nowhere, not_allowed, oneself, reason_needed, already_proposed.
    """
    pair = [new.kept.pk, new.duplicate.pk]
    org = Standing.common_org(pair, on=local_day(at), by=by)
    actors.require(by, Act.PROPOSE, at=org)
    rules.check_stranger(by=by.person_id, persons=pair)
    why = rules.check_reason(new.reason)
    opened = models.Merge.objects.filter(state=State.PROPOSED)
    about = Q(kept__in=pair) | Q(duplicate__in=pair)
    rules.check_open_pair(is_open=opened.filter(about).exists())
    made = models.Merge.objects.create(
        kept=new.kept,
        duplicate=new.duplicate,
        org=org,
        reason=why,
        branch=new.branch,
        stands=new.stands,
        proposed_by_id=by.person_id,
        proposed_at=at,
    )
    audit.record(
        by=by,
        verb="merging.propose_merge",
        subject=made,
        at=at,
        detail={"kept": new.kept.number, "duplicate": new.duplicate.number, "reason": why},
    )
    return made


@transaction.atomic
def tell_apart(*, one: Person, other: Person, reason: str, at: datetime, by: Actor) -> models.Apart:
    """Write down that two who look alike are two. Safe to repeat.

    Raises Refused: nowhere, not_allowed, oneself, reason_needed.
    """
    pair = sorted([one.pk, other.pk])
    actors.require(by, Act.PROPOSE, at=Standing.common_org(pair, on=local_day(at), by=by))
    rules.check_stranger(by=by.person_id, persons=pair)
    why = rules.check_reason(reason)
    made, is_new = models.Apart.objects.get_or_create(
        first_id=pair[0],
        second_id=pair[1],
        defaults={"reason": why, "said_by_id": by.person_id, "said_at": at},
    )
    if is_new:
        audit.record(by=by, verb="merging.tell_apart", subject=made, at=at, detail={"reason": why})
    return made

"""What auditors leave behind: what they looked for, and what a check found."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from qinghe.edges.jobs import services as jobs
from qinghe.edges.jobs.models import Job
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.audit.models import Entry
from qinghe.lib.verdicts import Refused

from .access import Act

KIND = "oversight.verify"


@transaction.atomic
def note_search(*, page: str, chosen: Mapping[str, str], at: datetime, by: Actor) -> Entry:
    """Write down what somebody read in the trail: auditors are watched like everyone else."""
    return audit.record_event(
        by=by, verb="audit.read", at=at, detail={"page": page, **dict(chosen)}
    )


@transaction.atomic
def start_check(*, at: datetime, by: Actor) -> Job:
    """Have the whole chain checked in the background. Raises Refused: not_allowed."""
    if not actors.may_anywhere(by, Act.VERIFY):
        raise Refused("not_allowed", "您没有校验操作记录的权限，没有开始校验。")
    return jobs.start(kind=KIND, title="校验操作记录", arguments={}, at=at, by=by)

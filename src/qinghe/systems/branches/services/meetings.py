"""Meetings of branches: written down, one by one or by workbook, and called void (T-40)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.bulk import insert_many
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.branches import models, queries, rules
from qinghe.systems.branches.access import Act

Meeting = models.Meeting
COLUMNS = (
    "org_id",
    "kind",
    "day",
    "place",
    "topic",
    "entitled",
    "present",
    "counts",
    "slot",
    "covers_until",
    "quarters",
    "speaker",
    "notes",
)


@dataclass(frozen=True)
class NewMeeting:
    """A meeting as it was held; with no number of those entitled, what the roll of the day says."""

    org: Org
    kind: str
    day: date
    topic: str
    present: int
    entitled: int | None = None
    place: str = ""
    quarters: int | None = None
    speaker: str = ""
    notes: str = ""


@transaction.atomic
def record_meeting(
    *, new: NewMeeting, evidence: Collection[Upload] = (), at: datetime, by: Actor
) -> Meeting:
    """Write down a meeting; where too few came it is kept and does not count (T-40).

    Raises Refused: not_allowed, no_branch, in_future, not_there, topic_needed, entitled_needed,
    nobody_came, too_many, lesson_incomplete, no_lesson, there_already, and the codes of a file.
    """
    actors.require(by, Act.RECORD, at=new.org)
    if new.entitled is None:
        roll = queries.entitled_on(by, [new.org.pk], kind=new.kind, day=new.day)
        new = replace(new, entitled=roll.get(new.org.pk, 0))
    rules.check_meeting(new, today=local_day(at))
    topic = new.topic.strip()
    same = Meeting.objects.filter(org=new.org, kind=new.kind, day=new.day, topic=topic)
    if same.filter(state=Meeting.State.HELD).exists():
        raise Refused("there_already", "这次会议已经登记过，没有重复保存。")
    asked = queries.asked_on(by, new.day)
    told = dict(zip(COLUMNS, _row(new, asked=asked), strict=True))
    made = Meeting.objects.create(**told, recorded_by_id=by.person_id, recorded_at=at)
    audit.record(by=by, verb="branches.record_meeting", subject=made, at=at)
    for upload in evidence:
        files.attach(subject=made, upload=upload, label="佐证", at=at, by=by)
    return made


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, at: datetime, by: Actor) -> Meeting:
    """Call a meeting void, because it was written down wrong; what is right is written anew.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    found = Meeting.objects.select_for_update(of=("self",)).select_related("org")
    kept = found.get(pk=meeting.pk)
    actors.require(by, Act.RECORD, at=kept.org)
    if kept.state != Meeting.State.HELD:
        raise Refused("wrong_state", "这次会议已经作废，没有改动。")
    kept.state, kept.reason = Meeting.State.CANCELLED, reason.strip()
    kept.save(update_fields=["state", "reason"])
    audit.record(
        by=by, verb="branches.cancel_meeting", subject=kept, at=at, detail={"reason": kept.reason}
    )
    return kept


@transaction.atomic
def record_many(
    *, ready: Sequence[NewMeeting], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Write down a chunk of meetings that have been checked, as a workbook tells of them."""
    terms = {day.year: queries.asked_on(by, day) for day in {new.day for new in ready}}
    made = insert_many(
        Meeting,
        fields=COLUMNS,
        rows=[_row(new, asked=terms[new.day.year]) for new in ready],
        same={"recorded_by_id": by.person_id, "recorded_at": at},
    )
    audit.record_many(
        by=by, verb="branches.record_many", model=Meeting, ids=made, at=at, detail=source
    )
    return len(made)


def _row(new: NewMeeting, *, asked: Mapping[str, rules.Asked]) -> tuple[object, ...]:
    """Return the columns of a meeting, with whether it counts and for which period."""
    entitled = new.entitled or 0
    counts = rules.is_quorate(kind=new.kind, entitled=entitled, present=new.present)
    duty = asked.get(new.kind, rules.Asked(new.kind, "need"))
    period = rules.period_of(every=duty.every, day=new.day)
    return (
        new.org.pk,
        new.kind,
        new.day,
        new.place.strip(),
        new.topic.strip(),
        entitled,
        new.present,
        counts,
        period.name if period else "",
        rules.covers_until(asked=duty, day=new.day),
        new.quarters,
        new.speaker.strip(),
        new.notes.strip(),
    )

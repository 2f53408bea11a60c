"""Hours that were not recorded live: one asks with evidence, another agrees (V-33, bar 17)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import queries as kept_files
from qinghe.kernel.files import services as files
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Frame, Served, Span

from . import hours, late_months
from .counted import HoursChange

State = models.LateEntry.State
MOST_LINES = 200
MINE = "/volunteering/mine/service/"


@dataclass(frozen=True)
class LateCome:
    """One coming and going that was not recorded."""

    volunteer: models.Volunteer
    came_at: datetime
    left_at: datetime


@dataclass(frozen=True)
class NewLate:
    """A late entry to be asked for: of a session, or of an activity that never was published."""

    org: Org
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    reason: str
    comes: Sequence[LateCome]
    session: models.Session | None = None
    team: models.Team | None = None

    @classmethod
    def of(cls, session: models.Session, *, reason: str, comes: Sequence[LateCome]) -> NewLate:
        """Return a late entry of a session that was published."""
        return cls(
            org=session.org,
            title=session.title,
            place=session.place,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            reason=reason,
            comes=comes,
            session=session,
            team=session.team,
        )

    @property
    def frame(self) -> Frame:
        """Return from when until when it lasted."""
        return Frame(self.starts_at, self.ends_at)


@transaction.atomic
def ask_late(*, new: NewLate, evidence: Upload | None, at: datetime, by: Actor) -> models.LateEntry:
    """Ask for hours that were not recorded, with a file that shows them.

    Raises Refused: not_allowed, org_closed, evidence_needed, reason_needed, nobody, too_many,
    not_over, too_late, those of a session and of its check-ins, recorded_already.
    """
    actors.require(by, Act.ENTER_LATE, at=new.org)
    orgs.check_takes_new(org=new.org)
    if evidence is None:
        raise Refused("evidence_needed", "补录须附证明材料（如签到表照片），请选择文件后再提交。")
    terms = queries.terms_on(by, local_day(new.ends_at))
    rules.check_over(ends_at=new.ends_at, at=at)
    rules.check_in_time(ends_at=new.ends_at, at=at, days=terms.late_days)
    minutes = _checked(new, by=by)
    entry = models.LateEntry.objects.create(
        org=new.org,
        session=new.session,
        team=new.team,
        title=new.title,
        place=new.place,
        starts_at=new.starts_at,
        ends_at=new.ends_at,
        day=local_day(new.starts_at),
        reason=new.reason.strip(),
        minutes=sum(minutes),
        asked_by_id=by.person_id,
        asked_at=at,
    )
    _write_lines(entry, new.comes, minutes=minutes)
    files.attach(subject=entry, upload=evidence, label="证明材料", at=at, by=by)
    _trail("ask_late", entry, at=at, by=by)
    return entry


@transaction.atomic
def amend_late(
    *,
    entry: models.LateEntry,
    reason: str,
    comes: Sequence[LateCome],
    evidence: Upload | None = None,
    at: datetime,
    by: Actor,
) -> models.LateEntry:
    """Mend what was sent back, and ask again; only who asked may.

    Raises Refused: not_allowed, not_yours, wrong_state and those of asking.
    """
    kept = _locked(entry)
    actors.require(by, Act.ENTER_LATE, at=kept.org)
    _check_mine(kept, by=by)
    _move(kept, to=State.ASKED)
    new = replace(_as_new(kept), reason=reason, comes=comes)
    minutes = _checked(new, by=by)
    kept.lines.all().delete()
    _write_lines(kept, comes, minutes=minutes)
    kept.reason, kept.minutes = reason.strip(), sum(minutes)
    kept.decided_by, kept.decided_at = None, None
    kept.save()
    if evidence is not None:
        files.attach(subject=kept, upload=evidence, label="证明材料", at=at, by=by)
    _trail("amend_late", kept, at=at, by=by)
    return kept


@transaction.atomic
def approve_late(
    *, entry: models.LateEntry, at: datetime, by: Actor, words: str = ""
) -> models.LateEntry:
    """Let late hours count by the same rules as any: by another hand, within the month's quota.

    The volunteers and the month are locked, so approvals beside each other never pass the quota.
    Raises Refused: not_allowed, own_request, own_hours, wrong_state, evidence_needed, quota_spent,
    and those of asking.
    """
    served = sorted(entry.lines.values_list("volunteer", flat=True).distinct())
    list(models.Volunteer.objects.select_for_update().filter(pk__in=served).order_by("pk"))
    kept = _locked(entry)
    _check_hand(kept, by=by)
    if not kept_files.attachments_of(kept).exists():
        raise Refused("evidence_needed", "这份补录没有证明材料，没有通过，请退回补充。")
    _move(kept, to=State.APPROVED)
    minutes = _checked(_as_new(kept), by=by)
    late_months.take_from_quota(org=kept.org, day=kept.day, minutes=sum(minutes), at=at, by=by)
    if kept.session is None:
        kept.session = _make_session(kept)
    _decide(kept, words=words, at=at, by=by)
    _record(kept, at=at, by=by)
    _trail("approve_late", kept, at=at, by=by)
    people = models.Volunteer.objects.filter(pk__in=served).values_list("person", flat=True)
    _tell([kept.asked_by_id, *people], kept, title="补录时长已通过", at=at)
    return kept


@transaction.atomic
def return_late(
    *, entry: models.LateEntry, reason: str, at: datetime, by: Actor
) -> models.LateEntry:
    """Send a late entry back to be mended.

    Raises Refused: not_allowed, own_request, own_hours, wrong_state, reason_needed.
    """
    return _turned(entry, to=State.RETURNED, verb="return_late", reason=reason, at=at, by=by)


@transaction.atomic
def refuse_late(
    *, entry: models.LateEntry, reason: str, at: datetime, by: Actor
) -> models.LateEntry:
    """Turn a late entry down; it is kept and counts nothing.

    Raises Refused: not_allowed, own_request, own_hours, wrong_state, reason_needed.
    """
    return _turned(entry, to=State.REFUSED, verb="refuse_late", reason=reason, at=at, by=by)


@transaction.atomic
def withdraw_late(*, entry: models.LateEntry, at: datetime, by: Actor) -> models.LateEntry:
    """Take one's own late entry back. Raises Refused: not_allowed, not_yours, wrong_state."""
    kept = _locked(entry)
    actors.require(by, Act.ENTER_LATE, at=kept.org)
    _check_mine(kept, by=by)
    _move(kept, to=State.WITHDRAWN)
    kept.save(update_fields=["state"])
    _trail("withdraw_late", kept, at=at, by=by)
    return kept


def _checked(new: NewLate, *, by: Actor) -> list[int]:
    """Refuse what could not have been; return the minutes of each line."""
    rules.check_reason(new.reason)
    if not 0 < len(new.comes) <= MOST_LINES:
        raise Refused("nobody", f"一份补录须有1至{MOST_LINES}行志愿者和时间，请核对。")
    rules.check_session(title=new.title, starts_at=new.starts_at, ends_at=new.ends_at)
    cancelled = new.session is not None and new.session.state != "published"
    ids = {come.volunteer.pk for come in new.comes}
    if new.session is not None:
        rules.check_not_recorded(known=queries.recorded_at(by, new.session, ids))
    served: dict[int, list[Served]] = defaultdict(list)
    for one in queries.served_between(by, ids, *new.frame.whole_days):
        served[one.volunteer_id].append(one)
    return [
        _check_line(new, come, cancelled=cancelled, served=served[come.volunteer.pk], by=by)
        for come in new.comes
    ]


def _beside(new: NewLate, who: models.Volunteer, *, by: Actor) -> bool:
    """Test if a child came with the guardian; of anybody else nothing is asked (V-21)."""
    if not who.is_child_on(local_day(new.starts_at)):
        return True
    together = any(come.volunteer.person_id == who.beside_id for come in new.comes)
    return together or (new.session is not None and queries.guardian_there(by, who, new.session))


def _check_line(
    new: NewLate, come: LateCome, *, cancelled: bool, served: list[Served], by: Actor
) -> int:
    span, who = Span(come.came_at, come.left_at), come.volunteer
    try:
        rules.check_guardian_there(there=_beside(new, who, by=by))
        rules.check_takes_part(
            cancelled=cancelled, registered=who.state == models.Volunteer.State.REGISTERED
        )
        rules.check_registered_by(registered_on=who.registered_on, day=local_day(come.came_at))
        rules.check_span(frame=new.frame, span=span)
        rules.check_pairs(span=span, others=[one for one in served if one.session_id == _HERE])
        rules.check_apart(span=span, others=served)
    except Refused as refusal:
        raise Refused(refusal.code, f"{who.number}：{refusal.reason}") from refusal
    served.append(Served(0, who.pk, _HERE, new.frame, span))
    return rules.minutes_of(frame=new.frame, span=span)


_HERE = -1  # the lines of the entry itself, among what its people served elsewhere


def _write_lines(
    entry: models.LateEntry, comes: Sequence[LateCome], *, minutes: Sequence[int]
) -> None:
    models.LateLine.objects.bulk_create(
        models.LateLine(
            entry=entry,
            volunteer=come.volunteer,
            came_at=come.came_at,
            left_at=come.left_at,
            minutes=earned,
        )
        for come, earned in zip(comes, minutes, strict=True)
    )


def _as_new(entry: models.LateEntry) -> NewLate:
    comes = [
        LateCome(line.volunteer, line.came_at, line.left_at)
        for line in entry.lines.select_related("volunteer")
    ]
    return NewLate(
        org=entry.org,
        title=entry.title,
        place=entry.place,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        reason=entry.reason,
        comes=comes,
        session=entry.session,
        team=entry.team,
    )


def _make_session(entry: models.LateEntry) -> models.Session:
    return models.Session.objects.create(
        code=f"BL{entry.day:%Y%m%d}-{entry.pk}",
        title=entry.title,
        org=entry.org,
        team=entry.team,
        place=entry.place,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        day=entry.day,
        entered_late=True,
    )


def _record(entry: models.LateEntry, *, at: datetime, by: Actor) -> None:
    """Make the attendances and stays of an entry, and settle each as any other (V-31)."""
    session = cast(models.Session, entry.session)
    made: dict[int, models.Attendance] = {}
    for line in entry.lines.select_related("volunteer"):
        attendance = made.get(line.volunteer_id) or models.Attendance.objects.create(
            session=session, volunteer=line.volunteer, how=models.Attendance.How.LATE
        )
        made[line.volunteer_id] = attendance
        models.Stay.objects.create(
            attendance=attendance,
            came_at=line.came_at,
            left_at=line.left_at,
            recorded_at=at,
            recorded_by_id=entry.asked_by_id,
        )
        line.attendance = attendance
        line.save(update_fields=["attendance"])
    _settle(made, at=at, by=by)
    hours.sort_waiting(volunteers=list(made), at=at, by=by)


def _settle(made: Mapping[int, models.Attendance], *, at: datetime, by: Actor) -> None:
    for attendance in made.values():
        settled = queries.settlement_of(by, attendance)
        attendance.minutes = settled.minutes
        attendance.state = rules.state_of(closed=settled.closed, approval=settled.approval)
        attendance.save(update_fields=["minutes", "state"])
    HoursChange.tell([HoursChange.of(one, before=0) for one in made.values()], at=at)


def _locked(entry: models.LateEntry) -> models.LateEntry:
    found = models.LateEntry.objects.select_for_update(of=("self",))
    return found.select_related("org", "session__org", "team").get(pk=entry.pk)


def _check_mine(entry: models.LateEntry, *, by: Actor) -> None:
    if entry.asked_by_id != by.person_id:
        raise Refused("not_yours", "只有提交人可以修改或撤回这份补录，没有改动。")


def _check_hand(entry: models.LateEntry, *, by: Actor) -> None:
    actors.require(by, Act.APPROVE_LATE, at=entry.org)
    served = set(entry.lines.values_list("volunteer__person", flat=True))
    rules.check_other_hand(decider_id=by.person_id, asker_id=entry.asked_by_id, served=served)


def _move(entry: models.LateEntry, *, to: State) -> None:
    rules.check_move(rules.LATE_MOVES, now=entry.state, to=to, what="补录")
    entry.state = to


def _decide(entry: models.LateEntry, *, words: str, at: datetime, by: Actor) -> None:
    entry.decided_by_id, entry.decided_at, entry.words = by.person_id, at, words.strip()[:200]
    entry.save()


def _turned(
    entry: models.LateEntry, *, to: State, verb: str, reason: str, at: datetime, by: Actor
) -> models.LateEntry:
    rules.check_reason(reason)
    kept = _locked(entry)
    _check_hand(kept, by=by)
    _move(kept, to=to)
    _decide(kept, words=reason, at=at, by=by)
    _trail(verb, kept, at=at, by=by)
    _tell([kept.asked_by_id], kept, title=f"补录时长{to.label}", at=at)
    return kept


def _trail(verb: str, entry: models.LateEntry, *, at: datetime, by: Actor) -> None:
    detail = {"asked_by": entry.asked_by_id, "minutes": entry.minutes, "words": entry.words}
    audit.record(by=by, verb=f"volunteering.{verb}", subject=entry, at=at, detail=detail)


def _tell(people: Sequence[int], entry: models.LateEntry, *, title: str, at: datetime) -> None:
    notices.notify(
        person_ids=people,
        kind=Kind.RESULT,
        title=title,
        text=f"{entry.day.isoformat()}“{entry.title}”。{entry.words}",
        url=MINE,
        at=at,
    )

"""Findings: what is doubted stops counting, until one from above who is not involved has looked."""

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, queries, rules
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.rules import Doubt

from . import hours
from .counted import HoursChange

State = models.Finding.State
Counts = models.Attendance.State
SWEEPING = "volunteering.sweep"  # the kind of job that runs the checks
MINE = "/volunteering/mine/service/"


@transaction.atomic
def hold_doubted(*, doubts: Sequence[Doubt], at: datetime, by: Actor | str) -> int:
    """Write down what the checks found and let it count nowhere; return how many were new.

    The same records are found once by one check, for ever: what was cleared is not doubted again.
    """
    keyed = {(doubt.kind, _key(doubt.attendances)): doubt for doubt in doubts}
    known = set(
        models.Finding.objects.filter(key__in=[key for _, key in keyed]).values_list("kind", "key")
    )
    fresh = {one: doubt for one, doubt in keyed.items() if one not in known}
    records = _locked({pk for doubt in fresh.values() for pk in doubt.attendances})
    made = 0
    for (_, key), doubt in fresh.items():
        mine = [records[pk] for pk in doubt.attendances if pk in records]
        made += bool(mine) and _hold(doubt, key=key, records=mine, at=at, by=by)
    return made


@transaction.atomic
def note_sweep(
    *, whole: bool, stays: int, found: int, at: datetime, by: Actor | str
) -> models.Sweep:
    """Write down that the checks ran, so that the next run looks at what is newer."""
    made = models.Sweep.objects.create(at=at, whole=whole, stays=stays, found=found, by=str(by))
    detail = {"rows": stays, "found": found}
    audit.record_event(by=by, verb="volunteering.sweep", at=at, detail=detail)
    return made


@transaction.atomic
def close_finding(
    *,
    finding: models.Finding,
    verdict: str,
    reason: str,
    voided: Collection[int] = (),
    at: datetime,
    by: Actor,
) -> models.Finding:
    """Say what came of looking into a finding; what nothing else holds counts again.

    Cleared: the records are true. Corrected: some were put right since. Voided: `voided` never
    were, the others are true. Nobody decides about their own hours or what they wrote down.
    Raises Refused: not_allowed, own_hours, own_record, wrong_state, reason_needed, not_corrected,
    nothing_voided.
    """
    rules.check_reason(reason)
    attendances = list(finding.held.values_list("attendance", flat=True))
    records = _locked(attendances, every=True)
    kept = _locked_finding(finding)
    actors.require(by, Act.REVIEW_FINDING, at=kept.reviewer)
    recorders = _check_not_involved(records.values(), by=by)
    rules.check_move(rules.FINDING_MOVES, now=kept.state, to=verdict, what="核查")
    _check_verdict(kept, verdict=verdict, voided=voided, records=records)
    kept.state, kept.reason = State(verdict), reason.strip()
    kept.decided_by_id, kept.decided_at = by.person_id, at
    kept.save(update_fields=["state", "reason", "decided_by", "decided_at"])
    for held in kept.held.all():
        record = records[held.attendance_id]
        if record.pk in voided and record.state != Counts.VOID:
            _void(record, reason=kept.reason, at=at, by=by)
        elif record.state == Counts.HELD:
            _release(record, held=held, at=at, by=by)
    detail = {
        "verdict": verdict,
        "reason": kept.reason,
        "records": sorted(records),
        "recorded_by": sorted(recorders),
    }
    audit.record(by=by, verb="volunteering.close_finding", subject=kept, at=at, detail=detail)
    hours.sort_waiting(volunteers={one.volunteer_id for one in records.values()}, at=at, by=by)
    _tell(
        records.values(),
        title="服务记录核查结果",
        text=f"{kept.get_kind_display()}：{kept.get_state_display()}。{kept.reason}",
        at=at,
    )
    return kept


def _key(attendances: Iterable[int]) -> str:
    return hashlib.sha256(",".join(map(str, attendances)).encode()).hexdigest()


def _locked(pks: Collection[int], *, every: bool = False) -> dict[int, models.Attendance]:
    """Read attendances alone with their volunteers, as every change of a person's times does."""
    found = models.Attendance.objects.filter(pk__in=pks).order_by("pk")
    volunteers = found.order_by().values("volunteer")
    list(models.Volunteer.objects.select_for_update().filter(pk__in=volunteers).order_by("pk"))
    if not every:
        found = found.filter(state__in=queries.LOOKED_AT)
    return {one.pk: one for one in found.select_related("session__org__parent", "volunteer")}


def _locked_finding(finding: models.Finding) -> models.Finding:
    found = models.Finding.objects.select_for_update(of=("self",))
    return found.select_related("reviewer").get(pk=finding.pk)


def _hold(
    doubt: Doubt,
    *,
    key: str,
    records: Sequence[models.Attendance],
    at: datetime,
    by: Actor | str,
) -> bool:
    hosts = [one.session.org for one in records]
    finding = models.Finding.objects.create(
        kind=doubt.kind,
        key=key,
        org=hosts[0],
        reviewer=_reviewer(hosts),
        words=doubt.words,
        found_at=at,
    )
    models.HeldRecord.objects.bulk_create(
        models.HeldRecord(finding=finding, attendance=one, minutes=one.minutes, before=_before(one))
        for one in records
    )
    standing = [one for one in records if one.state != Counts.HELD]
    before = {one.pk: one.counted for one in standing}
    for one in standing:
        rules.check_move(rules.ATTENDANCE_MOVES, now=one.state, to=Counts.HELD, what="服务记录")
        one.state = Counts.HELD
    models.Attendance.objects.bulk_update(standing, ["state"], batch_size=500)
    HoursChange.tell([HoursChange.of(one, before=before[one.pk]) for one in standing], at=at)
    audit.record_many(
        by=by,
        verb="volunteering.hold",
        model=models.Attendance,
        ids=[one.pk for one in records],
        at=at,
        detail={"finding": finding.pk, "words": doubt.words},
    )
    _tell(
        records,
        title="有服务记录暂停计入",
        text=f"核查项：{finding.get_kind_display()}。核实之前这条记录暂不计入时长，结果会通知您；"
        "有疑问可在“我的服务记录”提出异议。",
        at=at,
    )
    return True


def _before(record: models.Attendance) -> str:
    """Return what a record was before anything held it."""
    if record.state != Counts.HELD:
        return record.state
    return models.HeldRecord.objects.filter(attendance=record).order_by("-pk")[0].before


def _reviewer(hosts: Sequence[Org]) -> Org:
    """Return who looks into it: the host's parent, or the lowest above the parents of all hosts."""
    paths = [codes_in((host.parent or host).path) for host in hosts]
    shared = [codes[0] for codes in zip(*paths, strict=False) if len(set(codes)) == 1]
    return Org.objects.get(code=shared[-1])


def _check_not_involved(records: Iterable[models.Attendance], *, by: Actor) -> set[int]:
    records = list(records)
    stays = models.Stay.objects.filter(attendance__in=records, recorded_by__isnull=False)
    recorders = set(stays.order_by().values_list("recorded_by", flat=True))
    rules.check_other_hand(
        decider_id=by.person_id,
        asker_id=0,
        served={one.volunteer.person_id for one in records},
        recorders=recorders,
    )
    return recorders


def _check_verdict(
    finding: models.Finding,
    *,
    verdict: str,
    voided: Collection[int],
    records: dict[int, models.Attendance],
) -> None:
    if (verdict == State.VOIDED) is not bool(voided) or not set(voided) <= set(records):
        raise Refused("nothing_voided", "作废时请选择要作废的记录，其他结论不选记录；没有改动。")
    if verdict == State.CORRECTED:
        changed = models.Stay.objects.filter(
            attendance__in=list(records),
            supersedes__isnull=False,
            recorded_at__gte=finding.found_at,
        )
        struck = any(one.state == Counts.VOID for one in records.values())
        if not changed.exists() and not struck:
            raise Refused(
                "not_corrected", "所涉记录还没有更正过，没有改动；请先在服务记录页更正签到签退。"
            )


def _void(record: models.Attendance, *, reason: str, at: datetime, by: Actor) -> None:
    rules.check_move(rules.ATTENDANCE_MOVES, now=record.state, to=Counts.VOID, what="服务记录")
    before = record.counted
    record.state, record.minutes = Counts.VOID, 0
    record.save(update_fields=["state", "minutes"])
    HoursChange.tell([HoursChange.of(record, before=before)], at=at)
    audit.record(
        by=by,
        verb="volunteering.void_attendance",
        subject=record,
        at=at,
        detail={"reason": reason},
    )


def _release(
    record: models.Attendance, *, held: models.HeldRecord, at: datetime, by: Actor
) -> None:
    if queries.open_findings_of(by, record):
        return
    settled = queries.settlement_of(by, record)
    to = rules.state_after_hold(
        before=held.before,
        approved=held.minutes,
        minutes=settled.minutes,
        approval=settled.approval,
    )
    rules.check_move(rules.HOLD_MOVES, now=record.state, to=to, what="服务记录")
    before = record.counted
    record.state, record.minutes = to, settled.minutes
    record.save(update_fields=["state", "minutes"])
    HoursChange.tell([HoursChange.of(record, before=before)], at=at)
    audit.record(
        by=by,
        verb="volunteering.release",
        subject=record,
        at=at,
        detail={"finding": held.finding_id, "state": to, "minutes": record.minutes},
    )


def _tell(records: Iterable[models.Attendance], *, title: str, text: str, at: datetime) -> None:
    notices.notify(
        person_ids=[one.volunteer.person_id for one in records],
        kind=Kind.RESULT,
        title=title,
        text=text,
        url=MINE,
        at=at,
    )

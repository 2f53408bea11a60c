"""One visit to one point: begun, kept as a draft, handed in once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.core.files.base import File as Upload
from django.db import transaction
from django.db.models import F, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import Attachment
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import models, rules
from qinghe.systems.inspections.access import Act

from . import findings

Answer = models.Answer
Point = models.Point
Visit = models.Visit
PICTURES = (".jpg", ".jpeg", ".png")


@dataclass(frozen=True)
class Seen:
    """What an inspector has seen so far: for an item's key its verdict and its note."""

    answers: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    notes: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@transaction.atomic
def begin_visit(*, point: Point, at: datetime, by: Actor) -> Visit:
    """Begin a visit by the checklist of today, or return to the draft that there is.

    Raises Refused: not_allowed, point_closed, no_checklist.
    """
    point = Point.objects.select_for_update(of=("self",)).select_related("org").get(pk=point.pk)
    actors.require(by, Act.INSPECT, at=point.org)
    today = local_day(at)
    rules.check_open(opened_on=point.opened_on, closed_on=point.closed_on, day=today)
    begun = Visit.objects.filter(point=point, inspector=by.person_id, state=Visit.State.DRAFT)
    if found := begun.first():
        return found
    checklist = _checklist_for(point, day=today)
    visit = Visit.objects.create(
        point=point,
        org=point.org,
        checklist=checklist,
        inspector_id=by.person_id,
        begun_at=at,
        day=today,
    )
    Answer.objects.bulk_create(Answer(visit=visit, item=item) for item in checklist.items.all())
    audit.record(by=by, verb="inspections.begin_visit", subject=visit, at=at)
    return visit


@transaction.atomic
def keep_visit(*, visit: Visit, seen: Seen, at: datetime, by: Actor) -> Visit:
    """Keep what has been seen so far; the trail is told of it when it is handed in.

    Raises Refused: not_allowed, not_yours, wrong_state.
    """
    visit = _own_draft(visit, by=by)
    _keep(visit, seen)
    return visit


@transaction.atomic
def add_photo(*, answer: Answer, upload: Upload, at: datetime, by: Actor) -> Attachment:
    """Hang a photo on an item of one's draft.

    Raises Refused: not_allowed, not_yours, wrong_state, not_a_photo, and those of files.attach.
    """
    _own_draft(answer.visit, by=by)
    if not (upload.name or "").lower().endswith(PICTURES):
        raise Refused("not_a_photo", "这里只收照片（jpg 或 png），没有保存。")
    return files.attach(subject=answer, upload=upload, label="现场照片", at=at, by=by)


@transaction.atomic
def submit_visit(*, visit: Visit, seen: Seen, at: datetime, by: Actor) -> Visit:
    """Hand a visit in; each failed item becomes a finding. Safe to repeat.

    Raises Refused: not_allowed, not_yours, wrong_state, draft_too_old, unanswered, note_needed,
    photo_needed, nothing_applies.
    """
    if _is_handed_in(visit, by=by):
        return Visit.objects.get(pk=visit.pk)
    visit = _own_draft(visit, by=by)
    rules.check_fresh(begun_on=visit.day, today=local_day(at))
    _keep(visit, seen)
    answers = list(visit.answers.select_related("item"))
    marked = _marked(answers)
    rules.check_answered(marked)
    score = rules.score_of(marked, pass_mark=visit.checklist.pass_mark)
    visit.scored, visit.full, visit.passed = score.scored, score.full, score.passed
    visit.submitted_at, visit.state = at, Visit.State.SUBMITTED
    visit.save(update_fields=["scored", "full", "passed", "submitted_at", "state"])
    failed = [one for one in answers if one.verdict == rules.Verdict.FAIL]
    found = findings.raise_findings(visit=visit, failed=failed, at=at, by=by)
    audit.record(
        by=by,
        verb="inspections.submit_visit",
        subject=visit,
        at=at,
        detail={"scored": score.scored, "full": score.full, "findings": len(found)},
    )
    return visit


@transaction.atomic
def drop_visit(*, visit: Visit, at: datetime, by: Actor) -> Visit:
    """Give one's draft up. Raises Refused: not_allowed, not_yours, wrong_state."""
    visit = _own_draft(visit, by=by)
    visit.state = Visit.State.DROPPED
    visit.save(update_fields=["state"])
    audit.record(by=by, verb="inspections.drop_visit", subject=visit, at=at)
    return visit


@transaction.atomic
def void_visit(*, visit: Visit, reason: str, at: datetime, by: Actor) -> Visit:
    """Take a visit out of the figures; what it found and is not closed is cancelled.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    visit = _locked(visit)
    actors.require(by, Act.RECHECK, at=visit.org)
    rules.check_move(rules.VISIT_MOVES, now=visit.state, to="void", what="巡查")
    visit.state, visit.reason = Visit.State.VOID, reason
    visit.save(update_fields=["state", "reason"])
    findings.cancel_findings(visit=visit, at=at, by=by)
    audit.record(
        by=by, verb="inspections.void_visit", subject=visit, at=at, detail={"reason": reason}
    )
    return visit


def _is_handed_in(visit: Visit, *, by: Actor) -> bool:
    handed_in = Visit.objects.filter(pk=visit.pk, state=Visit.State.SUBMITTED)
    return handed_in.filter(inspector=by.person_id).exists()


def _keep(visit: Visit, seen: Seen) -> None:
    answers = list(visit.answers.all())
    for answer in answers:
        verdict, note = seen.answers.get(answer.item_id, (answer.verdict, answer.note))
        answer.verdict, answer.note = verdict, note.strip()[:200]
    Answer.objects.bulk_update(answers, ["verdict", "note"])
    visit.notes = seen.notes.strip()
    if seen.latitude is not None and seen.longitude is not None:
        visit.latitude, visit.longitude = seen.latitude, seen.longitude
    visit.save(update_fields=["notes", "latitude", "longitude"])


def _marked(answers: list[Answer]) -> list[rules.Marked]:
    kept = Attachment.objects.filter(
        subject_kind=Answer._meta.label,
        subject_id__in=[one.pk for one in answers],
        removed_at__isnull=True,
    )
    pictured = list(kept.values_list("subject_id", flat=True))
    return [
        rules.Marked(
            text=one.item.text,
            weight=one.item.weight,
            veto=one.item.veto,
            photo=rules.Photo(one.item.photo),
            verdict=one.verdict,
            note=one.note,
            photos=pictured.count(one.pk),
        )
        for one in answers
    ]


def _checklist_for(point: Point, *, day: date) -> models.Checklist:
    begun = models.Checklist.objects.filter(starts_on__lte=day)
    found = _newest(begun.filter(kind=point.kind_id)) or _newest(begun.filter(kind__isnull=True))
    if found is None:
        raise Refused("no_checklist", "这类点位还没有起用的检查表，不能开始；请联系区级编制。")
    return found


def _newest(rows: QuerySet[models.Checklist]) -> models.Checklist | None:
    return rows.order_by(F("starts_on").desc(), F("version").desc()).first()


def _own_draft(visit: Visit, *, by: Actor) -> Visit:
    visit = _locked(visit)
    actors.require(by, Act.INSPECT, at=visit.org)
    if visit.inspector_id != by.person_id:
        raise Refused("not_yours", "这是别人的巡查草稿，没有改动。")
    if visit.state != Visit.State.DRAFT:
        raise Refused("wrong_state", "这次巡查已经提交或放弃，没有改动。")
    return visit


def _locked(visit: Visit) -> Visit:
    kept = Visit.objects.select_for_update(of=("self",)).select_related("org", "checklist")
    return kept.get(pk=visit.pk)

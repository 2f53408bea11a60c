"""A report's way through its states, and the version that corrects it."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import models
from qinghe.reports.drafting.access import Act
from qinghe.reports.drafting.rules import moves


@transaction.atomic
def set_state(*, report: models.Report, state: str, at: datetime, by: Actor) -> models.Report:
    """Move a report on: to sign, signed, back to writing, issued. Who may is for the caller to ask.

    Issuing a correction marks the version before it as corrected. Raises Refused: not_allowed,
    wrong_state.
    """
    found = (
        models.Report.objects.select_for_update(of=("self",))
        .select_related("org")
        .get(pk=report.pk)
    )
    actors.require(by, Act.SEE, at=found.org)
    moves.check_move(now=found.state, to=state)
    before, found.state = found.state, state
    found.save(update_fields=["state"])
    detail = {"from": moves.LABELS[before], "to": moves.LABELS[state]}
    audit.record(by=by, verb="drafting.set_state", subject=found, at=at, detail=detail)
    if state == moves.ISSUED and found.corrects is not None:
        set_state(report=found.corrects, state=moves.REPLACED, at=at, by=by)
    return found


@transaction.atomic
def begin_correction(
    *, report: models.Report, reason: str, at: datetime, by: Actor
) -> models.Report:
    """Begin a version that corrects an issued one, with its text; the issued one stays as it is.

    Raises Refused: not_allowed, not_issued, reason_needed, already_begun.
    """
    old = (
        models.Report.objects.select_for_update(of=("self",))
        .select_related("org")
        .get(pk=report.pk)
    )
    actors.require(by, Act.WRITE, at=old.org)
    moves.check_issued(old.state)
    if not reason.strip():
        raise Refused("reason_needed", "请写明更正原因；没有任何改动。")
    if old.corrections.exists():
        raise Refused("already_begun", "这一版已经在更正，请打开新的一版继续写。")
    new = models.Report.objects.create(
        org=old.org,
        period=old.period,
        version=old.version + 1,
        corrects=old,
        reason=reason.strip()[:400],
        title=old.title,
        signature=old.signature,
        dated_on=old.dated_on,
        contact=old.contact,
        begun_at=at,
        begun_by_id=by.person_id,
    )
    copies = _copied(old, new, at=at, by=by)
    _carry_over(old, new, copies)
    audit.record(
        by=by,
        verb="drafting.begin_correction",
        subject=new,
        at=at,
        detail={"corrects": old.pk, "reason": new.reason},
    )
    return new


def _copied(
    old: models.Report, new: models.Report, *, at: datetime, by: Actor
) -> dict[int, models.Passage]:
    """Copy the passages; who changed each last, and when, goes with it."""
    standing = old.passages.filter(removed_at__isnull=True)
    copies = models.Passage.objects.bulk_create(
        models.Passage(
            report=new,
            place=each.place,
            kind=each.kind,
            heading=each.heading,
            text=each.text,
            copied_from=each,
            changed_at=each.changed_at,
            changed_by_id=each.changed_by_id,
        )
        for each in standing
    )
    models.PassageChange.objects.bulk_create(
        each.version(at=at, by_id=by.person_id) for each in copies
    )
    return {copy.copied_from_id: copy for copy in copies if copy.copied_from_id is not None}


def _carry_over(old: models.Report, new: models.Report, copies: dict[int, models.Passage]) -> None:
    """Copy what was vouched for, planned and taken, each with its own name and day."""
    models.FixedWording.objects.bulk_create(
        models.FixedWording(
            report=new, words=each.words, reason=each.reason, person_id=each.person_id, at=each.at
        )
        for each in old.fixed_wordings.all()
    )
    models.PlanItem.objects.bulk_create(
        models.PlanItem(
            report=new,
            passage=copies.get(each.passage_id or 0),
            text=each.text,
            code=each.code,
            target=each.target,
            org_id=each.org_id,
            due_on=each.due_on,
        )
        for each in old.plan.filter(dropped_at__isnull=True)
    )
    models.Taken.objects.bulk_create(
        models.Taken(
            report=new, key=each.key, passage=copies[each.passage_id], at=each.at, by_id=each.by_id
        )
        for each in old.taken.all()
        if each.passage_id in copies
    )

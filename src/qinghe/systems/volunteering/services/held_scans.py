"""Scans that were kept because their times could not be believed: the host looks, and decides."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from .pairing import Pairing

Scan = models.Scan
Verdict = Scan.Verdict


@transaction.atomic
def count_scan(*, scan: Scan, at: datetime, by: Actor) -> Scan:
    """Count a held scan at the moment it was put right to: it makes stays as any other would.

    Raises Refused: not_allowed, own_hours, wrong_state, in_future, not_registered, corrected, and
    what pairing refuses; the scan then stays held.
    """
    kept = _locked(scan, by=by)
    session, volunteer = kept.session, kept.volunteer
    rules.check_takes_part(
        cancelled=session.state == models.Session.State.CANCELLED,
        registered=volunteer.state == models.Volunteer.State.REGISTERED,
    )
    rules.check_counts(counts_at=kept.at, received_at=kept.received_at)
    others = session.scans.filter(volunteer=volunteer).exclude(pk=kept.pk).order_by("pk")
    mark = rules.Mark(kept.nonce, kept.kind, kept.at)
    paired = Pairing.of(session, new=[(volunteer.pk, mark)], before=others, by=by)
    found = paired.findings[kept.nonce]
    if found.verdict in (Verdict.HELD, Verdict.REFUSED):
        raise Refused(found.code, rules.not_counted(found.reason))
    paired.write(at=at, by=by)
    kept.verdict, kept.code = found.verdict, found.code
    kept.save(update_fields=["verdict", "code"])
    subject = next(iter(paired.changed), None) or kept
    detail = {"scan": kept.pk, "how": kept.how}
    audit.record(by=by, verb="volunteering.count_scan", subject=subject, at=at, detail=detail)
    return kept


@transaction.atomic
def set_scan_aside(*, scan: Scan, reason: str, at: datetime, by: Actor) -> Scan:
    """Let a held scan count for nothing; it stays on the books with the reason in the trail.

    Raises Refused: not_allowed, own_hours, wrong_state, reason_needed.
    """
    rules.check_reason(reason)
    kept = _locked(scan, by=by)
    kept.verdict, kept.code = Verdict.REFUSED, rules.SET_ASIDE
    kept.save(update_fields=["verdict", "code"])
    detail = {"reason": reason.strip()}
    audit.record(by=by, verb="volunteering.set_scan_aside", subject=kept, at=at, detail=detail)
    return kept


def _locked(scan: Scan, *, by: Actor) -> Scan:
    """Read a held scan alone, after its volunteer: in the order in which scans come in."""
    volunteer = models.Volunteer.objects.select_for_update().get(pk=scan.volunteer_id)
    found = Scan.objects.select_for_update(of=("self",)).select_related("session__org")
    kept = found.get(pk=scan.pk)
    kept.volunteer = volunteer
    actors.require(by, Act.CORRECT, at=kept.session.org)
    rules.check_not_own(approver_id=by.person_id, person_id=volunteer.person_id)
    if kept.verdict != Verdict.HELD:
        raise Refused("wrong_state", "这次扫码已经核实过，没有改动，请刷新后再看。")
    return kept

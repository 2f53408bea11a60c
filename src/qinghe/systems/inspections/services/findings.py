"""What was found is put right, looked at again by somebody else, and closed or sent back."""

from collections.abc import Sequence
from datetime import datetime

from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import models, rules
from qinghe.systems.inspections.access import Act

Finding = models.Finding
Rectification = models.Rectification
Visit = models.Visit


@transaction.atomic
def raise_findings(
    *, visit: Visit, failed: Sequence[models.Answer], at: datetime, by: Actor
) -> list[Finding]:
    """Let each failed item be put right by who cares for the point. Raises Refused: not_allowed."""
    actors.require(by, Act.INSPECT, at=visit.org)
    today = local_day(at)
    found = Finding.objects.bulk_create(
        Finding(
            answer=answer,
            org=visit.org,
            words=f"{answer.item.text}：{answer.note}",
            found_on=today,
            due_on=rules.due_on(day=today, days=answer.item.days),
        )
        for answer in failed
    )
    for one in found:
        audit.record(by=by, verb="inspections.raise_findings", subject=one, at=at)
    return found


@transaction.atomic
def cancel_findings(*, visit: Visit, at: datetime, by: Actor) -> int:
    """Cancel what a voided visit found and nobody has closed. Raises Refused: not_allowed."""
    actors.require(by, Act.RECHECK, at=visit.org)
    found = list(
        Finding.objects.select_for_update(of=("self",)).filter(
            answer__visit=visit, state__in=[Finding.State.OPEN, Finding.State.RECTIFIED]
        )
    )
    for one in found:
        _cancel_waiting(one)
        one.state, one.closed_on = Finding.State.CANCELLED, local_day(at)
        one.save(update_fields=["state", "closed_on"])
        audit.record(by=by, verb="inspections.cancel_findings", subject=one, at=at)
    return len(found)


@transaction.atomic
def rectify(
    *, finding: Finding, words: str, evidence: Upload, at: datetime, by: Actor
) -> Rectification:
    """Say how something was put right, with a photo or paper that shows it.

    Raises Refused: not_allowed, wrong_state, words_needed, and those of files.attach.
    """
    finding = _locked(finding)
    actors.require(by, Act.RECTIFY, at=finding.org)
    rules.check_move(rules.FINDING_MOVES, now=finding.state, to="rectified", what="这个问题")
    if not words.strip():
        raise Refused("words_needed", "请写明怎样整改的，没有提交。")
    made = Rectification.objects.create(
        finding=finding, words=words.strip(), done_by_id=by.person_id, done_at=at
    )
    files.attach(subject=made, upload=evidence, label="整改佐证", at=at, by=by)
    finding.state, finding.rectified_on = Finding.State.RECTIFIED, local_day(at)
    finding.save(update_fields=["state", "rectified_on"])
    audit.record(by=by, verb="inspections.rectify", subject=finding, at=at)
    return made


@transaction.atomic
def pass_finding(*, finding: Finding, at: datetime, by: Actor) -> Finding:
    """Close what somebody else has put right. Raises Refused: not_allowed, wrong_state, own_work."""
    finding = _locked(finding)
    actors.require(by, Act.RECHECK, at=finding.org)
    rules.check_move(rules.FINDING_MOVES, now=finding.state, to="closed", what="这个问题")
    _check(finding, to=Rectification.State.PASSED, reason="", at=at, by=by)
    finding.state, finding.closed_on = Finding.State.CLOSED, local_day(at)
    finding.save(update_fields=["state", "closed_on"])
    audit.record(by=by, verb="inspections.pass_finding", subject=finding, at=at)
    return finding


@transaction.atomic
def send_back(*, finding: Finding, reason: str, at: datetime, by: Actor) -> Finding:
    """Send back what was not put right; there are at least three working days for it.

    Raises Refused: not_allowed, reason_needed, wrong_state, own_work.
    """
    rules.check_reason(reason)
    finding = _locked(finding)
    actors.require(by, Act.RECHECK, at=finding.org)
    rules.check_move(rules.FINDING_MOVES, now=finding.state, to="open", what="这个问题")
    _check(finding, to=Rectification.State.RETURNED, reason=reason, at=at, by=by)
    finding.due_on = rules.due_after_return(due=finding.due_on, today=local_day(at))
    finding.state = Finding.State.OPEN
    finding.returned += 1
    finding.save(update_fields=["state", "due_on", "returned"])
    audit.record(
        by=by, verb="inspections.send_back", subject=finding, at=at, detail={"reason": reason}
    )
    return finding


@transaction.atomic
def hand_over(*, finding: Finding, org: Org, reason: str, at: datetime, by: Actor) -> Finding:
    """Give what is to be put right to another organisation.

    Raises Refused: not_allowed, reason_needed, wrong_state, same_org, org_closed.
    """
    rules.check_reason(reason)
    finding = _locked(finding)
    actors.require(by, Act.RECHECK, at=finding.org)
    actors.require(by, Act.RECHECK, at=org)
    rules.check_still_to_do(state=finding.state)
    orgs.check_takes_new(org=org)
    if org == finding.org:
        raise Refused("same_org", f"这个问题本来就由{org.name}整改，没有改动。")
    before, finding.org = finding.org.name, org
    finding.save(update_fields=["org"])
    audit.record(
        by=by,
        verb="inspections.hand_over",
        subject=finding,
        at=at,
        detail={"from": before, "to": org.name, "reason": reason},
    )
    return finding


def _check(
    finding: Finding, *, to: Rectification.State, reason: str, at: datetime, by: Actor
) -> None:
    waiting = finding.rectifications.get(state=Rectification.State.WAITING)
    rules.check_apart(done_by=waiting.done_by_id, checked_by=by.person_id)
    waiting.state, waiting.reason = to, reason
    waiting.checked_by_id, waiting.checked_at = by.person_id, at
    waiting.save(update_fields=["state", "reason", "checked_by", "checked_at"])


def _cancel_waiting(finding: Finding) -> None:
    finding.rectifications.filter(state=Rectification.State.WAITING).update(
        state=Rectification.State.CANCELLED
    )


def _locked(finding: Finding) -> Finding:
    kept = Finding.objects.select_for_update(of=("self",)).select_related("org")
    return kept.get(pk=finding.pk)

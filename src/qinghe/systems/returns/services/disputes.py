"""Not agreeing with a number shown from records, and answering that.

The number does not change here: it follows its records when they are mended.
"""

from datetime import datetime

from django.db import transaction
from django.urls import reverse

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, queries, rules
from qinghe.systems.returns.access import Act


@transaction.atomic
def dispute(
    *, filing: models.Filing, code: str, reason: str, at: datetime, by: Actor
) -> models.Dispute:
    """Say that a number shown from records is wrong, and why.

    Raises Refused: not_allowed, reason_needed, not_derived, disputed_already.
    """
    rules.check_reason(reason)
    found = models.Filing.objects.select_for_update(of=("self",)).select_related("round", "org")
    filing = found.get(pk=filing.pk)
    actors.require(by, Act.FILL, at=filing.org)
    cell = models.Cell.objects.filter(form=filing.round.form_id, code=code).first()
    if cell is None or not filing.round.derived.filter(cell=cell).exists():
        raise Refused("not_derived", "只能对系统自动生成的数字提异议；自己填的请直接修改。")
    if filing.disputes.filter(cell=cell, settled_at__isnull=True).exists():
        raise Refused("disputed_already", f"“{cell.label}”已有待答复的异议，没有重复提交。")
    made = models.Dispute.objects.create(
        filing=filing,
        cell=cell,
        shown=queries.shown_in(by, filing, cell),
        reason=reason.strip(),
        at=at,
        by=str(by),
        person_id=by.person_id,
    )
    detail = {"code": code, "shown": made.shown, "reason": made.reason}
    audit.record(by=by, verb="returns.dispute", subject=filing, at=at, detail=detail)
    return made


@transaction.atomic
def settle_dispute(
    *, dispute: models.Dispute, verdict: str, words: str, at: datetime, by: Actor
) -> models.Dispute:
    """Answer a dispute in words: the records are wrong, or the number is right.

    Raises Refused: not_allowed, reason_needed, own_dispute, settled_already.
    """
    rules.check_reason(words)
    found = models.Dispute.objects.select_for_update(of=("self",))
    dispute = found.select_related("filing__reviewer", "filing__org", "cell").get(pk=dispute.pk)
    actors.require(by, Act.REVIEW, at=dispute.filing.reviewer)
    if dispute.person_id == by.person_id:
        raise Refused("own_dispute", "不能答复本人提出的异议，请由他人答复。")
    if dispute.settled_at is not None:
        raise Refused("settled_already", "这条异议已经答复，没有改动。")
    dispute.verdict, dispute.words = models.Dispute.Verdict(verdict), words.strip()
    dispute.settled_at, dispute.settled_by = at, str(by)
    dispute.save(update_fields=["verdict", "words", "settled_at", "settled_by"])
    detail = {"dispute": dispute.pk, "verdict": verdict, "words": dispute.words}
    audit.record(by=by, verb="returns.settle_dispute", subject=dispute.filing, at=at, detail=detail)
    notices.notify(
        person_ids=[dispute.person_id],
        kind=Kind.RESULT,
        title=f"异议已答复：{dispute.cell.label}",
        text=f"{dispute.get_verdict_display()}。{dispute.words}",
        url=reverse("returns:filing", args=[dispute.filing_id]),
        at=at,
    )
    return dispute

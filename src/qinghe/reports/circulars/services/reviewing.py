"""The way of a draft to another's eye, and back."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.reports.circulars import queries, rules, standing
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.models import Circular

State = Circular.State


@transaction.atomic
def send_for_review(*, circular: Circular, at: datetime, by: Actor) -> Circular:
    """Send a draft to be reviewed by another person than its sender, who counts as its writer.

    Raises Refused: not_allowed, wrong_state, no_figures, no_addressees, no_day, day_over, untraced,
    no_facts, facts_outdated.
    """
    circular = standing.locked(circular, act=Act.WRITE, by=by)
    rules.check_move(now=circular.state, to=State.REVIEWING)
    standing.check_whole(circular, at=at, by=by)
    circular.state, circular.sent_at = State.REVIEWING, at
    circular.writer, circular.writer_name = by.person_id, by.name
    circular.save(update_fields=["state", "sent_at", "writer", "writer_name"])
    audit.record(by=by, verb="circulars.send_for_review", subject=circular, at=at)
    return circular


@transaction.atomic
def take_back(*, circular: Circular, at: datetime, by: Actor) -> Circular:
    """Take a circular back to its desk before it is issued. Raises Refused: not_allowed, wrong_state."""
    circular = standing.locked(circular, act=Act.WRITE, by=by)
    return _back(circular, verb="circulars.take_back", words="", at=at, by=by)


@transaction.atomic
def agree(*, circular: Circular, words: str, at: datetime, by: Actor) -> Circular:
    """Agree to a draft with the figures as they are now: they are the ones that may be issued.

    Raises Refused: not_allowed, wrong_state, own_circular, no_facts, facts_outdated.
    """
    circular = standing.locked(circular, act=Act.REVIEW, by=by)
    rules.check_move(now=circular.state, to=State.REVIEWED)
    rules.check_other(writer=circular.writer, reviewer=by.person_id)
    standing.check_whole(circular, at=at, by=by)
    circular.state, circular.reviewed_at = State.REVIEWED, at
    circular.reviewer, circular.reviewer_name = by.person_id, by.name
    circular.review_words = words.strip()
    circular.reviewed_sha256 = queries.computed(by, circular).sha256
    circular.save()
    audit.record(
        by=by, verb="circulars.agree", subject=circular, at=at, detail={"reason": words.strip()}
    )
    return circular


@transaction.atomic
def send_back(*, circular: Circular, words: str, at: datetime, by: Actor) -> Circular:
    """Send a draft back to its writer, who is told why.

    Raises Refused: not_allowed, wrong_state, own_circular, reason_needed.
    """
    circular = standing.locked(circular, act=Act.REVIEW, by=by)
    rules.check_reason(words)
    rules.check_other(writer=circular.writer, reviewer=by.person_id)
    if circular.state != State.REVIEWING:
        rules.check_move(now=circular.state, to=State.REVIEWED)
    back = _back(circular, verb="circulars.send_back", words=words.strip(), at=at, by=by)
    notices.notify(
        person_ids=[circular.writer],
        kind=Kind.RESULT,
        title=f"通报被退回：{circular.title}",
        text=words.strip(),
        url=f"/circulars/{circular.pk}/",
        at=at,
    )
    return back


def _back(circular: Circular, *, verb: str, words: str, at: datetime, by: Actor) -> Circular:
    rules.check_move(now=circular.state, to=State.DRAFT)
    circular.state, circular.review_words = State.DRAFT, words
    circular.reviewer, circular.reviewer_name, circular.reviewed_at = 0, "", None
    circular.reviewed_sha256 = ""
    circular.save()
    audit.record(by=by, verb=verb, subject=circular, at=at, detail={"reason": words})
    return circular

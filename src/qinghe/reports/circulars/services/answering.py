"""What the streets say to a circular, and what the office says to that."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.files.base import File as Upload
from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import services as files
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import queries, rules
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.models import Addressee, Circular, Feedback

State = Addressee.State


@transaction.atomic
def answer(
    *,
    addressee: Addressee,
    text: str,
    measures: str,
    uploads: Sequence[Upload] = (),
    at: datetime,
    by: Actor,
) -> Feedback:
    """Answer a circular for a street, with papers if there are any.

    Raises Refused: not_allowed, wrong_state, answer_needed, and the codes of files.attach.
    """
    actors.require(by, Act.ANSWER, at=addressee.org)
    addressee = _locked(addressee)
    rules.check_answer(now=addressee.state, to=State.ANSWERED)
    rules.check_text(text, measures)
    made = Feedback.objects.create(
        addressee=addressee,
        number=addressee.feedback.count() + 1,
        text=text.strip(),
        measures=measures.strip(),
        at=at,
        person=by.person_id,
        by=by.name,
    )
    for upload in uploads:
        files.attach(subject=made, upload=upload, at=at, by=by)
    addressee.state, addressee.answered_at = State.ANSWERED, at
    addressee.save(update_fields=["state", "answered_at"])
    audit.record(
        by=by,
        verb="circulars.answer",
        subject=addressee.circular,
        at=at,
        detail={"org": addressee.org.name},
    )
    return made


@transaction.atomic
def accept(*, addressee: Addressee, words: str, at: datetime, by: Actor) -> Addressee:
    """Accept a street's answer. Raises Refused: not_allowed, wrong_state, own_answer."""
    addressee = _decide(addressee, Feedback.Verdict.ACCEPTED, words=words, at=at, by=by)
    addressee.state = State.ACCEPTED
    addressee.save(update_fields=["state"])
    _tell(addressee, title="反馈已接受", text=words.strip() or "反馈已接受。", at=at, by=by)
    return addressee


@transaction.atomic
def ask_again(
    *, addressee: Addressee, words: str, answer_by: date, at: datetime, by: Actor
) -> Addressee:
    """Ask a street for another answer, by another day; the first one stays.

    Raises Refused: not_allowed, wrong_state, own_answer, reason_needed, day_over.
    """
    rules.check_reason(words)
    rules.check_answer_by(answer_by=answer_by, open_answers=1, today=local_day(at))
    addressee = _decide(addressee, Feedback.Verdict.AGAIN, words=words, at=at, by=by)
    addressee.state, addressee.asked_at, addressee.answer_by = State.AGAIN, at, answer_by
    addressee.save(update_fields=["state", "asked_at", "answer_by"])
    _tell(addressee, title="请重新反馈", text=words.strip(), at=at, by=by)
    return addressee


@transaction.atomic
def remind(*, circular: Circular, at: datetime, by: Actor) -> list[Addressee]:
    """Remind every street that has not answered, once a day at most, and tell which they were.

    Raises Refused: not_allowed, nobody_waits.
    """
    actors.require(by, Act.WRITE, at=circular.org)
    open_ones = circular.addressees.select_for_update().filter(
        circular__state=Circular.State.ISSUED, state__in=rules.OPEN_ANSWERS
    )
    late = [each for each in open_ones if not _reminded_on(each, local_day(at))]
    if not late:
        raise Refused("nobody_waits", "没有需要催办的街道：都已反馈，或今天已经催过。")
    for each in late:
        each.reminded_at = at
    Addressee.objects.bulk_update(late, ["reminded_at"])
    for each in late:
        _tell(each, title="请尽快反馈", text=_by_when(each), at=at, by=by, kind=Kind.LATE)
    audit.record(
        by=by, verb="circulars.remind", subject=circular, at=at, detail={"count": len(late)}
    )
    return late


def _decide(
    addressee: Addressee, verdict: str, *, words: str, at: datetime, by: Actor
) -> Addressee:
    actors.require(by, Act.WRITE, at=addressee.circular.org)
    addressee = _locked(addressee)
    to = State.ACCEPTED if verdict == Feedback.Verdict.ACCEPTED else State.AGAIN
    rules.check_answer(now=addressee.state, to=to)
    last = addressee.feedback.order_by("-number")[0]
    rules.check_not_own(person=last.person, decider=by.person_id)
    last.verdict, last.words, last.decided_at = verdict, words.strip(), at
    last.decided_by = by.name
    last.save(update_fields=["verdict", "words", "decided_at", "decided_by"])
    detail = {"org": addressee.org.name, "reason": words.strip()}
    audit.record(
        by=by, verb=f"circulars.{verdict}", subject=addressee.circular, at=at, detail=detail
    )
    return addressee


def _tell(
    addressee: Addressee,
    *,
    title: str,
    text: str,
    at: datetime,
    by: Actor,
    kind: Kind = Kind.RESULT,
) -> None:
    notices.notify(
        person_ids=queries.secretaries(by, orgs=[addressee.org], day=local_day(at)),
        kind=Kind.TODO if addressee.state == State.AGAIN and kind is Kind.RESULT else kind,
        title=f"{title}：{addressee.circular.title}",
        text=text,
        url=f"/circulars/{addressee.circular_id}/",
        at=at,
    )


def _by_when(addressee: Addressee) -> str:
    due = addressee.answer_by
    return f"反馈期限是{due.month}月{due.day}日。" if due else ""


def _reminded_on(addressee: Addressee, day: date) -> bool:
    return addressee.reminded_at is not None and local_day(addressee.reminded_at) == day


def _locked(addressee: Addressee) -> Addressee:
    """Return an addressee of an issued circular as it stands now. Raises Refused: wrong_state."""
    found = Addressee.objects.select_for_update(of=("self",)).select_related("circular__org", "org")
    kept = found.get(pk=addressee.pk)
    if kept.circular.state != Circular.State.ISSUED:
        raise Refused("wrong_state", "通报还没有印发，不能反馈。")
    return kept

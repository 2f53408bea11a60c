"""Sending up, and taking back while nobody has decided."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.systems.returns import models, queries, rules
from qinghe.systems.returns.access import Act
from qinghe.systems.returns.rules import Question

State = models.Filing.State
NONE: Mapping[str, str] = MappingProxyType({})


@transaction.atomic
def submit(
    *,
    filing: models.Filing,
    answers: Mapping[str, str] = NONE,
    late_reason: str = "",
    at: datetime,
    by: Actor,
) -> models.Filing:
    """Send a filing up to whoever reviews it; a street's tells how far those below it are.

    `answers` are words to the questions that the numbers raise, by their keys. Raises Refused:
    not_allowed, wrong_state, not_open_yet, locked, nothing_filled, evidence_needed, questions_open.
    """
    filing = _locked(filing)
    actors.require(by, Act.FILL, at=filing.org)
    day, asked = local_day(at), filing.round
    rules.check_may_submit(
        state=filing.state,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        day=day,
        reason=late_reason,
    )
    _check_filled(filing, answers, at=at, by=by)
    if rules.is_late(state=filing.state, closes_on=asked.closes_on, day=day):
        filing.late, filing.late_reason = True, late_reason.strip()
    filing.below = queries.below_of(by, filing)
    filing.state = State.SUBMITTED
    filing.submitted_at, filing.submitted_by, filing.sender_id = at, str(by), by.person_id
    filing.save()
    detail = {"late": filing.late, "late_reason": filing.late_reason}
    audit.record(by=by, verb="returns.submit", subject=filing, at=at, detail=detail)
    return filing


@transaction.atomic
def take_back(*, filing: models.Filing, at: datetime, by: Actor) -> models.Filing:
    """Take back what was sent, while nobody has decided on it; it is a draft again.

    Raises Refused: not_allowed, wrong_state.
    """
    filing = _locked(filing)
    actors.require(by, Act.FILL, at=filing.org)
    rules.check_move(now=filing.state, to=State.DRAFT)
    filing.state, filing.late, filing.late_reason = State.DRAFT, False, ""
    filing.save(update_fields=["state", "late", "late_reason"])
    audit.record(by=by, verb="returns.take_back", subject=filing, at=at)
    return filing


def _locked(filing: models.Filing) -> models.Filing:
    found = models.Filing.objects.select_for_update(of=("self",))
    return found.select_related("round__form", "org", "reviewer").get(pk=filing.pk)


def _check_filled(
    filing: models.Filing, answers: Mapping[str, str], *, at: datetime, by: Actor
) -> None:
    sheet = queries.sheet_of(by, filing)
    specs = [one.cell.spec for one in sheet.cells if not one.derived]
    worths = {one.cell.code: one.worth for one in sheet.cells if not one.derived}
    rules.check_something_said(worths.values(), derived=len(sheet.cells) - len(specs))
    said = {**sheet.answered, **{key: text.strip() for key, text in answers.items() if text}}
    rules.check_answered(sheet.questions, said)
    attached = {one.cell.code for one in sheet.cells if one.evidence}
    rules.check_evidence(cells=specs, worths=worths, attached=attached)
    _keep_answers(filing, sheet.questions, said, at=at, by=by)


def _keep_answers(
    filing: models.Filing,
    questions: Sequence[Question],
    said: Mapping[str, str],
    *,
    at: datetime,
    by: Actor,
) -> None:
    """Keep the answers to what is asked now; one that stands already keeps its author."""
    kept = {answer.question_key: answer for answer in filing.answers.all()}
    for question in questions:
        old, text = kept.get(question.key), said[question.key]
        if old and (old.asked, old.text) == (question.words, text):
            continue
        models.Answer.objects.update_or_create(
            filing=filing,
            question_key=question.key,
            defaults={"asked": question.words, "text": text, "at": at, "by": str(by)},
        )

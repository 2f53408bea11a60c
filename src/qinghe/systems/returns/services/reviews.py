"""The word of the organisation above: accepted, or sent back with a reason."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.lib import sentences
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, rules
from qinghe.systems.returns.access import FILLING, Act

State = models.Filing.State
Verdict = models.Review.Verdict
MOST_AT_ONCE = 500
REVIEWING = (Role.STREET_SECRETARY.value, Role.DISTRICT_OFFICER.value)


@dataclass(frozen=True)
class Outcome:
    """What became of a chunk: which were accepted, and why the others were not."""

    accepted: tuple[int, ...]
    refused: dict[int, Refused]


@transaction.atomic
def accept(*, filing: models.Filing, at: datetime, by: Actor) -> models.Filing:
    """Accept a filing: its numbers count from now on.

    Raises Refused: not_allowed, own_filing, wrong_state.
    """
    filing = _locked(filing)
    _check_acceptable(filing, by=by)
    _decide(filing, to=State.ACCEPTED, at=at, by=by)
    _review(filing, Verdict.ACCEPTED, reason="", at=at, by=by)
    audit.record(by=by, verb="returns.accept", subject=filing, at=at)
    return filing


@transaction.atomic
def accept_many(*, filings: Collection[models.Filing], at: datetime, by: Actor) -> Outcome:
    """Accept a chunk of filings in one step; what cannot be accepted is told, the rest goes on.

    The caller loops over chunks, so that nobody waits for all of them. Raises Refused: too_many.
    """
    if len(filings) > MOST_AT_ONCE:
        raise Refused("too_many", f"一次最多通过{MOST_AT_ONCE}份，没有改动；请分批办理。")
    found = models.Filing.objects.select_for_update(of=("self",)).select_related("reviewer")
    refused: dict[int, Refused] = {}
    good: list[models.Filing] = []
    for filing in found.filter(pk__in=[one.pk for one in filings]).order_by("pk"):
        try:
            _check_acceptable(filing, by=by)
        except Refused as refusal:
            refused[filing.pk] = refusal
        else:
            good.append(filing)
    ids = [filing.pk for filing in good]
    models.Filing.objects.filter(pk__in=ids).update(
        state=State.ACCEPTED, decided_at=at, decided_by=str(by), decider_id=by.person_id
    )
    models.Review.objects.bulk_create(
        models.Review(
            filing=filing, verdict=Verdict.ACCEPTED, at=at, by=str(by), person_id=by.person_id
        )
        for filing in good
    )
    audit.record_many(by=by, verb="returns.accept_many", model=models.Filing, ids=ids, at=at)
    return Outcome(tuple(ids), refused)


@transaction.atomic
def send_back(*, filing: models.Filing, reason: str, at: datetime, by: Actor) -> models.Filing:
    """Send a filing back to be mended, also one that was accepted: it counts no more.

    Those who fill are told; so is the street, when the district sends back what it had accepted.
    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    filing = _locked(filing)
    actors.require(by, Act.REVIEW, at=filing.reviewer)
    was = filing.state
    rules.check_move(now=was, to=State.SENT_BACK)
    _decide(filing, to=State.SENT_BACK, at=at, by=by)
    _review(filing, Verdict.SENT_BACK, reason=reason.strip(), at=at, by=by)
    detail = {"reason": reason.strip(), "was": was}
    audit.record(by=by, verb="returns.send_back", subject=filing, at=at, detail=detail)
    _tell(filing, reason=reason.strip(), at=at, by=by, accepted=was == State.ACCEPTED)
    return filing


def _locked(filing: models.Filing) -> models.Filing:
    found = models.Filing.objects.select_for_update(of=("self",))
    return found.select_related("round__form", "org", "reviewer").get(pk=filing.pk)


def _check_acceptable(filing: models.Filing, *, by: Actor) -> None:
    actors.require(by, Act.REVIEW, at=filing.reviewer)
    rules.check_move(now=filing.state, to=State.ACCEPTED)
    rules.check_not_own(sender_id=filing.sender_id, decider_id=by.person_id)


def _decide(filing: models.Filing, *, to: State, at: datetime, by: Actor) -> None:
    filing.state, filing.decided_at = to, at
    filing.decided_by, filing.decider_id = str(by), by.person_id
    filing.save(update_fields=["state", "decided_at", "decided_by", "decider_id"])


def _review(
    filing: models.Filing, verdict: Verdict, *, reason: str, at: datetime, by: Actor
) -> None:
    models.Review.objects.create(
        filing=filing,
        verdict=verdict,
        reason=reason,
        at=at,
        by=str(by),
        person_id=by.person_id,
    )


def _tell(filing: models.Filing, *, reason: str, at: datetime, by: Actor, accepted: bool) -> None:
    """Tell those who fill; of what was accepted also those who had accepted it."""
    held = access.holdings_on(local_day(at))
    named = f"《{filing.round.form.title}》{filing.round.span.label}"
    fillers = held.filter(org=filing.org_id, role__in=[role.value for role in FILLING])
    _notify(
        fillers.values_list("person_id", flat=True),
        filing,
        title=f"报送被退回：{named}",
        text=f"退回原因：{sentences.inside(reason)}。已填的内容都在，改正后请重新报送。",
        at=at,
    )
    if accepted:
        reviewers = held.filter(org=filing.reviewer_id, role__in=REVIEWING)
        _notify(
            reviewers.exclude(person=by.person_id).values_list("person_id", flat=True),
            filing,
            title=f"已通过的报送被上级退回：{named}",
            text=f"{filing.org}的报送被退回，原因：{sentences.inside(reason)}。重新报送后仍由您审核。",
            at=at,
        )


def _notify(
    person_ids: Iterable[int], filing: models.Filing, *, title: str, text: str, at: datetime
) -> None:
    if told := sorted(set(person_ids)):
        url = reverse("returns:filing", args=[filing.pk])
        notices.notify(person_ids=told, kind=Kind.RESULT, title=title, text=text, url=url, at=at)

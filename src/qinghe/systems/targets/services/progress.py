"""Telling how far a charge is, with what shows it; accepting it or sending it back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.files.base import File as Upload
from django.db import transaction
from django.urls import reverse

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import queries as file_queries
from qinghe.kernel.files import services as files
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import check_move, check_reason
from qinghe.systems.targets import models
from qinghe.systems.targets.access import Charging
from qinghe.systems.targets.models import Charge, Progress
from qinghe.systems.targets.queries import holders, standing
from qinghe.systems.targets.rules import progress as rules

from .telling import SHORT, Telling
from .watching import look

WHAT = "填报"
State = Progress.State


@dataclass(frozen=True)
class NewProgress:
    """How far a charge is: what was done in all up to a day, in words, with a file or without."""

    day: date
    number: Decimal
    words: str
    evidence: Upload | None = None


@transaction.atomic
def draft_progress(
    *, charge: Charge, kind: str, new: NewProgress, at: datetime, by: Actor
) -> Progress:
    """Write down how far a charge is, or that it is done, without handing it in yet.

    Raises Refused: not_allowed, struck_off, over, counted, shared, under_way, in_future,
    wrong_order, wrong_number, and the codes of files.attach.
    """
    charge = _locked(charge)
    holders.require_teller(by, charge.org)
    _check_open(charge, kind=kind)
    under_way = charge.progress.filter(kind=kind, state__in=models.UNDER_WAY)
    rules.check_free(is_under_way=under_way.exists())
    _check_told(charge, new, at=at)
    made = Progress.objects.create(
        charge=charge,
        kind=kind,
        day=new.day,
        number=new.number,
        words=new.words.strip(),
        filed_by_id=by.person_id,
    )
    _attach(made, new.evidence, at=at, by=by)
    audit.record(by=by, verb="targets.draft_progress", subject=made, at=at)
    return made


@transaction.atomic
def tell(*, charge: Charge, kind: str, new: NewProgress, at: datetime, by: Actor) -> Progress:
    """Write down how far a charge is and hand it in at once: both, or neither.

    Raises Refused: the codes of draft_progress and submit_progress.
    """
    made = draft_progress(charge=charge, kind=kind, new=new, at=at, by=by)
    return submit_progress(progress=made, at=at, by=by)


@transaction.atomic
def tell_again(*, progress: Progress, new: NewProgress, at: datetime, by: Actor) -> Progress:
    """Mend what was sent back and hand it in at once: both, or neither.

    Raises Refused: the codes of change_progress and submit_progress.
    """
    change_progress(progress=progress, new=new, at=at, by=by)
    return submit_progress(progress=progress, at=at, by=by)


@transaction.atomic
def change_progress(*, progress: Progress, new: NewProgress, at: datetime, by: Actor) -> Progress:
    """Mend a draft, or what was sent back. Raises Refused: wrong_state, and those of drafting."""
    progress = _found(progress)
    holders.require_teller(by, progress.charge.org)
    rules.check_mendable(state=progress.state)
    _check_told(progress.charge, new, at=at)
    progress.day, progress.number, progress.words = new.day, new.number, new.words.strip()
    progress.save()
    _attach(progress, new.evidence, at=at, by=by)
    audit.record(by=by, verb="targets.change_progress", subject=progress, at=at)
    return progress


@transaction.atomic
def submit_progress(*, progress: Progress, at: datetime, by: Actor) -> Progress:
    """Hand in what was written down, to the organisation above.

    Raises Refused: not_allowed, wrong_state, struck_off, over, evidence_needed, not_reached.
    """
    progress = _found(progress)
    charge = _locked(progress.charge)
    holders.require_teller(by, charge.org)
    check_move(rules.PROGRESS_MOVES, now=progress.state, to=State.SUBMITTED, what=WHAT)
    _check_open(charge, kind=progress.kind)
    if progress.kind == Progress.Kind.STRIKE:
        rules.check_evidence(files=file_queries.attachments_of(progress).count())
        _check_reached(charge, progress, at=at)
    progress.state, progress.filed_on = State.SUBMITTED, local_day(at)
    progress.filed_by_id, progress.decided_by, progress.decided_on = by.person_id, None, None
    progress.save()
    Charge.objects.filter(pk=charge.pk).update(asked_on=None, file_by=None)
    detail = {"number": str(progress.number)}
    audit.record(by=by, verb="targets.submit_progress", subject=progress, at=at, detail=detail)
    return progress


@transaction.atomic
def accept_progress(*, progress: Progress, at: datetime, by: Actor) -> Progress:
    """Accept what was told: it counts from today on, and a strike-off ends the watch.

    Raises Refused: not_allowed, own_progress, wrong_state.
    """
    progress = _found(progress)
    charge = _locked(progress.charge)
    _decide(progress, to=State.ACCEPTED, reason="", at=at, by=by)
    if progress.kind == Progress.Kind.STRIKE:
        charge.struck_on, charge.asked_on, charge.file_by = local_day(at), None, None
        charge.save(update_fields=["struck_on", "asked_on", "file_by"])
    audit.record(by=by, verb="targets.accept_progress", subject=progress, at=at)
    look(items=[charge.item_id], at=at, by=by)
    _answer(progress, "已通过", "填报已由上级审核通过。", at=at)
    return progress


@transaction.atomic
def send_back_progress(*, progress: Progress, reason: str, at: datetime, by: Actor) -> Progress:
    """Send back what is wrong, with its reason; its organisation is asked again.

    Raises Refused: not_allowed, own_progress, wrong_state, reason_needed.
    """
    check_reason(reason)
    progress = _found(progress)
    charge = _locked(progress.charge)
    _decide(progress, to=State.SENT_BACK, reason=reason.strip(), at=at, by=by)
    if charge.struck_on is None:
        charge.asked_on = charge.file_by = local_day(at)
        charge.save(update_fields=["asked_on", "file_by"])
    detail = {"reason": progress.reason}
    audit.record(by=by, verb="targets.send_back_progress", subject=progress, at=at, detail=detail)
    _answer(progress, "被退回", f"退回原因：{progress.reason}", at=at)
    return progress


@transaction.atomic
def reopen(*, charge: Charge, reason: str, at: datetime, by: Actor) -> Charge:
    """Take up again what was struck off, with a reason. Raises Refused: not_allowed, wrong_state."""
    check_reason(reason)
    charge = _locked(charge)
    actors.require(by, Charging.SUPERVISE, at=charge.above)
    struck = charge.progress.filter(kind=Progress.Kind.STRIKE, state=State.ACCEPTED).first()
    now = State.ACCEPTED if struck else State.DRAFT
    check_move(rules.PROGRESS_MOVES, now=now, to=State.REOPENED, what="任务")
    if struck is not None:
        struck.state, struck.reopened_why = State.REOPENED, reason.strip()
        struck.reopened_on = local_day(at)
        struck.save()
        _answer(struck, "重新办理", f"原因：{struck.reopened_why}", at=at)
    charge.struck_on, charge.seen_on = None, None
    charge.save(update_fields=["struck_on", "seen_on"])
    detail = {"reason": reason.strip()}
    audit.record(by=by, verb="targets.reopen", subject=charge, at=at, detail=detail)
    look(items=[charge.item_id], at=at, by=by)
    return charge


def _decide(progress: Progress, *, to: str, reason: str, at: datetime, by: Actor) -> None:
    actors.require(by, Charging.ACCEPT, at=progress.charge.above)
    check_move(rules.PROGRESS_MOVES, now=progress.state, to=to, what=WHAT)
    rules.check_another(filed_by=progress.filed_by_id, decides=by.person_id)
    progress.state, progress.reason = to, reason
    progress.decided_by_id, progress.decided_on = by.person_id, local_day(at)
    progress.save()


def _check_open(charge: Charge, *, kind: str) -> None:
    """Refuse what cannot be told by hand; a strike-off is asked for whatever counts the number."""
    rules.check_running(is_struck=charge.struck_on is not None, is_over=charge.is_over)
    if kind == Progress.Kind.PROGRESS:
        rules.check_by_hand(code=charge.item.code)
        shared = charge.share is not None and charge.share.children.exists()
        rules.check_not_shared(is_shared=shared)


def _check_told(charge: Charge, new: NewProgress, *, at: datetime) -> None:
    start = charge.course().start
    rules.check_told(day=new.day, number=new.number, start=start, today=local_day(at))


def _check_reached(charge: Charge, progress: Progress, *, at: datetime) -> None:
    """Ask the figure, or those below, where they count it, and else what is told itself."""
    told = standing.standing_of("", standing.beside("", charge))
    by_hand = told.is_told(charge)
    done = progress.number if by_hand else told.done(charge, local_day(at))
    rules.check_reached(done=done or Decimal(0), target=charge.target, unit=charge.unit)


def _attach(progress: Progress, upload: Upload | None, *, at: datetime, by: Actor) -> None:
    if upload is not None:
        files.attach(subject=progress, upload=upload, label="佐证", at=at, by=by)


def _answer(progress: Progress, title: str, text: str, *, at: datetime) -> None:
    item = progress.charge.item
    url = reverse("targets:progress", args=[progress.pk])
    title = f"{progress.get_kind_display()}填报{title}：{item.title[:SHORT]}"
    Telling(at).say([progress.filed_by_id], title=title, text=text, url=url)


def _locked(charge: Charge) -> Charge:
    kept = Charge.objects.select_for_update(of=("self",))
    return kept.select_related("item__task_list", "org", "above", "share").get(pk=charge.pk)


def _found(progress: Progress) -> Progress:
    kept = Progress.objects.select_for_update(of=("self",))
    return kept.select_related(
        "charge__item__task_list", "charge__org", "charge__above", "charge__share"
    ).get(pk=progress.pk)

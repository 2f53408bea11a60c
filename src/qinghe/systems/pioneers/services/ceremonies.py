"""One ceremony: written down by the school, handed in, looked at by somebody else."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files import queries as files
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.pioneers import models, queries, rules
from qinghe.systems.pioneers.access import Act

Ceremony = models.Ceremony
State = models.Ceremony.State
MENDABLE = (State.DRAFT, State.SENT_BACK)


@dataclass(frozen=True)
class Held:
    """What a school tells of a ceremony; `steps` are keys of the outline's points."""

    kind: str
    org: Org
    day: date
    place: str
    people: int
    leaders: str
    steps: Collection[int]
    again: str = ""


@transaction.atomic
def register_ceremony(*, held: Held, at: datetime, by: Actor) -> Ceremony:
    """Write down, as a draft, what a school held, by the outline of its day.

    Raises Refused: not_allowed, org_closed, not_a_school, too_early, same_day, no_outline.
    """
    actors.require(by, Act.REGISTER, at=held.org)
    orgs.check_takes_new(org=held.org)
    made = Ceremony()
    _keep(made, held, at=at, by=by)
    audit.record(by=by, verb="pioneers.register_ceremony", subject=made, at=at)
    return made


@transaction.atomic
def change_ceremony(*, ceremony: Ceremony, held: Held, at: datetime, by: Actor) -> Ceremony:
    """Mend a draft, or what was sent back.

    Raises Refused: not_allowed, wrong_state, not_a_school, too_early, same_day, no_outline.
    """
    kept = _locked(ceremony)
    actors.require(by, Act.REGISTER, at=kept.org)
    actors.require(by, Act.REGISTER, at=held.org)
    if kept.state not in MENDABLE:
        raise Refused("wrong_state", "已经提交或取消的不能修改，没有改动；审核退回后可以修改。")
    _keep(kept, held, at=at, by=by)
    audit.record(by=by, verb="pioneers.change_ceremony", subject=kept, at=at)
    return kept


@transaction.atomic
def submit_ceremony(*, ceremony: Ceremony, at: datetime, by: Actor) -> Ceremony:
    """Hand a ceremony in, with its points and its evidence.

    Raises Refused: not_allowed, wrong_state, steps_missing, evidence_needed.
    """
    kept = _locked(ceremony)
    actors.require(by, Act.REGISTER, at=kept.org)
    rules.check_move(rules.CEREMONY_MOVES, now=kept.state, to=State.SUBMITTED, what="这条记录")
    required = kept.outline.steps.filter(is_required=True).values_list("pk", "text")
    rules.check_steps(required=list(required), done=set(kept.steps.values_list("pk", flat=True)))
    rules.check_evidence(files.attachments_of(kept).count())
    kept.state = State.SUBMITTED
    kept.submitted_by_id, kept.submitted_on = by.person_id, local_day(at)
    kept.reviewed_by, kept.reviewed_on, kept.reason = None, None, ""
    kept.save()
    audit.record(by=by, verb="pioneers.submit_ceremony", subject=kept, at=at)
    return kept


@transaction.atomic
def accept_ceremony(*, ceremony: Ceremony, at: datetime, by: Actor) -> Ceremony:
    """Accept a ceremony: from now on it counts. Raises: not_allowed, wrong_state, own_record."""
    kept = _reviewed(ceremony, to=State.ACCEPTED, at=at, by=by)
    kept.save()
    audit.record(by=by, verb="pioneers.accept_ceremony", subject=kept, at=at)
    return kept


@transaction.atomic
def send_back_ceremony(*, ceremony: Ceremony, reason: str, at: datetime, by: Actor) -> Ceremony:
    """Send a ceremony back to be mended, also one that was accepted: it counts no more.

    Raises Refused: reason_needed, not_allowed, wrong_state, own_record.
    """
    rules.check_reason(reason)
    kept = _reviewed(ceremony, to=State.SENT_BACK, at=at, by=by)
    kept.reason = reason.strip()
    kept.save()
    audit.record(
        by=by, verb="pioneers.send_back_ceremony", subject=kept, at=at, detail={"reason": reason}
    )
    notices.notify(
        person_ids=[kept.submitted_by_id] if kept.submitted_by_id else [],
        kind=Kind.RESULT,
        title=f"{kept.get_kind_display()}记录被退回",
        text=f"{kept.org.name}{kept.day.isoformat()}的{kept.get_kind_display()}：{kept.reason}",
        url=f"/pioneers/ceremonies/{kept.pk}/",
        at=at,
    )
    return kept


@transaction.atomic
def cancel_ceremony(*, ceremony: Ceremony, reason: str, at: datetime, by: Actor) -> Ceremony:
    """Take back what was written down by mistake and has not been accepted.

    Raises Refused: reason_needed, not_allowed, wrong_state.
    """
    rules.check_reason(reason)
    kept = _locked(ceremony)
    actors.require(by, Act.REGISTER, at=kept.org)
    rules.check_move(rules.CEREMONY_MOVES, now=kept.state, to=State.CANCELLED, what="这条记录")
    kept.state, kept.reason = State.CANCELLED, reason.strip()
    kept.save(update_fields=["state", "reason"])
    audit.record(
        by=by, verb="pioneers.cancel_ceremony", subject=kept, at=at, detail={"reason": reason}
    )
    return kept


def _keep(ceremony: Ceremony, held: Held, *, at: datetime, by: Actor) -> None:
    rules.check_school(is_school=queries.may_hold(by, held.org), name=held.org.name)
    rules.check_day_has_come(day=held.day, today=local_day(at))
    outline = queries.outline_on(by, held.kind, held.day)
    if outline is None:
        raise Refused("no_outline", "这一天还没有起用的要点模板，没有保存；请联系区级编制。")
    Org.objects.select_for_update().get(pk=held.org.pk)  # two of one day would both see none
    others = Ceremony.objects.filter(kind=held.kind, org=held.org, day=held.day)
    others = others.exclude(state=State.CANCELLED).exclude(pk=ceremony.pk)
    rules.check_no_twin(others=others.count(), again=held.again)
    ceremony.kind, ceremony.org, ceremony.day = held.kind, held.org, held.day
    ceremony.place, ceremony.people = held.place.strip(), held.people
    ceremony.leaders, ceremony.again = held.leaders.strip(), held.again.strip()
    ceremony.outline = outline
    ceremony.save()
    ceremony.steps.set(outline.steps.filter(pk__in=held.steps))


def _reviewed(ceremony: Ceremony, *, to: State, at: datetime, by: Actor) -> Ceremony:
    kept = _locked(ceremony)
    actors.require(by, Act.REVIEW, at=kept.org)
    rules.check_move(rules.CEREMONY_MOVES, now=kept.state, to=to, what="这条记录")
    rules.check_the_other_pair_of_eyes(submitted_by=kept.submitted_by_id, reviewer=by.person_id)
    kept.state, kept.reviewed_by_id, kept.reviewed_on = to, by.person_id, local_day(at)
    return kept


def _locked(ceremony: Ceremony) -> Ceremony:
    found = Ceremony.objects.select_for_update(of=("self",)).select_related("org", "outline")
    return found.get(pk=ceremony.pk)

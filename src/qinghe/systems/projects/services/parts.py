"""Parts: given down, taken, handed in, accepted above or sent back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.urls import reverse

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.kinds import Kind
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import check_reason
from qinghe.systems.projects import rules
from qinghe.systems.projects.access import Act
from qinghe.systems.projects.models import OFF, OPEN, Allotment, JointProject, Part

from .common import _locked_project, _part_in, _running_part

State = Part.State
WHAT = "分工"


@dataclass(frozen=True)
class NewPart:
    """What one organisation is to do by when; of a street's part, or of the project."""

    project: JointProject
    org: Org
    title: str
    starts_on: date
    due_on: date
    parent: Part | None = None


@transaction.atomic
def offer_part(*, new: NewPart, at: datetime, by: Actor) -> Part:
    """Give a part of a project, or of one's own part, to an organisation below.

    Raises Refused: not_allowed, over, too_deep, not_taken, wrong_place, org_closed, wrong_order,
    outside, there_already.
    """
    project = _locked_project(new.project)
    rules.check_ended(is_ended=project.is_over)
    giver, first, last, whose = project.org, project.starts_on, project.ends_on, "项目"
    if new.parent is not None:
        parent = _running_part(new.parent)
        rules.check_given(
            is_deepest=parent.parent_id is not None, is_taken=parent.state == State.TAKEN
        )
        giver, first, last, whose = parent.org, parent.starts_on, parent.due_on, "上级分工"
    actors.require(by, Act.LEAD, at=giver)
    rules.check_below(giver=giver.path, taker=new.org.path)
    orgs.check_takes_new(org=new.org)
    rules.check_within(
        starts_on=new.starts_on, due_on=new.due_on, first=first, last=last, whose=whose
    )
    same = project.parts.filter(org=new.org, title=new.title.strip())
    rules.check_fresh(is_there=same.exclude(state__in=OFF).exists(), what=WHAT)
    made = Part.objects.create(
        project=project,
        parent=new.parent,
        org=new.org,
        above=giver,
        title=new.title.strip(),
        starts_on=new.starts_on,
        due_on=new.due_on,
        offered_on=local_day(at),
    )
    audit.record(by=by, verb="projects.offer_part", subject=made, at=at)
    return made


@transaction.atomic
def take_part(*, part: Part, at: datetime, by: Actor) -> Part:
    """Say yes to a part. Raises Refused: not_allowed, not_running, over, wrong_state."""
    kept = _carried(part, by=by)
    rules.check_move(rules.PART_MOVES, now=kept.state, to=State.TAKEN, what=WHAT)
    kept.state, kept.taken_on = State.TAKEN, local_day(at)
    kept.save(update_fields=["state", "taken_on"])
    audit.record(by=by, verb="projects.take_part", subject=kept, at=at)
    return kept


@transaction.atomic
def decline_part(*, part: Part, reason: str, at: datetime, by: Actor) -> Part:
    """Say no to a part, with a reason. Raises Refused: those of taking, reason_needed."""
    kept = _carried(part, by=by)
    check_reason(reason)
    return _end(kept, to=State.DECLINED, reason=reason, verb="projects.decline_part", at=at, by=by)


@transaction.atomic
def drop_part(*, part: Part, reason: str, at: datetime, by: Actor) -> Part:
    """Take a part back from whom it was given, with all that was given on of it.

    Raises Refused: not_allowed, over, reason_needed, wrong_state.
    """
    kept = _part_in(part)
    actors.require(by, Act.LEAD, at=kept.above)
    check_reason(reason)
    for piece in kept.pieces.filter(state__in=OPEN):
        piece.state, piece.reason = State.DROPPED, reason.strip()
        piece.save(update_fields=["state", "reason"])
    return _end(kept, to=State.DROPPED, reason=reason, verb="projects.drop_part", at=at, by=by)


@transaction.atomic
def submit_part(
    *, part: Part, outcome: str, used: Mapping[int, int], at: datetime, by: Actor
) -> Part:
    """Hand a part in: what came of it, and how much of each allotment the part itself used.

    Raises Refused: not_allowed, not_running, over, wrong_state, open_below, outcome_needed,
    used_too_much.
    """
    kept = _carried(part, by=by)
    rules.check_move(rules.PART_MOVES, now=kept.state, to=State.SUBMITTED, what=WHAT)
    rules.check_settled_below(open_below=kept.pieces.filter(state__in=OPEN).count())
    rules.check_outcome(outcome=outcome)
    below = Allotment.objects.filter(part__parent=kept).values_list("means")
    given_on = dict(below.annotate(Sum("quantity")).order_by())
    for one in kept.allotments.select_related("means"):
        one.used = used.get(one.pk, 0)
        own = one.quantity - given_on.get(one.means_id, 0)
        rules.check_used(used=one.used, given=own, unit=one.means.unit)
        one.save(update_fields=["used"])
    kept.state, kept.outcome, kept.reason = State.SUBMITTED, outcome.strip(), ""
    kept.submitted_by_id, kept.submitted_on = by.person_id, local_day(at)
    kept.save(update_fields=["state", "outcome", "reason", "submitted_by", "submitted_on"])
    audit.record(by=by, verb="projects.submit_part", subject=kept, at=at)
    return kept


@transaction.atomic
def accept_part(*, part: Part, at: datetime, by: Actor) -> Part:
    """Accept what was handed in, by who gave the part and never by who handed it in.

    Raises Refused: not_allowed, not_running, over, wrong_state, own_part.
    """
    kept = _decided(part, to=State.ACCEPTED, by=by)
    kept.state, kept.accepted_by_id, kept.accepted_on = (
        State.ACCEPTED, by.person_id, local_day(at),
    )  # fmt: skip
    kept.save(update_fields=["state", "accepted_by", "accepted_on"])
    audit.record(by=by, verb="projects.accept_part", subject=kept, at=at)
    _tell(kept, "分工已验收", f"{kept.project.title}的分工“{kept.title}”已由上级验收。", at=at)
    return kept


@transaction.atomic
def send_back_part(*, part: Part, reason: str, at: datetime, by: Actor) -> Part:
    """Send back what is not done, with a reason; it is with its organisation again.

    Raises Refused: those of accepting, reason_needed.
    """
    check_reason(reason)
    kept = _decided(part, to=State.TAKEN, by=by)
    kept.state, kept.reason = State.TAKEN, reason.strip()
    kept.save(update_fields=["state", "reason"])
    detail = {"reason": kept.reason}
    audit.record(by=by, verb="projects.send_back_part", subject=kept, at=at, detail=detail)
    _tell(kept, "分工被退回", f"“{kept.title}”退回原因：{kept.reason}", at=at)
    return kept


def _carried(part: Part, *, by: Actor) -> Part:
    """Return a part of a running project for whoever carries it."""
    kept = _running_part(part)
    actors.require(by, Act.CARRY, at=kept.org)
    return kept


def _decided(part: Part, *, to: str, by: Actor) -> Part:
    """Return a part that was handed in, for whoever gave it."""
    kept = _running_part(part)
    actors.require(by, Act.LEAD, at=kept.above)
    if kept.state != State.SUBMITTED:
        rules.check_move({}, now=kept.state, to=to, what=WHAT)
    rules.check_another(submitted_by=kept.submitted_by_id or 0, decides=by.person_id)
    return kept


def _end(kept: Part, *, to: str, reason: str, verb: str, at: datetime, by: Actor) -> Part:
    rules.check_move(rules.PART_MOVES, now=kept.state, to=to, what=WHAT)
    kept.state, kept.reason = to, reason.strip()
    kept.save(update_fields=["state", "reason"])
    audit.record(by=by, verb=verb, subject=kept, at=at, detail={"reason": kept.reason})
    return kept


def _tell(kept: Part, title: str, text: str, *, at: datetime) -> None:
    notices.notify(
        person_ids=[kept.submitted_by_id] if kept.submitted_by_id else [],
        kind=Kind.RESULT,
        title=title,
        text=text,
        url=reverse("projects:part", args=[kept.pk]),
        at=at,
    )

"""The ways out of the League (T-66): of age, at one's own wish, having dropped out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files.models import Attachment
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeftAs, Membership, Post
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls import rules
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.models import Leaving

from .standing import Standing

State = Leaving.State
KIND_OF_FILE = "rolls.Leaving"


@dataclass(frozen=True)
class NewLeaving:
    """What a branch's meeting resolved: at the member's wish, or because they dropped out."""

    kind: LeftAs
    resolved_on: date
    reason: str
    asked_on: date | None = None
    ground: str = ""
    since: date | None = None


@transaction.atomic
def leave_of_age(
    *, members: Sequence[Membership], on: date, at: datetime, by: Actor
) -> list[Leaving]:
    """Confirm the day on which members of 28 without a post left; all of them or nobody.

    Raises Refused: not_allowed, in_future, not_on_the_roll, birth_unknown, not_of_age, holds_post,
    no_file, already_leaving and those of the kernel.
    """
    check_not_future(day=on, today=local_day(at), what="离团")
    return [_leave_of_age(member, on=on, at=at, by=by) for member in members]


@transaction.atomic
def propose_leaving(*, member: Membership, new: NewLeaving, at: datetime, by: Actor) -> Leaving:
    """Send a resolution of the branch's meeting up to the committee above.

    Raises Refused: not_allowed, not_on_the_roll, no_file, already_leaving, reason_needed,
    in_future, request_needed, ground_needed, wrong_order, too_early, under_way.
    """
    kept = Standing.on_the_roll(member)
    actors.require(by, Act.PROPOSE, at=kept.org)
    rules.check_reason(new.reason)
    rules.check_resolved(resolved_on=new.resolved_on, today=local_day(at))
    if new.kind is LeftAs.RESIGNED:
        rules.check_resigned(asked_on=new.asked_on, resolved_on=new.resolved_on)
    else:
        rules.check_dropped(ground=new.ground, since=new.since, resolved_on=new.resolved_on)
    Standing.file_of(kept.person)
    Standing.check_nothing_pending(kept)
    Standing.check_stays(kept)
    made = Leaving.objects.create(
        person=kept.person,
        org=kept.org,
        kind=new.kind,
        ground=new.ground if new.kind is LeftAs.DROPPED else "",
        reason=new.reason.strip(),
        asked_on=new.asked_on if new.kind is LeftAs.RESIGNED else None,
        since=new.since if new.kind is LeftAs.DROPPED else None,
        resolved_on=new.resolved_on,
        proposed_by_id=by.person_id,
        proposed_at=at,
    )
    audit.record(
        by=by,
        verb="rolls.propose_leaving",
        subject=made,
        at=at,
        detail={"kind": new.kind.label, "resolved_on": new.resolved_on.isoformat()},
    )
    _tell(made, title="团支部已提请办理您的离团手续", at=at)
    return made


@transaction.atomic
def approve_leaving(*, leaving: Leaving, on: date, at: datetime, by: Actor) -> Leaving:
    """Let somebody go on a day: off the roll, the file closed, all at once.

    Raises Refused: not_allowed, wrong_state, same_eyes, evidence_needed, in_future, wrong_order,
    not_on_the_roll, no_file and those of the kernel.
    """
    kept = _decided(leaving, to=State.APPROVED, by=by)
    files = Attachment.objects.filter(subject_kind=KIND_OF_FILE, subject_id=kept.pk)
    rules.check_evidence(files=files.count())
    check_not_future(day=on, today=local_day(at), what="离团")
    if kept.resolved_on and on < kept.resolved_on:
        raise Refused("wrong_order", "离团日期不能早于支部大会决议日期，没有批准；请改正。")
    member = Membership.objects.filter(person=kept.person, org=kept.org, ends_on__isnull=True)
    found = member.select_related("person", "org").first()
    if found is None:
        raise Refused(
            "not_on_the_roll",
            "这位团员已经不在提请组织的名册上，没有批准；请退回由现在的组织提请。",
        )
    _let_go(found, how=LeftAs(kept.kind), on=on, at=at, by=by)
    kept.leaves_on = on
    _save(kept, at=at, by=by)
    audit.record(
        by=by,
        verb="rolls.approve_leaving",
        subject=kept,
        at=at,
        detail={"on": on.isoformat(), "kind": kept.get_kind_display()},
    )
    _tell(kept, title="离团手续已经办结", at=at)
    return kept


@transaction.atomic
def refuse_leaving(*, leaving: Leaving, reason: str, at: datetime, by: Actor) -> Leaving:
    """Turn a proposal down. Raises Refused: not_allowed, wrong_state, same_eyes, reason_needed."""
    rules.check_reason(reason)
    kept = _decided(leaving, to=State.REFUSED, by=by)
    kept.answer = reason.strip()
    _save(kept, at=at, by=by)
    audit.record(
        by=by, verb="rolls.refuse_leaving", subject=kept, at=at, detail={"reason": kept.answer}
    )
    _tell(kept, title="离团手续没有批准", at=at)
    return kept


@transaction.atomic
def withdraw_leaving(*, leaving: Leaving, reason: str, at: datetime, by: Actor) -> Leaving:
    """Take a proposal back, by the branch. Raises Refused: not_allowed, wrong_state, reason_needed."""
    rules.check_reason(reason)
    kept = _locked(leaving)
    actors.require(by, Act.PROPOSE, at=kept.org)
    rules.check_move(rules.LEAVING_MOVES, now=kept.state, to=State.WITHDRAWN)
    kept.state, kept.answer = State.WITHDRAWN, reason.strip()
    _save(kept, at=at, by=by)
    audit.record(
        by=by, verb="rolls.withdraw_leaving", subject=kept, at=at, detail={"reason": kept.answer}
    )
    _tell(kept, title="团支部已撤回离团手续", at=at)
    return kept


@transaction.atomic
def give_way_leaving(*, pk: int, by_the: int, reason: str, at: datetime, by: Actor) -> Leaving:
    """Withdraw one of two proposals that turn out to be about one member.

    Raises Refused: not_allowed, wrong_state, reason_needed.
    """
    return withdraw_leaving(leaving=Leaving(pk=pk), reason=reason, at=at, by=by)


def _leave_of_age(member: Membership, *, on: date, at: datetime, by: Actor) -> Leaving:
    kept = Standing.on_the_roll(member)
    actors.require(by, Act.PROPOSE, at=kept.org)
    rules.check_of_age(birth_date=kept.person.birth_date, on=on)
    held = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), person=kept.person)
    rules.check_without_post(posts=held.count())
    Standing.check_nothing_pending(kept)
    _let_go(kept, how=LeftAs.OF_AGE, on=on, at=at, by=by)
    made = Leaving.objects.create(
        person=kept.person,
        org=kept.org,
        kind=LeftAs.OF_AGE,
        proposed_by_id=by.person_id,
        proposed_at=at,
        decided_by_id=by.person_id,
        decided_at=at,
        leaves_on=on,
        state=State.APPROVED,
    )
    audit.record(
        by=by, verb="rolls.leave_of_age", subject=made, at=at, detail={"on": on.isoformat()}
    )
    _tell(made, title="超龄离团手续已经办结", at=at)
    return made


def _let_go(member: Membership, *, how: LeftAs, on: date, at: datetime, by: Actor) -> None:
    people.end_membership(membership=member, on=on, at=at, by=by)
    people.leave_league(file=Standing.file_of(member.person), how=how, on=on, at=at, by=by)


def _decided(leaving: Leaving, *, to: Leaving.State, by: Actor) -> Leaving:
    """Return a proposal moved by the committee above, by other eyes."""
    kept = _locked(leaving)
    actors.require(by, Act.DECIDE, at=kept.org.parent or kept.org)
    rules.check_move(rules.LEAVING_MOVES, now=kept.state, to=to)
    rules.check_other_eyes(proposed_by=kept.proposed_by_id, decided_by=by.person_id)
    kept.state = to
    return kept


def _locked(leaving: Leaving) -> Leaving:
    rows = Leaving.objects.select_for_update(of=("self",)).select_related("person", "org__parent")
    return rows.get(pk=leaving.pk)


def _save(kept: Leaving, *, at: datetime, by: Actor) -> None:
    kept.decided_by_id, kept.decided_at = by.person_id, at
    kept.save(update_fields=["state", "answer", "decided_by", "decided_at", "leaves_on"])


def _tell(leaving: Leaving, *, title: str, at: datetime) -> None:
    """Tell the member what has become of it, and who proposed it once others have decided."""
    told = {leaving.person_id: "/rolls/mine/"}
    if leaving.state in (State.APPROVED, State.REFUSED):
        told.setdefault(leaving.proposed_by_id, f"/rolls/leavings/{leaving.pk}/")
    said = f"{leaving.org.name}：{leaving.get_kind_display()}，{leaving.get_state_display()}。"
    for person_id, url in told.items():
        notices.notify(
            person_ids=[person_id],
            kind=Kind.RESULT,
            title=title,
            text=said + leaving.answer,
            url=url,
            at=at,
        )

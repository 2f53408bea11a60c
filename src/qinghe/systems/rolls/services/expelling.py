"""Expulsion (开除团籍): proposed by the branch, decided above it, appealed above that."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.files.models import Attachment
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeftAs, Membership, Post
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls import rules
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.models import Expulsion

from .standing import Standing

State = Expulsion.State
KIND_OF_FILE = "rolls.Expulsion"


@dataclass(frozen=True)
class NewExpulsion:
    """What a branch's meeting resolved about a member, after having heard them."""

    conduct: str
    hearing: str
    heard_on: date
    resolved_on: date
    ballot: rules.Ballot
    statement: str = ""


@transaction.atomic
def propose_expulsion(
    *, member: Membership, new: NewExpulsion, at: datetime, by: Actor
) -> Expulsion:
    """Send the resolution of a branch's meeting to expel a member up to the committee above.

    Raises Refused: not_allowed, not_on_the_roll, same_eyes, reason_needed, not_heard, wrong_order,
    in_future, wrong_votes, no_quorum, not_carried, no_file, already_leaving, under_way.
    """
    kept = Standing.on_the_roll(member)
    actors.require(by, Act.EXPEL, at=kept.org)
    rules.check_third_eyes(by=by.person_id, acted=(), subject=kept.person_id)
    rules.check_reason(new.conduct)
    rules.check_resolved(resolved_on=new.resolved_on, today=local_day(at))
    rules.check_heard(
        heard_on=new.heard_on,
        resolved_on=new.resolved_on,
        statement=new.statement,
        is_waived=new.hearing == Expulsion.Hearing.WAIVED,
    )
    rules.check_carried(new.ballot)
    Standing.file_of(kept.person)
    Standing.check_nothing_pending(kept)
    Standing.check_stays(kept)
    made = Expulsion.objects.create(
        person=kept.person,
        org=kept.org,
        conduct=new.conduct.strip(),
        hearing=new.hearing,
        heard_on=new.heard_on,
        statement=new.statement.strip(),
        resolved_on=new.resolved_on,
        **asdict(new.ballot),
        proposed_by_id=by.person_id,
        proposed_at=at,
    )
    _record("propose", made, at=at, by=by, detail={"resolved_on": str(made.resolved_on)})
    _tell(made, title="团支部有一项关于您的决议，请查看", at=at)
    return made


@transaction.atomic
def approve_expulsion(*, expulsion: Expulsion, on: date, at: datetime, by: Actor) -> Expulsion:
    """Expel a member from a day on: off the roll, out of every post, the file closed, all at once.

    Raises Refused: not_allowed, wrong_state, same_eyes, evidence_needed, in_future, wrong_order,
    not_on_the_roll, no_file and those of the kernel.
    """
    kept = _decided(expulsion, to=State.APPROVED, at=at, by=by)
    files = Attachment.objects.filter(subject_kind=KIND_OF_FILE, subject_id=kept.pk)
    rules.check_evidence(files=files.count())
    check_not_future(day=on, today=local_day(at), what="开除")
    if on < kept.resolved_on:
        raise Refused("wrong_order", "开除日期不能早于支部大会决议日期，没有批准；请改正。")
    rows = Membership.objects.filter(person=kept.person, org=kept.org, ends_on__isnull=True)
    found = rows.select_related("person", "org").first()
    if found is None:
        raise Refused(
            "not_on_the_roll", "这位团员已经不在提请组织的名册上，没有批准；请由现在的组织提请。"
        )
    people.end_membership(membership=found, on=on, at=at, by=by)
    people.leave_league(
        file=Standing.file_of(kept.person), how=LeftAs.EXPELLED, on=on, at=at, by=by
    )
    for post in Post.objects.filter(person=kept.person, ends_on__isnull=True):
        people.end_post(post=post, on=max(on, post.starts_on), at=at, by=by)
    kept.expelled_on = on
    kept.save()
    _record("approve", kept, at=at, by=by, detail={"on": str(on)})
    _tell(kept, title="上级团组织有一项关于您的决定，请查看", at=at)
    return kept


@transaction.atomic
def refuse_expulsion(*, expulsion: Expulsion, reason: str, at: datetime, by: Actor) -> Expulsion:
    """Turn a proposal down. Raises Refused: not_allowed, wrong_state, same_eyes, reason_needed."""
    rules.check_reason(reason)
    kept = _decided(expulsion, to=State.REFUSED, at=at, by=by)
    kept.answer = reason.strip()
    kept.save()
    _record("refuse", kept, at=at, by=by, detail={"reason": kept.answer})
    _tell(kept, title="上级团组织有一项关于您的决定，请查看", at=at)
    return kept


@transaction.atomic
def withdraw_expulsion(*, expulsion: Expulsion, reason: str, at: datetime, by: Actor) -> Expulsion:
    """Take a proposal back, by the branch. Raises Refused: not_allowed, wrong_state, reason_needed."""
    rules.check_reason(reason)
    kept = _locked(expulsion)
    actors.require(by, Act.EXPEL, at=kept.org)
    rules.check_third_eyes(by=by.person_id, acted=(), subject=kept.person_id)
    rules.check_move(rules.EXPULSION_MOVES, now=kept.state, to=State.WITHDRAWN)
    kept.state, kept.answer = State.WITHDRAWN, reason.strip()
    kept.save()
    _record("withdraw", kept, at=at, by=by, detail={"reason": kept.answer})
    _tell(kept, title="团支部撤回了一项关于您的决议", at=at)
    return kept


@transaction.atomic
def appeal_expulsion(*, expulsion: Expulsion, words: str, at: datetime, by: Actor) -> Expulsion:
    """Take down an appeal, by the person themself or by the desk from their letter.

    The decision stands until the appeal is decided. Raises Refused: not_allowed, wrong_state,
    reason_needed.
    """
    kept = _locked(expulsion)
    if by.person_id != kept.person_id:
        actors.require(by, Act.EXPEL, at=kept.org)
    rules.check_reason(words)
    rules.check_move(rules.EXPULSION_MOVES, now=kept.state, to=State.APPEALED)
    kept.state, kept.appeal = State.APPEALED, words.strip()
    kept.appealed_on, kept.appeal_entered_by_id = local_day(at), by.person_id
    kept.save()
    _record("appeal", kept, at=at, by=by, detail={"on": str(kept.appealed_on)})
    return kept


@transaction.atomic
def uphold_expulsion(*, expulsion: Expulsion, reason: str, at: datetime, by: Actor) -> Expulsion:
    """Let a decision stand after its appeal.

    Raises Refused: not_allowed, wrong_state, same_eyes, reason_needed.
    """
    kept = _reviewed(expulsion, to=State.UPHELD, reason=reason, at=at, by=by)
    _record("uphold", kept, at=at, by=by, detail={"reason": kept.appeal_answer})
    _tell(kept, title="您的申诉已有结果，请查看", at=at)
    return kept


@transaction.atomic
def annul_expulsion(*, expulsion: Expulsion, reason: str, at: datetime, by: Actor) -> Expulsion:
    """Undo a decision after its appeal: a member again from today, with the League age of before.

    Nothing is rewritten: the roll tells of a stay that ended and of one that begins. Posts do not
    come back. Raises Refused: not_allowed, wrong_state, same_eyes, reason_needed and those of the
    kernel's admit_member and reopen_league_file.
    """
    kept = _reviewed(expulsion, to=State.ANNULLED, reason=reason, at=at, by=by)
    people.reopen_league_file(file=Standing.file_of(kept.person), at=at, by=by)
    people.admit_member(
        person=kept.person, org=orgs.now_of(kept.org), starts_on=local_day(at), at=at, by=by
    )
    _record("annul", kept, at=at, by=by, detail={"reason": kept.appeal_answer})
    _tell(kept, title="您的申诉已有结果，请查看", at=at)
    return kept


def _decided(expulsion: Expulsion, *, to: Expulsion.State, at: datetime, by: Actor) -> Expulsion:
    """Return a proposal moved by the committee above, by other eyes."""
    kept = _locked(expulsion)
    actors.require(by, Act.DECIDE, at=kept.org.parent or kept.org)
    rules.check_move(rules.EXPULSION_MOVES, now=kept.state, to=to)
    rules.check_third_eyes(by=by.person_id, acted=(kept.proposed_by_id,), subject=kept.person_id)
    kept.state, kept.decided_by_id, kept.decided_at = to, by.person_id, at
    return kept


def _reviewed(
    expulsion: Expulsion, *, to: Expulsion.State, reason: str, at: datetime, by: Actor
) -> Expulsion:
    """Return an appealed decision moved by the organisation above who decided, by third eyes."""
    rules.check_reason(reason)
    kept = _locked(expulsion)
    actors.require(by, Act.DECIDE, at=kept.appeals_to)
    rules.check_move(rules.EXPULSION_MOVES, now=kept.state, to=to)
    acted = (kept.proposed_by_id, kept.decided_by_id)
    rules.check_third_eyes(by=by.person_id, acted=acted, subject=kept.person_id)
    kept.state, kept.appeal_answer = to, reason.strip()
    kept.appeal_decided_by_id, kept.appeal_decided_at = by.person_id, at
    kept.save()
    return kept


def _locked(expulsion: Expulsion) -> Expulsion:
    rows = Expulsion.objects.select_for_update(of=("self",))
    return rows.select_related("person", "org__parent__parent").get(pk=expulsion.pk)


def _record(
    verb: str, kept: Expulsion, *, at: datetime, by: Actor, detail: dict[str, object]
) -> None:
    """Leave the one entry of a step; what somebody did stands in the record and not in the trail."""
    audit.record(by=by, verb=f"rolls.{verb}_expulsion", subject=kept, at=at, detail=detail)


def _tell(kept: Expulsion, *, title: str, at: datetime) -> None:
    """Tell the member, and who proposed it once others have decided; what it is about stays inside."""
    told = {kept.person_id: "/rolls/mine/"}
    if kept.state != State.PROPOSED and kept.state != State.WITHDRAWN:
        told.setdefault(kept.proposed_by_id, f"/rolls/expulsions/{kept.pk}/")
    for person_id, url in told.items():
        notices.notify(
            person_ids=[person_id],
            kind=Kind.RESULT,
            title=title,
            text=f"{kept.org.name}：{kept.get_state_display()}。{kept.appeal_answer or kept.answer}",
            url=url,
            at=at,
        )

"""The road of a branch: study, meeting, grades, and what the committee above says (T-41, T-42)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.bulk import update_many
from qinghe.kernel.notices import services as notices
from qinghe.kernel.notices.models import Kind
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import models, rules
from qinghe.systems.appraisals.access import Act
from qinghe.systems.appraisals.rules import Votes

from .held import Held

Line = models.Line
Roll = models.Roll
State = models.Roll.State
VOTES = ("votes_top", "votes_good", "votes_basic", "votes_failed")
PEERS = ("peers_top", "peers_good", "peers_basic", "peers_failed")


@transaction.atomic
def record_study(*, roll: Roll, on: date, studied: str, at: datetime, by: Actor) -> Roll:
    """Write down the branch's study; from then on its members appraise themselves and each other.

    Raises Refused: not_allowed, wrong_step, in_future, wrong_order, reason_needed.
    """
    kept = Held.kept(roll.pk, act=Act.KEEP, by=by)
    rules.check_move(kept.state, after=State.RATING)
    opens_on = kept.campaign.opens_on
    rules.check_day(on, today=local_day(at), not_before=opens_on, what="学习教育")
    kept.studied_on, kept.studied = on, rules.check_reason(studied)
    kept.state = State.RATING
    kept.save(update_fields=["studied_on", "studied", "state"])
    audit.record(
        by=by, verb="appraisals.record_study", subject=kept, at=at, detail={"on": on.isoformat()}
    )
    return kept


@dataclass(frozen=True)
class Meeting:
    """The meeting that voted: its day, who should have come, who came, what was voted on whom.

    Without votes, what members said on their phones is counted as the ballots.
    """

    on: date
    entitled: int
    present: int
    votes: Mapping[int, Votes] | None = None


@transaction.atomic
def hold_meeting(*, roll: Roll, meeting: Meeting, at: datetime, by: Actor) -> Roll:
    """Write down the meeting and its votes; what was written before is replaced.

    Raises Refused: not_allowed, wrong_step, in_future, wrong_order, too_many_present, no_quorum,
    too_many_votes.
    """
    kept = Held.kept(roll.pk, act=Act.KEEP, by=by)
    if kept.state != State.GRADING:
        rules.check_move(kept.state, after=State.GRADING)
    rules.check_day(meeting.on, today=local_day(at), not_before=kept.studied_on, what="支部大会")
    terms = kept.campaign.terms
    rules.check_quorum(
        entitled=meeting.entitled,
        present=meeting.present,
        part=terms.quorum_part,
        whole=terms.quorum_whole,
    )
    lines = Held.lines_of(kept)
    _write_votes(lines, _counted(lines, meeting))
    kept.met_on, kept.entitled, kept.present = meeting.on, meeting.entitled, meeting.present
    kept.state = State.GRADING
    kept.save(update_fields=["met_on", "entitled", "present", "state"])
    detail = {"entitled": meeting.entitled, "present": meeting.present}
    audit.record(by=by, verb="appraisals.hold_meeting", subject=kept, at=at, detail=detail)
    return kept


@transaction.atomic
def keep_grades(*, roll: Roll, grades: Mapping[int, str], at: datetime, by: Actor) -> Roll:
    """Keep grades that the branch's committee thinks of, within the cap of 优秀.

    Raises Refused: not_allowed, wrong_step, not_under_review, over_the_cap.
    """
    kept = Held.kept(roll.pk, act=Act.KEEP, by=by)
    rules.check_move(kept.state, after=State.PROPOSED)
    _set_grades(kept, grades)
    audit.record(
        by=by, verb="appraisals.keep_grades", subject=kept, at=at, detail={"top": kept.top}
    )
    return kept


@transaction.atomic
def propose(*, roll: Roll, grades: Mapping[int, str], on: date, at: datetime, by: Actor) -> Roll:
    """Send the grades of all who took part to the committee above.

    Raises Refused: not_allowed, wrong_step, in_future, wrong_order, not_under_review, over_the_cap,
    nobody_graded, not_all_graded.
    """
    kept = Held.kept(roll.pk, act=Act.KEEP, by=by)
    rules.check_move(kept.state, after=State.PROPOSED)
    rules.check_day(on, today=local_day(at), not_before=kept.met_on, what="支委会")
    _set_grades(kept, grades)
    lacking = Line.objects.filter(roll=kept, standing=models.Standing.IN, grade="").count()
    if lacking:
        raise Refused(
            "not_all_graded", f"还有{lacking}名参加评议的团员没有等次，没有上报；请补齐后再上报。"
        )
    if not kept.took_part:
        raise Refused("nobody_graded", "没有参加评议的团员，没有上报。")
    kept.committee_on, kept.proposed_at, kept.proposed_by_id = on, at, by.person_id
    kept.answer, kept.state = "", State.PROPOSED
    kept.save(update_fields=["committee_on", "proposed_at", "proposed_by", "answer", "state"])
    audit.record(by=by, verb="appraisals.propose", subject=kept, at=at, detail={"top": kept.top})
    return kept


@transaction.atomic
def approve(*, roll: Roll, at: datetime, by: Actor) -> Roll:
    """Approve a branch's grades for the committee above: from now on they are final.

    Raises Refused: not_allowed, wrong_step, own_proposal.
    """
    kept = _to_decide(roll, by=by)
    day = local_day(at)
    Line.objects.filter(roll=kept).exclude(grade="").update(final_on=day)
    kept.approved_on, kept.approved_by_id, kept.state = day, by.person_id, State.APPROVED
    kept.save(update_fields=["approved_on", "approved_by", "state"])
    Held.recount(kept)
    audit.record(
        by=by, verb="appraisals.approve", subject=kept, at=at, detail={"graded": kept.graded}
    )
    _tell(kept, title="评议等次已批准", text="可以办理年度团籍注册。", at=at)
    return kept


@transaction.atomic
def send_back(*, roll: Roll, reason: str, at: datetime, by: Actor) -> Roll:
    """Send a branch's grades back to it with the reason.

    Raises Refused: not_allowed, wrong_step, own_proposal, reason_needed.
    """
    kept = _to_decide(roll, by=by)
    kept.answer, kept.state = rules.check_reason(reason), State.GRADING
    kept.save(update_fields=["answer", "state"])
    audit.record(
        by=by, verb="appraisals.send_back", subject=kept, at=at, detail={"reason": kept.answer}
    )
    _tell(kept, title="评议等次被退回", text=kept.answer, at=at)
    return kept


@dataclass(frozen=True)
class ReadyGrade:
    """A grade of one line as a workbook tells it, checked."""

    roll_id: int
    line_id: int
    grade: str


@transaction.atomic
def bring_grades(
    *, ready: Sequence[ReadyGrade], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Keep a chunk of grades that a workbook tells, roll after roll, each within its cap.

    Raises Refused: not_allowed, wrong_step, not_under_review, over_the_cap.
    """
    told: dict[int, dict[int, str]] = defaultdict(dict)
    for row in ready:
        told[row.roll_id][row.line_id] = row.grade
    for roll_id in sorted(told):
        kept = Held.kept(roll_id, act=Act.KEEP, by=by)
        rules.check_move(kept.state, after=State.PROPOSED)
        _set_grades(kept, told[roll_id])
    audit.record_many(
        by=by,
        verb="appraisals.bring_grades",
        model=Line,
        ids=[row.line_id for row in ready],
        at=at,
        detail=source,
    )
    return len(ready)


def _set_grades(roll: Roll, grades: Mapping[int, str]) -> None:
    lines = Held.lines_of(roll, grades)
    if len(lines) != len(grades):
        raise Refused("roll_changed", "名单已有变化，没有保存；请刷新页面后再办理。")
    rows = []
    for key, line in lines.items():
        grade = models.Grade(grades[key]).value if grades[key] else ""
        rules.check_grade(grade=grade, standing=line.standing, who=line.person.name)
        if grade != line.grade:
            rows.append((grade, key))
    update_many(Line, fields=("grade",), rows=rows)
    Held.recount(roll)


def _counted(lines: Mapping[int, Line], meeting: Meeting) -> dict[int, Votes]:
    if meeting.votes is None:
        return {key: Votes(*(getattr(one, name) for name in PEERS)) for key, one in lines.items()}
    counted = {}
    for key, votes in meeting.votes.items():
        if key not in lines:
            raise Refused("roll_changed", "名单已有变化，没有保存；请刷新页面后再办理。")
        rules.check_votes(votes, present=meeting.present, who=lines[key].person.name)
        counted[key] = votes
    return counted


def _write_votes(lines: Mapping[int, Line], counted: Mapping[int, Votes]) -> None:
    rows = [(*astuple(counted.get(key, Votes())), key) for key in lines]
    update_many(Line, fields=VOTES, rows=rows)


def _to_decide(roll: Roll, *, by: Actor) -> Roll:
    kept = Held.of(roll.pk)
    actors.require(by, Act.APPROVE, at=kept.org.parent or kept.org)
    rules.check_not_own(decider_id=by.person_id, proposer_id=kept.proposed_by_id)
    rules.check_move(kept.state, after=State.APPROVED)
    return kept


def _tell(roll: Roll, *, title: str, text: str, at: datetime) -> None:
    if roll.proposed_by_id:
        notices.notify(
            person_ids=[roll.proposed_by_id],
            kind=Kind.RESULT,
            title=title,
            text=f"{roll.org}{roll.campaign.year}年度：{text}",
            url=f"/appraisals/rolls/{roll.pk}/",
            at=at,
        )

"""What a meeting of a branch must have, for which period it counts, and what is due (T-40)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from qinghe.kernel.orgs.kinds import BRANCHES, OrgKind
from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused

# Who meets; and whose meetings are asked for: temporary, floating and linking ones are not (T-07).
MEETING = BRANCHES | {OrgKind.GENERAL_BRANCH}
MEASURED = frozenset({OrgKind.BRANCH, OrgKind.JOINT_BRANCH, OrgKind.GENERAL_BRANCH})
GENERAL, COMMITTEE, LESSON = "general", "committee", "lesson"
NEED = "need"


class Slot(StrEnum):
    """What became of one period in which a kind of meeting is due."""

    HELD = "held"
    DUE = "due"
    MISSED = "missed"


@dataclass(frozen=True)
class Asked:
    """How often a kind of meeting is due."""

    kind: str
    every: str
    times: int = 1


@dataclass(frozen=True)
class Marked:
    """One period of a strip: how many were held of how many, and what that makes of it."""

    period: Period
    held: int
    times: int
    slot: Slot


class Branch(Protocol):
    """What is asked of an organisation that meets."""

    kind: str
    name: str
    opened_on: date
    closed_on: date | None


class Told(Protocol):
    """A meeting as it is told."""

    @property
    def org(self) -> Branch: ...
    @property
    def kind(self) -> str: ...
    @property
    def day(self) -> date: ...
    @property
    def topic(self) -> str: ...
    @property
    def present(self) -> int: ...
    @property
    def entitled(self) -> int | None: ...
    @property
    def quarters(self) -> int | None: ...
    @property
    def speaker(self) -> str: ...


def check_meeting(new: Told, *, today: date) -> None:
    """Refuse a meeting that cannot have been so.

    Raises Refused: no_branch, topic_needed, in_future, not_there, entitled_needed, nobody_came,
    too_many, lesson_incomplete, no_lesson.
    """
    org = new.org
    check_meets(kind=org.kind, name=org.name)
    check_topic(new.topic)
    check_day(day=new.day, today=today, opened_on=org.opened_on, closed_on=org.closed_on)
    check_people(entitled=new.entitled or 0, present=new.present)
    check_lesson(kind=new.kind, quarters=new.quarters, speaker=new.speaker)


def check_meets(*, kind: str, name: str) -> None:
    """Refuse meetings of what is no branch. Raises Refused: no_branch."""
    if kind not in MEETING:
        raise Refused("no_branch", f"{name}不是团支部，没有保存；请选择召开会议的支部。")


def check_day(*, day: date, today: date, opened_on: date, closed_on: date | None) -> None:
    """Refuse a day that has not come or on which the branch was not there.

    Raises Refused: in_future, not_there.
    """
    periods.check_not_future(day=day, today=today, what="会议")
    if day < opened_on or (closed_on is not None and day >= closed_on):
        raise Refused("not_there", "这一天支部还没有成立或者已经撤销，没有保存，请核对日期。")


def check_people(*, entitled: int, present: int) -> None:
    """Refuse numbers that cannot be. Raises Refused: entitled_needed, nobody_came, too_many."""
    if entitled < 1:
        raise Refused(
            "entitled_needed", "名册上没有当日应到的人，没有保存；请填写应到人数，或先核对名册。"
        )
    if present < 1:
        raise Refused("nobody_came", "实到人数至少为1，没有保存；没有开成的会不用登记。")
    if present > entitled:
        raise Refused(
            "too_many",
            f"实到{present}人多于应到{entitled}人，没有保存；列席的人不计，请核对人数。",
        )


def check_lesson(*, kind: str, quarters: int | None, speaker: str) -> None:
    """Refuse a lesson without its hours and speaker, and hours of anything else.

    Raises Refused: lesson_incomplete, no_lesson.
    """
    told = quarters is not None or bool(speaker.strip())
    if kind == LESSON and not (quarters and speaker.strip()):
        raise Refused("lesson_incomplete", "团课须写明学时和主讲人，没有保存，请补填。")
    if kind != LESSON and told:
        raise Refused("no_lesson", "只有团课填学时和主讲人，没有保存；请清空或改选类别。")


def check_topic(topic: str) -> None:
    """Refuse a meeting about nothing. Raises Refused: topic_needed."""
    if not topic.strip():
        raise Refused("topic_needed", "请写明会议主题，没有保存。")


def check_reason(reason: str) -> None:
    """Refuse a decision without its reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便日后查对，没有改动。")


def is_quorate(*, kind: str, entitled: int, present: int) -> bool:
    """Test if enough came: more than half of the members for a general meeting (T-40)."""
    return kind != GENERAL or present * 2 > entitled


def period_of(*, every: str, day: date) -> Period | None:
    """Return the period in which a day counts, none where a kind is held by need."""
    match every:
        case "month":
            return periods.month(day.year, day.month)
        case "quarter":
            return periods.quarter(day.year, (day.month + 2) // 3)
        case "year":
            return periods.year(day.year)
    return None


def covers_until(*, asked: Asked, day: date) -> date | None:
    """Return the day from which one meeting no longer keeps a branch up to date.

    What was held in one period holds until the next is over; on its last day another must be there.
    """
    period = period_of(every=asked.every, day=day)
    return period.next().end if period and asked.times == 1 else None


def due_periods(*, every: str, within: Period, opened_on: date) -> Iterator[Period]:
    """Yield the periods that end within a span and began when the branch was already there."""
    period = period_of(every=every, day=within.start)
    while period and period.end <= within.end:
        if period.start >= opened_on:
            yield period
        period = period.next()


def strip(
    asked: Asked, *, held: Mapping[str, int], within: Period, opened_on: date, today: date
) -> list[Marked]:
    """Return what became of each period of a span in which a kind was due.

    `held` says how many meetings count for a period, by its name. A period that is still to begin
    is left out; one that runs is due until it is over.
    """
    marked = []
    for period in due_periods(every=asked.every, within=within, opened_on=opened_on):
        if period.start > today:
            break
        count = held.get(period.name, 0)
        if count >= asked.times:
            slot = Slot.HELD
        else:
            slot = Slot.DUE if today <= period.end else Slot.MISSED
        marked.append(Marked(period, count, asked.times, slot))
    return marked


def asked_of(duties: Sequence[Asked], *, members: int, committee_from: int) -> list[Asked]:
    """Return what is asked of a branch: no committee meetings of one too small for a committee."""
    return [
        one
        for one in duties
        if one.every != NEED and (one.kind != COMMITTEE or members >= committee_from)
    ]


def check_terms_day(*, starts_on: date, today: date) -> None:
    """Refuse terms that do not begin with a coming year, for what is yearly is counted by it.

    Raises Refused: wrong_order, not_new_year.
    """
    if starts_on <= today:
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的要求不改动。")
    if (starts_on.month, starts_on.day) != (1, 1):
        raise Refused("not_new_year", "会议要求按年度调整，施行日期须为某年1月1日，没有保存。")

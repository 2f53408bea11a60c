"""The fifteen steps: their names, their order, whose they are, until when (rules §1.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from qinghe.lib import workdays
from qinghe.lib.periods import months_after

LAST = 15
STAGES: Mapping[int, str] = {
    1: "申请入团",
    2: "入团积极分子的确定",
    3: "培养教育",
    4: "发展对象的确定",
    5: "接收新团员",
}


@dataclass(frozen=True)
class Kind:
    """One of the fifteen steps."""

    number: int
    stage: int
    title: str
    who: str


STEPS: Sequence[Kind] = (
    Kind(1, 1, "提交入团申请书", "申请人"),
    Kind(2, 1, "派人谈话", "团支部"),
    Kind(3, 2, "确定和批准积极分子", "团支部、上级团委"),
    Kind(4, 2, "指定培养联系人", "团支部"),
    Kind(5, 3, "教育、培养和考察", "团支部"),
    Kind(6, 4, "推荐发展对象", "团支部"),
    Kind(7, 4, "预审", "上级团委"),
    Kind(8, 4, "公示", "团支部"),
    Kind(9, 4, "确定入团介绍人", "团支部"),
    Kind(10, 5, "填写入团志愿书", "申请人、团支部"),
    Kind(11, 5, "支部大会讨论", "团支部"),
    Kind(12, 5, "上级审批", "上级团委"),
    Kind(13, 5, "反馈审批结果", "团支部"),
    Kind(14, 5, "入团仪式", "团支部"),
    Kind(15, 5, "档案管理", "团支部"),
)
COMMITTEE_STEPS = frozenset({7, 12})  # and the second half of 3


def title_of(number: int) -> str:
    """Return what a step is called; after the last there is none."""
    return STEPS[number - 1].title if 1 <= number <= LAST else "已全部完成"


def stage_of(number: int) -> int:
    """Return the stage to which a step belongs."""
    return STEPS[min(number, LAST) - 1].stage


def awaits_of(number: int) -> str:
    """Return whose turn it is when a step becomes next."""
    if number > LAST:
        return ""
    return "committee" if number in COMMITTEE_STEPS else "branch"


def notice_until(posted_on: date, *, days: int) -> date:
    """Return the last day of a notice that is up for so many working days after it was posted."""
    return workdays.workday_after(posted_on, count=days)


def due_of(number: int, *, days: Mapping[int, date], limits: Mapping[int, int]) -> date | None:
    """Return until when a step is to be done: 谈话, 审批 by the month, 归档 by the day (rules §1.2).

    `days` tells when each earlier step was settled.
    """
    if number == 2:
        return months_after(days[1], months=limits[2])
    if number == 12:
        return months_after(days[11], months=limits[12])
    if number == LAST:
        return days[12] + timedelta(days=limits[LAST])
    return None


@dataclass(frozen=True)
class Mark:
    """One step as the track shows it: done, next or still to come; who, until when, why not yet."""

    number: int
    stage: str
    title: str
    state: str  # done | next | late | blocked | stopped | ahead
    day: date | None
    who: str
    due_on: date | None
    words: str


@dataclass(frozen=True)
class Now:
    """Where a case stands: its next step, whose it is, until when, and what it still lacks."""

    step: int
    is_going: bool
    who: str = ""
    due_on: date | None = None
    lacking: Sequence[str] = ()


def track_of(
    now: Now, *, days: Mapping[int, date], told: Mapping[int, str], today: date
) -> list[Mark]:
    """Return the fifteen steps as a track: `days` and `told` are what is on record of each."""
    return [
        Mark(
            number=kind.number,
            stage=STAGES[kind.stage],
            title=kind.title,
            state=_state_of(kind.number, now, today=today),
            day=days.get(kind.number),
            who=now.who if _is_next(kind.number, now) else kind.who,
            due_on=now.due_on if _is_next(kind.number, now) else None,
            words=_words_of(kind.number, now, told=told),
        )
        for kind in STEPS
    ]


def _is_next(number: int, now: Now) -> bool:
    return now.is_going and number == now.step


def _state_of(number: int, now: Now, *, today: date) -> str:
    if number != now.step:
        return "done" if number < now.step else "ahead"
    if not now.is_going:
        return "stopped"
    if now.due_on is not None and now.due_on < today:
        return "late"
    return "blocked" if now.lacking else "next"


def _words_of(number: int, now: Now, *, told: Mapping[int, str]) -> str:
    if _is_next(number, now) and now.lacking:
        return "；".join(now.lacking)
    if number > now.step:
        return f"须先完成第{number - 1}步"
    return told.get(number, "")

"""Decisions: places and ties, goals, comparisons, who may do the next step. No database, no clock."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from qinghe.lib import wording
from qinghe.lib.periods import Period, PeriodKind
from qinghe.lib.verdicts import Refused

MOST_FIGURES = 12  # more would not be read, and not fit a page
MOST_NAMED = 20
TENTH = Decimal("0.1")
HUNDRED = Decimal(100)
FINEST = Decimal("0.0001")
POINTS_OF = "%"  # two percentages differ by 百分点 (G-55)
NO_BASE, ZERO_BASE, OTHER_READING = "无对比数据", "基数为0", "口径有变"
EVEN, NEARLY = "持平", "基本持平"
KINDS = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF_YEAR)
DRAFT, REVIEWING, REVIEWED, ISSUED = "draft", "reviewing", "reviewed", "issued"
MOVES: Mapping[str, frozenset[str]] = {
    DRAFT: frozenset({REVIEWING}),
    REVIEWING: frozenset({DRAFT, REVIEWED}),
    REVIEWED: frozenset({DRAFT, ISSUED}),
    ISSUED: frozenset(),
}
STATES = {DRAFT: "起草中", REVIEWING: "待核稿", REVIEWED: "待印发", ISSUED: "已印发"}
NOTED, WAITING, ANSWERED, AGAIN, ACCEPTED = "noted", "waiting", "answered", "again", "accepted"
ANSWERS: Mapping[str, frozenset[str]] = {
    NOTED: frozenset(),
    WAITING: frozenset({ANSWERED}),
    ANSWERED: frozenset({AGAIN, ACCEPTED}),
    AGAIN: frozenset({ANSWERED}),
    ACCEPTED: frozenset(),
}
OPEN_ANSWERS = (WAITING, AGAIN)


class Order(StrEnum):
    """Which value comes first."""

    HIGH = "high"
    LOW = "low"


@dataclass(frozen=True)
class Change:
    """A value against an earlier one: in percent, or in percentage points for a ratio (G-55)."""

    then: Decimal | None = None
    change: Decimal | None = None
    note: str = ""


def ranks(values: Mapping[int, Decimal | None], *, order: Order) -> dict[int, int | None]:
    """Return the place of each value; equal ones share theirs, and the next place is left out.

    What has no value has no place: it is not the last.
    """
    known = [value for value in values.values() if value is not None]
    better = (lambda a, b: a > b) if order is Order.HIGH else (lambda a, b: a < b)
    return {
        key: None if value is None else 1 + sum(better(each, value) for each in known)
        for key, value in values.items()
    }


def shared(ranked: Mapping[int, int | None]) -> frozenset[int]:
    """Return who shares a place with somebody."""
    taken = [rank for rank in ranked.values() if rank is not None]
    return frozenset(key for key, rank in ranked.items() if rank and taken.count(rank) > 1)


def completion(*, value: Decimal | None, goal: Decimal | None, in_points: bool) -> Decimal | None:
    """Return how far a goal is reached: in percent; of a percentage the distance in points (G-55)."""
    if value is None or goal is None:
        return None
    if in_points:
        return value - goal
    return (value / goal * HUNDRED).quantize(TENTH, ROUND_HALF_UP)


def reached(*, completion: Decimal | None, in_points: bool) -> bool:
    """Test if a goal is reached."""
    return completion is not None and completion >= (0 if in_points else HUNDRED)


def change(
    *,
    now: Decimal | None,
    then: Decimal | None,
    unit: str,
    difference: Decimal | None = None,
    note: str = "",
) -> Change:
    """Compare printed values. Over nothing, and over 0, there is no percentage.

    `difference` is that of the exact values. Only where it is 0 the two are 持平; what merely rounds
    to no change is 基本持平, and the note tells by how much.
    """
    if then is None:
        return Change(note=NO_BASE)
    if now is None:
        return Change(then, note=note)
    if then == 0 and now != 0:
        return Change(then, note=joined(ZERO_BASE, note))
    points = unit == POINTS_OF
    size = now - then
    if not points:
        size = (size / abs(then) * HUNDRED).quantize(TENTH, ROUND_HALF_UP) if then else size
    if size != 0:
        return Change(then, size, note)
    exact = now - then if difference is None else difference
    return Change(then, size, joined(even(exact, unit="个百分点" if points else unit), note))


def even(difference: Decimal, *, unit: str) -> str:
    """Say of two values that print no change whether they are equal, and else by how much not."""
    if difference == 0:
        return EVEN
    sign = "+" if difference > 0 else "−"
    size = abs(difference).quantize(FINEST, ROUND_HALF_UP)
    said = f"{sign}{size.normalize():f}" if size else f"{sign}不足{FINEST}"
    return f"{NEARLY}（{said}{unit}）"


def joined(*notes: str) -> str:
    """Return notes as one."""
    return "，".join(note for note in notes if note)


def standings(places: Sequence[int]) -> list[str]:
    """Say the places of some who stand in order: 第一, 并列第二; each place once."""
    return [
        f"{'并列' if places.count(place) > 1 else ''}第{wording.chinese_number(place)}"
        for place in sorted(set(places))
    ]


def equal_shares(*, total: Decimal, count: int, decimals: int) -> list[Decimal]:
    """Return a goal handed over in equal shares that add up to it; the first ones bear the rest."""
    step = Decimal(1).scaleb(-decimals)
    units, rest = divmod(int(total / step), count)
    if units * count * step + rest * step != total:
        raise Refused(
            "goal_too_fine", f"目标的小数位数多于指标的{decimals}位，不能平均分解；请改正目标。"
        )
    return [(units + (place < rest)) * step for place in range(count)]


def percent(part: int, whole: int) -> Decimal | None:
    """Return a share in percent; of nothing there is none."""
    if not whole:
        return None
    return (Decimal(part) / whole * HUNDRED).quantize(TENTH, ROUND_HALF_UP)


def behind_words(name: str, *, missing: int, late: int) -> str:
    """Say of somebody how many returns are missing and how many came late."""
    told = [f"未报{missing}份"] if missing else []
    told += [f"迟报{late}份"] if late else []
    return f"{name}（{'，'.join(told)}）"


def named(names: Sequence[str]) -> str:
    """Return names as a sentence lists them, the rest as a count."""
    listed = "、".join(names[:MOST_NAMED])
    return f"{listed}等{len(names)}个单位" if len(names) > MOST_NAMED else listed


def mean_rank(ranked: list[int | None]) -> Decimal | None:
    """Return the mean place over all figures; who is not ranked in one has none."""
    known = [rank for rank in ranked if rank is not None]
    if not ranked or len(known) < len(ranked):
        return None
    return (Decimal(sum(known)) / len(known)).quantize(TENTH, ROUND_HALF_UP)


def check_period(period: Period) -> None:
    """Refuse a period that no circular is about. Raises Refused: wrong_period."""
    if period.kind not in KINDS:
        raise Refused("wrong_period", "通报按月、季度或半年编写；请改选一个月、季度或半年。")


def check_move(*, now: str, to: str) -> None:
    """Refuse a step that leads nowhere. Raises Refused: wrong_state."""
    if to not in MOVES[now]:
        raise Refused(
            "wrong_state",
            f"这份通报现在是“{STATES[now]}”，不能改为“{STATES[to]}”，没有任何改动；请刷新页面。",
        )


def check_issued(state: str) -> None:
    """Refuse what only an issued circular has. Raises Refused: not_issued."""
    if state != ISSUED:
        raise Refused("not_issued", "通报还没有印发，没有 PDF；印发后再生成。")


def check_draft(state: str) -> None:
    """Refuse to change what is under review or issued. Raises Refused: not_a_draft."""
    if state == ISSUED:
        raise Refused("not_a_draft", "通报已经印发，内容不再修改；如有变化请另发通报。")
    if state != DRAFT:
        raise Refused("not_a_draft", "通报已经送核，不能修改；请先退回起草。没有任何改动。")


def check_other(*, writer: int, reviewer: int) -> None:
    """Refuse that somebody reviews what they wrote. Raises Refused: own_circular."""
    if writer == reviewer:
        raise Refused("own_circular", "通报不能由拟稿人自己核稿；请由另一位同志核稿。")


def check_ready(
    *, figures: int, addressees: int, open_answers: int, answer_by: date | None
) -> None:
    """Refuse to send what is not whole. Raises Refused: no_figures, no_addressees, no_day."""
    if not figures:
        raise Refused("no_figures", "还没有选定指标，不能送核；请先选定指标。")
    if not addressees:
        raise Refused("no_addressees", "还没有选定下发的街道，不能送核；请先在“正文和下发”里选定。")
    if open_answers and answer_by is None:
        raise Refused("no_day", "要求街道反馈，请先填写反馈期限。")


def check_answer_by(*, answer_by: date | None, open_answers: int, today: date) -> None:
    """Refuse a day that nobody could keep. Raises Refused: day_over."""
    if open_answers and (answer_by is None or answer_by < today):
        raise Refused("day_over", "反馈期限已经过去，不能印发；请退回起草，改填今天或以后的日期。")


def check_over(*, period: Period, as_of: date) -> None:
    """Refuse to issue figures of a period that was not over. Raises Refused: period_not_over."""
    if as_of <= period.end:
        raise Refused(
            "period_not_over",
            f"现有数据汇总于{period.label}结束之前，不能印发；请期满并重新汇总数据后再印发。",
        )


def check_seen(*, reviewed: str, now: str) -> None:
    """Refuse to issue other figures than those reviewed. Raises Refused: figures_changed."""
    if reviewed != now:
        raise Refused(
            "figures_changed",
            "核稿以后数字有了变化，没有印发；请退回起草，核对变化后重新送核。",
        )


def check_answer(*, now: str, to: str) -> None:
    """Refuse an answer or a verdict out of turn. Raises Refused: wrong_state."""
    if to in ANSWERS[now]:
        return
    raise Refused(
        "wrong_state",
        {
            NOTED: "这份通报不要求反馈。",
            WAITING: "街道还没有反馈，没有任何改动。",
            ANSWERED: "反馈已经提交，正在审阅；如需补充请联系团区委。",
            AGAIN: "已要求街道重新反馈，没有任何改动。",
            ACCEPTED: "反馈已经被接受，不再修改。",
        }[now],
    )


def check_reason(words: str) -> None:
    """Refuse to send back without a word. Raises Refused: reason_needed."""
    if not words.strip():
        raise Refused("reason_needed", "请写明理由，对方才知道要改什么。")


def check_count(figures: int) -> None:
    """Refuse more figures than a circular holds. Raises Refused: no_figures, too_many_figures."""
    if not figures:
        raise Refused("no_figures", "请至少选定一个指标。")
    if figures > MOST_FIGURES:
        raise Refused(
            "too_many_figures",
            f"一份通报最多选{MOST_FIGURES}个指标，现在是{figures}个；请去掉一些，没有保存。",
        )


def check_goal(value: Decimal | None, *, decimals: int) -> None:
    """Refuse a goal finer than its figure, or none at all. Raises Refused: goal_too_fine, bad_goal."""
    if value is None:
        return
    if value <= 0:
        raise Refused("bad_goal", "目标要大于0；要取消目标，请留空。没有保存。")
    if value != value.quantize(Decimal(1).scaleb(-decimals)):
        raise Refused(
            "goal_too_fine",
            f"这个指标{f'保留{decimals}位小数' if decimals else '是整数'}，目标不能更细；请改正。",
        )


def check_source(source: str) -> None:
    """Refuse a goal from nowhere. Raises Refused: source_needed."""
    if not source.strip():
        raise Refused("source_needed", "请写明目标的来源，如文件名和文号；没有保存。")


def check_word(word: str) -> None:
    """Refuse what is no agency word (G-12). Raises Refused: bad_word."""
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,10}", word):
        raise Refused("bad_word", "机关代字是2至10个汉字，如“龙团通报”；没有印发。")


def check_words(faults: Sequence[str]) -> None:
    """Refuse a text with numbers that nobody can trace (G-51). Raises Refused: untraced."""
    if faults:
        raise Refused(
            "untraced",
            f"正文里有未溯源或说不出来的数字：{named(faults)}。"
            "请改用指标标记，或删去；没有改动通报的状态。",
        )


def check_text(text: str, measures: str) -> None:
    """Refuse an empty answer. Raises Refused: answer_needed."""
    if not text.strip() or not measures.strip():
        raise Refused("answer_needed", "请写明情况说明和整改措施；没有提交。")


def check_not_own(*, person: int, decider: int) -> None:
    """Refuse that somebody decides on their own answer. Raises Refused: own_answer."""
    if person == decider:
        raise Refused("own_answer", "不能审阅自己提交的反馈；请由另一位同志审阅。")

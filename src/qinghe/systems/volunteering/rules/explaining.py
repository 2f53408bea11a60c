"""How a record came to its number, in a sentence for the volunteer (demand 6)."""

from collections.abc import Sequence

from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Moves, Refused

from .certificates import tenths_of_hours
from .hours import AT_ONCE, MOST_BY_PARENT, minutes_of
from .stays import Frame, Span

DISPUTE_MOVES: Moves = {"open": frozenset({"corrected", "explained", "withdrawn"})}
AFTER = {
    "present": "",
    "void": "已作废，不计入",
    "refused": "审核未通过，不计入",
    "held": "正在核查，暂停计入",
}


def explain(*, frame: Frame, spans: Sequence[Span], day_minutes: int, state: str) -> str:
    """Tell from when until when, within which bounds, how many minutes, and by which rule."""
    if not spans:
        return "没有有效的签到，不计时长。"
    starts, ends = frame.starts_at.astimezone(TZ), frame.ends_at.astimezone(TZ)
    told = "；".join(_span(frame, span) for span in spans)
    bounds = f"按活动 {starts:%H:%M}–{ends:%H:%M} 前后各 30 分钟"
    minutes = sum(minutes_of(frame=frame, span=span) for span in spans)
    after = AFTER.get(state, _by_day(day_minutes, state))
    return f"{told}，{bounds}计 {minutes} 分钟{f'；{after}' if after else ''}。"


def check_answer(*, verdict: str, changed: bool) -> None:
    """Refuse to call a record corrected that is as it was. Raises Refused: not_corrected."""
    if verdict == "corrected" and not changed:
        raise Refused(
            "not_corrected",
            "提出异议后这条记录没有更正过，没有提交答复；请先更正或补录，或选择说明情况。",
        )


def check_not_own_dispute(*, answerer_id: int, person_id: int) -> None:
    """Refuse who would answer themself. Raises Refused: own_dispute."""
    if answerer_id == person_id:
        raise Refused("own_dispute", "不能答复本人提出的异议，没有改动，请由本单位的他人答复。")


def _span(frame: Frame, span: Span) -> str:
    came = span.came.astimezone(TZ)
    night = "" if local_day(span.came) == local_day(frame.starts_at) else f"{came:%m-%d} "
    if span.left is None:
        return f"{night}{came:%H:%M} 到，未签退（不计时长）"
    return f"{night}{came:%H:%M} 到、{span.left.astimezone(TZ):%H:%M} 离"


def _by_day(day_minutes: int, state: str) -> str:
    day = f"当天累计 {tenths_of_hours(day_minutes)} 小时"
    if day_minutes <= AT_ONCE:
        return f"{day}，直接生效（V-31）"
    whose = "主办组织的上级" if day_minutes <= MOST_BY_PARENT else "区级"
    done = "已审核通过" if state == "effective" else "等待审核"
    return f"{day}，超过{8 if day_minutes <= MOST_BY_PARENT else 12}小时，须{whose}审核，{done}（V-31）"

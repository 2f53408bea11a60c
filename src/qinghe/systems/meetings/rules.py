"""What meetings allows. Values in, verdicts out; no database, no clock."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Moves, Refused, check_move, check_reason

__all__ = ["check_move"]

SITTING_MOVES: Moves = {
    "preparing": frozenset({"called", "cancelled"}),
    "called": frozenset({"held", "cancelled"}),
    "held": frozenset({"minuted"}),
}
ITEM_MOVES: Moves = {
    "proposed": frozenset({"listed", "declined"}),
    "listed": frozenset({"declined"}),
    "declined": frozenset({"listed"}),
}
DECISION_MOVES: Moves = {
    "open": frozenset({"reported", "void"}),
    "reported": frozenset({"accepted", "open", "void"}),
}
INSTRUCTION_MOVES: Moves = {"open": frozenset({"closed"})}
ABOVE = frozenset({"standing", "other"})  # their sittings are registered, not run
YOUTH = frozenset({"youth", "league"})  # F039: youth work and League work
AHEAD = frozenset({"preparing", "called"})
DOOR_OPENS = timedelta(hours=2)  # before the beginning; it closes when the sitting is held
NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Slot:
    """When one item of an agenda is due to begin and to end."""

    begins: datetime
    ends: datetime


def numbered(number: int) -> str:
    """Return a number below a hundred as titles write it (G-51): 3 is 三, 12 is 十二, 21 is 二十一."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{NUMERALS[tens]}十"
    return head + (NUMERALS[ones] if ones or not tens else "")


def title_of(*, body: str, kind: str, number: int | None, topic: str) -> str:
    """Return what a sitting is called: 第三次全体会议 stays in Chinese numerals (G-51)."""
    if kind == "plenary":
        return f"{body}第{numbered(number or 0)}次全体会议"
    return f"{body}{topic}专题会议"


def slots(*, starts_at: datetime, lengths: Iterable[int]) -> list[Slot]:
    """Return when each item of an agenda is on, one after the other."""
    found, begins = [], starts_at
    for length in lengths:
        ends = begins + timedelta(minutes=length)
        found.append(Slot(begins, ends))
        begins = ends
    return found


def check_runs(*, kind: str) -> None:
    """Refuse to prepare sittings of a body above us. Raises Refused: only_registered."""
    if kind in ABOVE:
        raise Refused("only_registered", "上级会议只登记，不在这里筹备；请用“登记上会议题”。")


def check_above(*, kind: str) -> None:
    """Refuse to register as finished what is to be run here. Raises Refused: not_above."""
    if kind not in ABOVE:
        raise Refused("not_above", "这个会议机构的会议在平台上筹备，没有登记；请用“筹备会议”。")


def check_still_there(*, ended_on: date | None, name: str) -> None:
    """Refuse what belongs to a body that has ended. Raises Refused: body_ended."""
    if ended_on is not None:
        raise Refused("body_ended", f"“{name}”已经撤销，没有保存。")


def check_ahead(*, starts_at: datetime, at: datetime) -> None:
    """Refuse to plan what has begun. Raises Refused: in_the_past."""
    if starts_at <= at:
        raise Refused("in_the_past", "开会时间已经过去，没有保存；请核对。")


def check_before(*, day: date, starts_at: datetime, what: str) -> None:
    """Refuse a limit that lies after the sitting. Raises Refused: wrong_order."""
    if day > local_day(starts_at):
        raise Refused("wrong_order", f"{what}不能晚于开会日期，没有保存；请改正。")


def check_none_ahead(*, ahead: int) -> None:
    """Refuse a second plenary before the first was held. Raises Refused: one_ahead."""
    if ahead:
        raise Refused(
            "one_ahead", "上一次全体会议还没有召开，没有保存；届次要连续，请先办完那一次。"
        )


def check_items_open(*, state: str, items_by: date | None, today: date) -> None:
    """Refuse a unit's item once the call is over. Raises Refused: call_closed."""
    if state != "preparing" or items_by is None or today > items_by:
        raise Refused("call_closed", "议题征集已经截止，没有提交；确需增加的请与会议办公室联系。")


def check_agenda_open(*, state: str) -> None:
    """Refuse to change the agenda of what has been held. Raises Refused: wrong_state."""
    if state not in AHEAD:
        raise Refused("wrong_state", "会议已经召开、取消或只作登记，议程不再改动。")


def check_has_agenda(*, listed: int, units: int) -> None:
    """Refuse to invite to nothing, or nobody. Raises Refused: no_agenda, no_units."""
    if not listed:
        raise Refused("no_agenda", "议程上还没有议题，没有发通知；请先审定议题。")
    if not units:
        raise Refused("no_units", "这个会议机构还没有成员单位，没有发通知；请先登记成员单位。")


def check_order(*, given: Sequence[int], listed: Sequence[int]) -> None:
    """Refuse an order that leaves an item out or names one twice. Raises Refused: wrong_places."""
    if sorted(given) != sorted(listed):
        raise Refused("wrong_places", "议题有增减，顺序没有保存；请刷新后再排。")


def check_reply(*, reply: str, proxy: str, reason: str) -> None:
    """Refuse an answer that does not say enough. Raises: reply_needed, proxy_needed, reason_needed."""
    if not reply:
        raise Refused("reply_needed", "请选择出席、请假或派人代会。")
    if reply == "proxy" and not proxy.strip():
        raise Refused("proxy_needed", "派人代会的，请填写代会人姓名。")
    if reply == "leave":
        check_reason(reason)


def check_may_reply(*, state: str, starts_at: datetime | None, at: datetime) -> None:
    """Refuse an answer that comes too late or too early. Raises Refused: reply_closed."""
    if state != "called" or starts_at is None or at >= starts_at:
        raise Refused("reply_closed", "会议已经开始、取消或还没有发通知，回执没有改动。")


def check_door(*, state: str, starts_at: datetime | None, at: datetime) -> None:
    """Refuse to sign in where no door is open. Raises Refused: door_closed."""
    if state != "called" or starts_at is None or at < starts_at - DOOR_OPENS:
        raise Refused("door_closed", "现在不能签到：会前2小时开始签到，宣布开会后停止。")


def check_begun(*, starts_at: datetime | None, at: datetime) -> None:
    """Refuse to hold what has not begun. Raises Refused: too_early."""
    if starts_at is None or at < starts_at:
        raise Refused("too_early", "还没有到开会时间，没有登记。")


def has_quorum(*, came: int, due: int, percent: int) -> bool:
    """Test if more than so many of a hundred units came (a dated parameter, T-83)."""
    return came * 100 > due * percent


def check_quorum(*, came: int, due: int, percent: int) -> None:
    """Refuse to hold a sitting to which too few came. Raises Refused: no_quorum."""
    if not has_quorum(came=came, due=due, percent=percent):
        raise Refused(
            "no_quorum",
            f"应到{due}个单位，实到{came}个，没有超过{percent}%，不能开会；签到已保留，"
            "请补签到，或者取消后改期。",
        )


def check_limit(*, due_on: date, made_on: date) -> None:
    """Refuse a limit before the day of the decision. Raises Refused: wrong_order."""
    if due_on < made_on:
        raise Refused("wrong_order", "时限不能早于当天，没有保存；请改正。")


def check_decides(*, state: str) -> None:
    """Refuse decisions of what was not held. Raises Refused: not_held."""
    if state not in ("held", "minuted", "registered"):
        raise Refused("not_held", "会议召开后才能登记议定事项。")


def check_minutes(*, text: str, undecided: int) -> None:
    """Refuse to issue minutes that say nothing. Raises Refused: minutes_needed, wrong_state."""
    if not text.strip():
        raise Refused("minutes_needed", "纪要正文还没有写，没有定稿。")
    if undecided:
        raise Refused("wrong_state", f"还有{undecided}个议题没有审定，请列入或写明不列入的原因。")


def check_not_own(*, decider_id: int, reporter_id: int | None) -> None:
    """Refuse who would accept what they reported themself. Raises Refused: own_report."""
    if decider_id == reporter_id:
        raise Refused("own_report", "不能验收自己报结的事项，没有改动，请由另一人验收。")


def check_owner(*, has_owner: bool, has_limit: bool) -> None:
    """Refuse an owner without a limit, or the other way round. Raises Refused: owner_needs_limit."""
    if has_owner is not has_limit:
        raise Refused("owner_needs_limit", "落实单位和落实时限要一起填，没有保存。")


def check_named(*, has_person: bool, name: str) -> None:
    """Refuse a representative who is nobody, or two at once. Raises Refused: name_needed."""
    if has_person == bool(name.strip()):
        raise Refused("name_needed", "人员编号和姓名填一项，不能都填，也不能都不填。")


# What a sitting needs where the district has no templates of its own (S088): days from its day.
STANDARD_CHORES: tuple[tuple[str, int], ...] = (
    ("征集议题", -21),
    ("拟定议程并报召集人", -10),
    ("发会议通知", -7),
    ("审核汇报材料", -5),
    ("落实会场、座次和设备", -3),
    ("汇总参会回执", -2),
    ("印制会议材料和签到表", -1),
    ("会场签到和记录", 0),
    ("起草会议纪要", 3),
    ("登记议定事项、转入督办", 5),
    ("印发会议纪要", 7),
)
MOST_DAYS = 180


def limit(day: date, away: int, *, today: date) -> date:
    """Return by when something is to be done for a sitting of a day; what has passed is due today."""
    return max(day + timedelta(days=away), today)


def check_line_days(*, days: int) -> None:
    """Refuse a line half a year away from the sitting. Raises Refused: too_far."""
    if abs(days) > MOST_DAYS:
        raise Refused("too_far", f"天数应在会前{MOST_DAYS}天到会后{MOST_DAYS}天之间，没有保存。")


def check_prepared(*, state: str) -> None:
    """Refuse a list of what was called off, or is only registered. Raises Refused: wrong_state."""
    if state in ("cancelled", "registered"):
        raise Refused("wrong_state", "会议已经取消，或者只作登记，会务清单没有改动。")


def check_unticked(*, is_done: bool) -> None:
    """Refuse to change what is done. Raises Refused: wrong_state."""
    if is_done:
        raise Refused("wrong_state", "这一项已经勾选完成，没有改动；要改的请先取消勾选。")

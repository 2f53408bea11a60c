"""What may be told of a task, who accepts it, when it is struck off."""

from datetime import date
from decimal import Decimal

from qinghe.lib.periods import check_not_future
from qinghe.lib.verdicts import Moves, Refused

PROGRESS_MOVES: Moves = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"accepted", "sent_back"}),
    "sent_back": frozenset({"submitted"}),
    "accepted": frozenset({"reopened"}),
}
MENDABLE = frozenset({"draft", "sent_back"})
MOST = Decimal(999_999_999)


def check_mendable(*, state: str) -> None:
    """Refuse to change what waits to be accepted, or was. Raises Refused: wrong_state."""
    if state not in MENDABLE:
        raise Refused("wrong_state", "只有草稿和退回的填报可以修改，没有改动；请刷新后再看。")


def check_told(*, day: date, number: Decimal, start: date, today: date) -> None:
    """Refuse a day or a number that cannot be. Raises Refused: in_future, wrong_order, wrong_number."""
    check_not_future(day=day, today=today, what="截至")
    if day < start:
        raise Refused(
            "wrong_order", f"截至日期不能早于任务开始的{start.isoformat()}，没有保存，请改正。"
        )
    if not 0 <= number <= MOST:
        raise Refused("wrong_number", "累计完成应是0或更大的数，没有保存，请改正。")


def check_by_hand(*, code: str) -> None:
    """Refuse to tell by hand what a figure counts. Raises Refused: counted."""
    if code:
        raise Refused(
            "counted", f"这项任务的进度由指标{code}自动计算，不用填报；没有保存，请在源头登记业务。"
        )


def check_not_shared(*, is_shared: bool) -> None:
    """Refuse to tell by hand what those below tell. Raises Refused: shared."""
    if is_shared:
        raise Refused(
            "shared", "指标已分解到下级，本级进度由下级通过的填报合计，不用填报；没有保存。"
        )


def check_running(*, is_struck: bool, is_over: bool) -> None:
    """Refuse what is struck off or no longer on a list in force. Raises Refused: struck_off, over."""
    if is_struck:
        raise Refused("struck_off", "这项任务已经销号，没有保存；确需变更的请上级重新办理。")
    if is_over:
        raise Refused("over", "清单已办结、任务已取消或已改由别的单位牵头，没有保存。")


def check_reached(*, done: Decimal, target: Decimal, unit: str) -> None:
    """Refuse to strike off what is not reached. Raises Refused: not_reached."""
    if done < target:
        raise Refused(
            "not_reached",
            f"累计完成{done.normalize():f}{unit}，没有达到目标{target.normalize():f}{unit}，"
            "不能销号；没有提交，请先完成，或请上级调整目标。",
        )


def check_evidence(*, files: int) -> None:
    """Refuse to strike off without anything that shows it. Raises Refused: evidence_needed."""
    if not files:
        raise Refused("evidence_needed", "销号要附成果佐证，没有提交，请先上传照片或材料。")


def check_another(*, filed_by: int, decides: int) -> None:
    """Refuse who decides about what they told themselves. Raises Refused: own_progress."""
    if filed_by == decides:
        raise Refused("own_progress", "填报人不能审核自己的填报，没有改动；请由另一位同事办理。")


def check_free(*, is_under_way: bool) -> None:
    """Refuse a second one of a kind beside one under way. Raises Refused: under_way."""
    if is_under_way:
        raise Refused("under_way", "已有一份没有办结的填报，没有保存；请先办完那一份。")

"""Which states a report goes through, and when it may be written in."""

from collections.abc import Mapping

from qinghe.lib.periods import Period, PeriodKind
from qinghe.lib.verdicts import Refused

WRITING, SIGNING, SIGNED = "writing", "signing", "signed"
ISSUED, REPLACED = "issued", "replaced"
OPEN = (WRITING, SIGNING, SIGNED)  # not out yet: may go back into writing
MOVES: Mapping[str, frozenset[str]] = {
    WRITING: frozenset({SIGNING}),
    SIGNING: frozenset({WRITING, SIGNED}),
    SIGNED: frozenset({WRITING, ISSUED}),
    ISSUED: frozenset({REPLACED}),
    REPLACED: frozenset(),
}
LABELS = {
    WRITING: "起草中",
    SIGNING: "审签中",
    SIGNED: "已签发待印发",
    ISSUED: "已印发",
    REPLACED: "已更正",
}


def check_move(*, now: str, to: str) -> None:
    """Refuse a step that leads nowhere. Raises Refused: wrong_state."""
    if to not in MOVES[now]:
        raise Refused(
            "wrong_state",
            f"工作总结现在是“{LABELS[now]}”，不能改为“{LABELS.get(to, to)}”，没有任何改动。",
        )


def check_in_writing(state: str) -> None:
    """Refuse to change what is not being written. Raises Refused: not_in_writing."""
    if state == SIGNING:
        raise Refused("not_in_writing", "工作总结正在审签，不能修改；请先退回起草。没有任何改动。")
    if state == SIGNED:
        raise Refused(
            "not_in_writing",
            "工作总结已经签发、等待印发，不能修改；如要修改请送签人先撤回。没有任何改动。",
        )
    if state != WRITING:
        raise Refused(
            "not_in_writing", "工作总结已经印发，不再修改；如有错误请发起更正。没有任何改动。"
        )


def check_issued(state: str) -> None:
    """Refuse to correct what has not been issued. Raises Refused: not_issued."""
    if state != ISSUED:
        raise Refused("not_issued", "只有已印发的工作总结才能更正；没有任何改动。")


def check_period(period: Period) -> None:
    """Refuse a period that no report is about. Raises Refused: not_a_half_year."""
    if period.kind is not PeriodKind.HALF_YEAR:
        raise Refused(
            "not_a_half_year", f"工作总结按半年编写，{period.label}不是半年；请改选上半年或下半年。"
        )


def check_open(state: str) -> None:
    """Refuse to discuss what is settled. Raises Refused: not_open."""
    if state not in OPEN:
        raise Refused("not_open", "工作总结已经印发，不再收意见；如有错误请发起更正。")

"""Which state may follow which, and what every step asks for."""

from datetime import date

from qinghe.lib.verdicts import Moves, Refused

SCHEME_MOVES: Moves = {
    "draft": frozenset({"published", "dropped"}),
    "published": frozenset({"shown", "replaced"}),
    "shown": frozenset({"fixed"}),
    "fixed": frozenset({"announced"}),
    "announced": frozenset({"fixed"}),  # a correction makes a ranking that is to be announced again
}
ASSESSMENT_MOVES: Moves = {
    "draft": frozenset({"submitted", "missed"}),
    "submitted": frozenset({"draft"}),
}
OBJECTION_MOVES: Moves = {
    "open": frozenset({"upheld", "rejected", "withdrawn"}),
}


def check_reason(reason: str) -> None:
    """Refuse a step without its reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明理由，方便对方和日后查对；没有保存。")


def check_day_to_come(*, day: date, today: date, what: str) -> None:
    """Refuse a limit that is over already. Raises Refused: wrong_order."""
    if day < today:
        raise Refused("wrong_order", f"{what}不能早于今天，没有保存，请改正日期。")


def check_in_time(*, today: date, last: date | None) -> None:
    """Refuse an objection after its last day. Raises Refused: too_late."""
    if last is None or today > last:
        until = f"（{last.isoformat()}）" if last else ""
        raise Refused(
            "too_late", f"提出异议的期限{until}已过，没有提交；确有错误的，请联系团区委。"
        )


def check_over(*, today: date, last: date | None, still_open: int) -> None:
    """Refuse to fix a ranking to which somebody may still object. Raises Refused: too_early."""
    if still_open:
        raise Refused("too_early", f"还有{still_open}件异议没有答复，排名没有确定，请先答复。")
    if last is None or today <= last:
        until = last.isoformat() if last else "期限"
        raise Refused("too_early", f"异议期到{until}为止，次日起才能确定排名，没有改动。")


def check_nothing_begun(*, begun: int) -> None:
    """Refuse to change a scheme once an organisation began to score itself. Raises Refused: has_begun."""
    if begun:
        raise Refused("has_begun", f"已有{begun}个单位开始自评，方案不能再改，没有改动。")

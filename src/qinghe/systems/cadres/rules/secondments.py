"""What a secondment between organisations must have (T-80)."""

from datetime import date, timedelta

from qinghe.kernel.orgs.kinds import BRANCHES, COUNTED
from qinghe.lib.verdicts import Moves, Refused

SECONDMENT_MOVES: Moves = {
    "asked": frozenset({"agreed", "refused", "withdrawn"}),
    "agreed": frozenset({"running", "withdrawn"}),
    "running": frozenset({"ended"}),
    "ended": frozenset(),
    "refused": frozenset(),
    "withdrawn": frozenset(),
}
MOST_YEARS_DAYS = 3 * 366


def check_places(*, home: int, host: int) -> None:
    """Refuse a secondment to where somebody is already. Raises Refused: same_org."""
    if home == host:
        raise Refused("same_org", "派出单位和接收单位不能是同一个组织，没有保存，请改选。")


def check_span(*, starts_on: date, ends_on: date) -> None:
    """Refuse days in the wrong order or too far apart. Raises Refused: wrong_order, too_long."""
    if ends_on <= starts_on:
        raise Refused("wrong_order", "期满日期须在起始日期之后，没有保存，请改正。")
    if (ends_on - starts_on).days > MOST_YEARS_DAYS:
        raise Refused("too_long", "一次互兼互挂不超过三年，没有保存；需要更长的，期满前办理延期。")


def check_takes_cadres(*, kind: str, name: str) -> None:
    """Refuse a post where there is no League organisation. Raises Refused: not_league."""
    if kind not in COUNTED | BRANCHES:
        raise Refused(
            "not_league", f"{name}不是团组织，没有保存；接收单位请选团工委、团委、团支部等。"
        )


def check_stands_at_home(*, stands: bool, name: str) -> None:
    """Refuse to send whom an organisation does not have. Raises Refused: not_of_home."""
    if not stands:
        raise Refused(
            "not_of_home", f"此人在{name}及下级没有在任职务，也不在团员名册上，没有保存，请核对。"
        )


def check_may_begin(*, starts_on: date, ends_on: date, today: date) -> None:
    """Refuse to begin before the first day or after the last one.

    Raises Refused: too_early, too_late.
    """
    if today < starts_on:
        raise Refused("too_early", f"还没有到起始日期{starts_on.isoformat()}，没有改动。")
    if today >= ends_on:
        raise Refused("too_late", "约定的期限已经过了，没有改动；请撤回后重新办理。")


def check_extension(*, was: date, until: date) -> None:
    """Refuse a last day that is not later, or too much later. Raises Refused: wrong_order, too_long."""
    if until <= was:
        raise Refused("wrong_order", f"延期须晚于原期满日期{was.isoformat()}，没有保存，请改正。")
    if (until - was).days > MOST_YEARS_DAYS:
        raise Refused("too_long", "一次延期不超过三年，没有保存，请改正。")


def remind_day(*, ends_on: date, days: int) -> date:
    """Return the day from which the end of a secondment is called to mind."""
    return ends_on - timedelta(days=days)

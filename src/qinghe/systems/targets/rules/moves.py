"""Which state may follow which, and what goes with every step."""

from datetime import date

from qinghe.lib.verdicts import Moves, Refused

LIST_MOVES: Moves = {
    "draft": frozenset({"published"}),
    "published": frozenset({"closed"}),
    "closed": frozenset({"published"}),
}
CLAIM_MOVES: Moves = {"asked": frozenset({"granted", "refused", "withdrawn"})}
ADJUSTMENT_MOVES: Moves = {"asked": frozenset({"approved", "refused", "withdrawn"})}


def check_another(*, person_id: int, asked_by: int) -> None:
    """Refuse that somebody approves what they asked for. Raises Refused: own_request."""
    if person_id == asked_by:
        raise Refused("own_request", "自己提出的申请须由另一人批准，没有改动。")


def check_draft(*, state: str) -> None:
    """Refuse to publish what was closed: it is taken up again with a reason. Raises: wrong_state."""
    if state == "closed":
        raise Refused("wrong_state", "清单已经办结，没有发布；要再办的请用“重新打开”。")


def check_closed(*, state: str) -> None:
    """Refuse to take up again what was not closed. Raises Refused: wrong_state."""
    if state != "closed":
        raise Refused("wrong_state", "清单没有办结，不用重新打开，没有改动。")


def check_ready(*, items: int) -> None:
    """Refuse to publish an empty list. Raises Refused: empty_list."""
    if not items:
        raise Refused("empty_list", "清单里还没有任务，没有发布；请先列入方面和举措。")


def check_published_on(*, day: date, today: date) -> None:
    """Refuse to publish on a day that has not come. Raises Refused: in_future."""
    if day > today:
        raise Refused("in_future", "发布日期不能晚于今天，没有发布，请改正日期。")

"""What may become of a difference: answered, sent back, confirmed, and what the next run shows.

Names and identity numbers cannot be edited in the national system once entered (rules §1.9): what
differs in them is put right there by whoever may, never here by itself. Only the day of joining, and a
number where there is none yet (T-27: one that stands is never changed), are corrected from an answer.
"""

from enum import StrEnum

from qinghe.lib.verdicts import Moves, Refused

from .comparing import NOTHING
from .told import Field


class Kind(StrEnum):
    """How an export and the rolls differ."""

    EXTRA = "extra"
    MISSING = "missing"
    CHANGED = "changed"
    UNSURE = "unsure"


class State(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    SETTLED = "settled"
    CARRIED = "carried"


class Answer(StrEnum):
    OURS = "ours"
    THEIRS = "theirs"
    MENDED = "mended"
    UNKNOWN = "unknown"


class Recurs(StrEnum):
    """What a difference is to the runs before."""

    FIRST = "first"
    AGAIN = "again"
    BACK = "back"


LIVE = (State.OPEN, State.ANSWERED, State.CONFIRMED)
_NEXT_RUN = {State.SETTLED, State.CARRIED}
DIFFERENCE_MOVES: Moves = {
    State.OPEN: frozenset({State.ANSWERED, State.CONFIRMED, *_NEXT_RUN}),
    State.ANSWERED: frozenset({State.OPEN, State.ANSWERED, State.CONFIRMED, *_NEXT_RUN}),
    State.CONFIRMED: frozenset(_NEXT_RUN),
    State.SETTLED: frozenset(),
    State.CARRIED: frozenset(),
}
LEAST_REASON, MOST_REASON = 4, 200
CORRECTED = (Field.JOINED_ON, Field.NUMBER)


def check_reason(reason: str) -> str:
    """Return why, or refuse what tells nothing. Raises Refused: reason_needed."""
    why = " ".join(reason.split())
    if not LEAST_REASON <= len(why) <= MOST_REASON:
        raise Refused(
            "reason_needed", f"请写明理由（{LEAST_REASON}至{MOST_REASON}个字），没有保存。"
        )
    return why


def check_answerable(kind: str) -> None:
    """Refuse an answer to what is first to be told whose it is. Raises Refused: to_be_chosen."""
    if kind == Kind.UNSURE:
        raise Refused("to_be_chosen", "这一行还没有确定是谁，请上级团组织先选定本人，没有保存。")


def check_to_choose(kind: str) -> None:
    """Refuse to choose whose a line is when that is known. Raises Refused: not_unsure."""
    if kind != Kind.UNSURE:
        raise Refused("not_unsure", "这一条已经确定是谁，不用再选定，没有改动。")


def check_other_hand(*, answered_by: int | None, decider: int) -> None:
    """Refuse who confirms their own answer. Raises Refused: own_answer."""
    if answered_by == decider:
        raise Refused("own_answer", "这一条由您答复，须由另一人确认，没有改动。")


def correction(*, kind: str, field: str, answer: str, ours: str) -> str:
    """Return which field of the file here an answer corrects, or nothing."""
    if kind != Kind.CHANGED or answer != Answer.THEIRS or field not in CORRECTED:
        return ""
    return "" if field == Field.NUMBER and ours != NOTHING else field


def what_follows(*, kind: str, field: str, answer: str, ours: str) -> str:
    """Say in a sentence what has to be done once an answer is confirmed, and where."""
    if correction(kind=kind, field=field, answer=answer, ours=ours):
        return "确认时更正本平台的团员档案。"
    if answer == Answer.OURS:
        return "在来源系统中更正；姓名和证件号在那里不能修改，须按规定删除重建。"
    if answer == Answer.MENDED:
        return "已经更正，下次对账核对。"
    if answer == Answer.UNKNOWN:
        return "支部不认识此人，由上级继续核实。"
    return _ours_by_hand(kind, field)


def recurrence(*, state: str, answer: str, is_corrected: bool) -> Recurs:
    """Tell what a difference is that an earlier run showed as well."""
    put_right = is_corrected or answer == Answer.MENDED
    if state == State.SETTLED or (state in (State.ANSWERED, State.CONFIRMED) and put_right):
        return Recurs.BACK
    return Recurs.AGAIN


def _ours_by_hand(kind: str, field: str) -> str:
    if kind == Kind.EXTRA:
        return "在本平台办理转接、离团或移出名册。"
    if kind == Kind.MISSING:
        return "在本平台登记入册或办理转入。"
    by_hand = "在本平台按规定更正登记。"
    if kind != Kind.CHANGED:
        return by_hand
    return {
        Field.NAME: "在本平台按规定更正姓名。",
        Field.ID_NUMBER: "在本平台按规定更正证件号。",
        Field.BRANCH: "在本平台办理组织关系转接。",
        Field.STANDING: "在本平台办理转接或离团。",
        Field.NUMBER: "编号一经登记不能更改，请按实际核对后再处理。",
    }.get(Field(field), by_hand)

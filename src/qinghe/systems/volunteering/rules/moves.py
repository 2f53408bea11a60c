"""Which state may follow which."""

from datetime import date

from qinghe.lib.verdicts import Moves, Refused

VOLUNTEER_MOVES: Moves = {
    "applied": frozenset({"registered", "refused"}),
    "registered": frozenset({"withdrawn"}),
}
TEAM_MOVES: Moves = {
    "applied": frozenset({"noticed", "approved", "refused", "withdrawn"}),
    "noticed": frozenset({"approved", "refused", "withdrawn"}),
    "approved": frozenset({"closed"}),
}
MEMBER_MOVES: Moves = {
    "asked": frozenset({"member", "refused"}),
    "invited": frozenset({"member", "founding", "refused"}),
    "founding": frozenset({"member", "refused"}),
    "member": frozenset({"left"}),
}
CONFIRMATION_MOVES: Moves = {"submitted": frozenset({"accepted", "returned"})}
HEAD_CHANGE_MOVES: Moves = {"applied": frozenset({"approved", "refused"})}
SESSION_MOVES: Moves = {"published": frozenset({"cancelled"})}
ATTENDANCE_MOVES: Moves = {
    "present": frozenset({"present", "pending", "effective", "void"}),
    "pending": frozenset({"pending", "effective", "refused", "void", "held"}),
    "effective": frozenset({"pending", "effective", "void", "held"}),
    "held": frozenset({"held", "void"}),
}
# What is held counts again only by the word of whoever closes the last finding about it.
HOLD_MOVES: Moves = {"held": frozenset({"effective", "pending"})}
FINDING_MOVES: Moves = {"open": frozenset({"cleared", "corrected", "voided"})}


def check_order(*, first: date, then: date, what: str) -> None:
    """Refuse a step dated before the one it follows. Raises Refused: wrong_order."""
    if then < first:
        raise Refused("wrong_order", f"{what}日期不能早于{first.isoformat()}，请改正日期。")


def check_reason(reason: str) -> None:
    """Refuse a decision or correction without its reason. Raises Refused: reason_needed."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便日后查对。")

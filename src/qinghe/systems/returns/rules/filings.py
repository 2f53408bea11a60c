"""Who is asked, whose word a filing waits for, and which moves it can make."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from qinghe.lib.verdicts import Refused

MOVES: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"submitted"}),
    "submitted": frozenset({"accepted", "sent_back", "draft"}),
    "sent_back": frozenset({"submitted"}),
    "accepted": frozenset({"sent_back"}),
}
LABELS = {
    "draft": "待报送",
    "submitted": "待审核",
    "accepted": "已通过",
    "sent_back": "已退回",
}
OPEN = frozenset({"draft", "sent_back"})  # what its own organisation may still change
AREAS = frozenset({"district", "street", "community"})
LONGEST_REASON = 300
LONGEST_LATE_REASON = 200
RANK = {"district": 0, "street": 1, "community": 2, "unit": 2}


@dataclass(frozen=True)
class Standing:
    """An organisation as the rules read it; `above` are those over it, the district first."""

    pk: int
    kind: str
    level: str
    sector: str = ""
    above: Sequence["Standing"] = ()


def reviewer_of(org: Standing) -> int:
    """Return whose word an organisation's filing waits for.

    The nearest street or district above it that ranks above it: a community's street, a school's
    street, a street's district. The district's own waits for another officer of the district.
    """
    for above in reversed(org.above):
        reviews = above.kind in ("district", "street") and above.kind == above.level
        if reviews and RANK[above.level] < RANK[org.level]:
            return above.pk
    return org.above[0].pk if org.above else org.pk


def street_of(org: Standing) -> int | None:
    """Return the street that an organisation's filing counts under; none at the district."""
    for one in (org, *reversed(org.above)):
        if one.kind == "street":
            return one.pk
    return None


def check_move(*, now: str, to: str) -> None:
    """Refuse a move that the state does not allow. Raises Refused: wrong_state."""
    if to not in MOVES.get(now, frozenset()):
        raise Refused(
            "wrong_state",
            f"这份报送现在是“{LABELS[now]}”，不能改为“{LABELS[to]}”，没有改动；请刷新后再看。",
        )


def check_may_change(
    *, state: str, opens_on: date, closes_on: date, day: date, reason: str
) -> None:
    """Refuse to change what is sent, not yet asked for, or locked.

    After the close a draft is changed only with a reason; what was sent back is asked for again,
    so its close does not bind. Raises Refused: wrong_state, not_open_yet, locked, too_long.
    """
    if state not in OPEN:
        raise Refused(
            "wrong_state",
            f"这份报送现在是“{LABELS[state]}”，不能修改，没有改动；要改请先撤回或请上级退回。",
        )
    if day < opens_on:
        raise Refused("not_open_yet", f"{opens_on.isoformat()}开始填报，现在还不能填。")
    if is_late(state=state, closes_on=closes_on, day=day) and not reason.strip():
        raise Refused(
            "locked",
            f"已于{closes_on.isoformat()}截止，报表已锁定，没有改动；补报请写明逾期原因。",
        )
    check_length(reason, most=LONGEST_LATE_REASON)


def check_may_submit(
    *, state: str, opens_on: date, closes_on: date, day: date, reason: str
) -> None:
    """Refuse to send what cannot be sent. Raises Refused: wrong_state, not_open_yet, locked."""
    check_move(now=state, to="submitted")
    check_may_change(state=state, opens_on=opens_on, closes_on=closes_on, day=day, reason=reason)


def is_late(*, state: str, closes_on: date, day: date) -> bool:
    """Test if sending on this day is late; what was sent back was in time, or marked, before."""
    return state != "sent_back" and day > closes_on


def check_not_own(*, sender_id: int | None, decider_id: int) -> None:
    """Refuse who would accept what they sent themself. Raises Refused: own_filing."""
    if sender_id == decider_id:
        raise Refused("own_filing", "不能审核通过本人报送的报表，没有改动；请由他人审核。")


def check_extension(*, closes_on: date, to: date, day: date) -> None:
    """Refuse a new closing day that gives nobody more time. Raises Refused: not_later, bad_days."""
    if to <= closes_on:
        raise Refused(
            "not_later",
            f"现在的截止日是{closes_on.isoformat()}，只能往后延，不能提前，没有改动。",
        )
    if to < day:
        raise Refused("bad_days", "新的截止日已经过去，没有改动；请选今天或以后的日期。")


def check_reason(reason: str) -> None:
    """Refuse a step that needs its reason. Raises Refused: reason_needed, too_long."""
    if not reason.strip():
        raise Refused("reason_needed", "请写明原因，方便对方改正和日后查对；没有改动。")
    check_length(reason, most=LONGEST_REASON)


def check_length(text: str, *, most: int) -> None:
    """Refuse words that would have to be cut. Raises Refused: too_long."""
    if len(text.strip()) > most:
        raise Refused("too_long", f"文字最多{most}字，没有保存；请删减后再保存。")

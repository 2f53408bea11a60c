"""Recommending members to the Party (推优入党) and pioneers to the League (推优入团), T-30 … T-34."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from qinghe.lib import identifiers
from qinghe.lib.periods import months_after
from qinghe.lib.verdicts import Refused

YOUNG, OLDEST = 28, 35  # T-33
MOVES: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"agreed", "recommended", "refused", "withdrawn"}),
    "agreed": frozenset({"voted", "failed", "withdrawn"}),
    "voted": frozenset({"recommended", "refused", "withdrawn"}),
    "recommended": frozenset({"accepted", "declined"}),
    "accepted": frozenset({"probationary"}),
}
# T-33: for those between 28 and 35 the Party asks the League committee, and no branch votes.
BY_PATH: Mapping[str, Mapping[str, frozenset[str]]] = {
    "league": {"proposed": frozenset({"agreed", "refused", "withdrawn"})},
    "consult": {"proposed": frozenset({"recommended", "refused", "withdrawn"})},
}
PIONEER_MOVES: Mapping[str, frozenset[str]] = {
    "nominated": frozenset({"signed", "declined"}),
    "signed": frozenset({"taken_up", "declined"}),
}


class Way(StrEnum):
    """How somebody comes before the Party."""

    LEAGUE = "league"  # T-31: by the branch's vote
    CONSULT = "consult"  # T-33: the Party asks the committee


def check_move(*, now: str, to: str, way: str) -> None:
    """Refuse a step that would leave one out. Raises Refused: wrong_state."""
    allowed = BY_PATH[way].get(now, MOVES.get(now, frozenset()))
    if to not in allowed:
        raise Refused(
            "wrong_state", "推优要一步一步办理，现在还不能办这一步，没有改动；请刷新再看。"
        )


def way_for(*, birth: date | None, day: date, is_cadre: bool) -> Way:
    """Return by which way somebody is recommended, by their age (T-31, T-33).

    Raises Refused: birth_unknown, too_old.
    """
    if birth is None:
        raise Refused("birth_unknown", "没有登记出生日期，不能确定推荐方式；请先补登出生日期。")
    age = identifiers.age_on(birth, day)
    if age < YOUNG or is_cadre:
        return Way.LEAGUE
    if age > OLDEST:
        raise Refused("too_old", f"已满{OLDEST}周岁且不是团干部，不经团组织推荐，没有登记。")
    return Way.CONSULT


def check_long_a_member(*, joined_on: date, months: int, day: date) -> None:
    """Refuse who has not been a member long enough (T-31). Raises Refused: member_too_short."""
    since = months_after(joined_on, months=months)
    if day < since:
        raise Refused(
            "member_too_short", f"团龄不满{months}个月，{since}起才能推荐，没有登记；请到期再提名。"
        )


def check_application(*, applied_on: date, months: int, day: date) -> None:
    """Refuse who handed in their application too lately (T-31). Raises: application_too_new."""
    since = months_after(applied_on, months=months)
    if day < since:
        raise Refused(
            "application_too_new",
            f"递交入党申请书不满{months}个月，{since}起才能推荐，没有登记；请到期再提名。",
        )


def check_vote(*, entitled: int, present: int, votes: int, is_secret: bool) -> None:
    """Refuse a meeting that could not decide, or numbers that cannot be (T-31).

    Raises Refused: not_secret, bad_votes, no_quorum.
    """
    if not is_secret:
        raise Refused("not_secret", "推优须无记名投票，没有登记；请重新召开支部大会。")
    if not 0 <= votes <= present <= entitled or entitled < 1:
        raise Refused("bad_votes", "赞成票不能多于实到，实到不能多于应到，没有登记；请核对。")
    if 2 * present <= entitled:
        raise Refused(
            "no_quorum", f"实到{present}人，没有超过应到{entitled}人的一半，会议无效，没有登记。"
        )


def is_carried(*, entitled: int, votes: int) -> bool:
    """Test if more than half of all who were to come voted for it (T-31): not of those present."""
    return 2 * votes > entitled


def check_cap(*, already: int, members: int, percent: int) -> None:
    """Refuse one more than the local cap allows (T-32); 0 is no cap. Raises Refused: over_cap."""
    if percent and (already + 1) * 100 > members * percent:
        raise Refused(
            "over_cap",
            f"本支部团员{members}人，今年已推荐{already}人，再推荐将超过{percent}%的比例，没有推荐。",
        )


def check_valid(*, until: date, day: date) -> None:
    """Refuse a result on a recommendation that has lapsed (T-32). Raises Refused: lapsed."""
    if day > until:
        raise Refused("lapsed", f"推荐有效期到{until}，已经过期，没有登记；请重新推荐。")


def check_after(*, day: date, before: date | None, what: str) -> None:
    """Refuse a step dated before the one that leads to it. Raises Refused: wrong_order."""
    if before is not None and day < before:
        raise Refused("wrong_order", f"{what}不能早于上一步的{before}，没有登记；请核对日期。")


def check_not_oneself(*, decider_id: int, person_id: int) -> None:
    """Refuse who would agree to their own recommendation. Raises Refused: oneself."""
    if decider_id == person_id:
        raise Refused("oneself", "不能同意推荐本人，没有登记；请团委的另一位同志办理。")


def check_words(words: str) -> None:
    """Refuse a decision against somebody without its reason. Raises Refused: reason_needed."""
    if not words.strip():
        raise Refused("reason_needed", "请写明原因，没有改动。")


def check_pioneer(*, is_of_age: bool) -> None:
    """Refuse a pioneer who is not yet fourteen (T-30). Raises Refused: too_young."""
    if not is_of_age:
        raise Refused("too_young", "推优入团须年满14周岁，没有登记；请满14周岁后再提名。")


def check_pioneer_move(*, now: str, to: str) -> None:
    """Refuse a step that would leave one out. Raises Refused: wrong_state."""
    if to not in PIONEER_MOVES.get(now, frozenset()):
        raise Refused("wrong_state", "推优入团要一步一步办理，现在还不能办这一步，没有改动。")

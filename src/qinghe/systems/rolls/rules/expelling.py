"""Expulsion (开除团籍): heard first, carried by the meeting, decided above, open to appeal.

The rule book names the measure (T-66, the ways out) and no vote of its own for it: the vote is that
of any resolution of a branch's meeting (rules §1.2, step 11).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from qinghe.lib.verdicts import Moves, Refused

EXPULSION_MOVES: Moves = {
    "proposed": frozenset({"approved", "refused", "withdrawn"}),
    "approved": frozenset({"appealed"}),
    "appealed": frozenset({"upheld", "annulled"}),
}


@dataclass(frozen=True)
class Ballot:
    """Who was entitled, who came, and how they voted."""

    entitled: int
    present: int
    agreed: int
    opposed: int
    abstained: int


def check_heard(*, heard_on: date, resolved_on: date, statement: str, is_waived: bool) -> None:
    """Refuse a vote before the member was heard. Raises Refused: not_heard, wrong_order."""
    if not is_waived and len(statement.strip()) < 4:
        raise Refused("not_heard", "请写明本人陈述和申辩的内容；没有听取本人意见的不能表决。")
    if resolved_on < heard_on:
        raise Refused("wrong_order", "听取本人意见不能晚于支部大会决议，没有保存；请核对两个日期。")


def check_carried(ballot: Ballot) -> None:
    """Refuse a vote that does not add up or was not carried (step 11).

    Raises Refused: wrong_votes, no_quorum, not_carried.
    """
    counted = ballot.agreed + ballot.opposed + ballot.abstained
    if ballot.present > ballot.entitled or counted != ballot.present:
        raise Refused(
            "wrong_votes",
            f"应到{ballot.entitled}人、实到{ballot.present}人、各项合计{counted}票，对不上，"
            "没有保存，请核对。",
        )
    if ballot.present * 2 <= ballot.entitled:
        raise Refused("no_quorum", "实到没有超过应到半数，表决无效，没有保存；请另行召开支部大会。")
    if ballot.agreed * 2 <= ballot.entitled:
        raise Refused("not_carried", "赞成没有超过应到半数，决议没有通过，不能提请开除团籍。")


def check_third_eyes(*, by: int, acted: Collection[int | None], subject: int) -> None:
    """Refuse who would act on themself, or on what they did before. Raises Refused: same_eyes."""
    if by == subject:
        raise Refused("same_eyes", "不能办理本人的事项，没有改动。")
    if by in acted:
        raise Refused("same_eyes", "提请、审批、复议须由不同的同志办理，没有改动。")

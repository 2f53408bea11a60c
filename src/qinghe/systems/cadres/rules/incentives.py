"""Points out of what is known of a cadre: a proposal for people to decide on, never a decision."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from qinghe.lib.verdicts import Refused


class Points(Protocol):
    """What each merit is worth on a day."""

    points_post: int
    points_term: int
    points_good: int
    points_fit: int
    points_honour: int
    points_task: int
    points_review: int
    points_assessed: int


@dataclass
class Merits:
    """What is known of one cadre in one year."""

    posts: int = 0
    terms: int = 0
    good: int = 0
    fit: int = 0
    honour: int = 0
    task: int = 0
    review: int = 0
    assessed: Decimal = Decimal(0)  # what their organisation came to, as a part of full marks


def points_of(merits: Merits, *, terms: Points) -> int:
    """Return the points of some merits."""
    return (
        merits.posts * terms.points_post
        + merits.terms * terms.points_term
        + merits.good * terms.points_good
        + merits.fit * terms.points_fit
        + merits.honour * terms.points_honour
        + merits.task * terms.points_task
        + merits.review * terms.points_review
        + int(merits.assessed * terms.points_assessed)
    )


def check_decision(*, decision: str, given: str, decides: int, cadre: int) -> None:
    """Refuse a decision about oneself, or one that does not say what is given.

    Raises Refused: own_incentive, given_needed, given_unneeded.
    """
    if decides == cadre:
        raise Refused("own_incentive", "不能审定给自己的激励，没有保存；请另一位同志办理。")
    if decision == "given" and not given.strip():
        raise Refused("given_needed", "请写明给予什么激励，没有保存。")
    if decision != "given" and given.strip():
        raise Refused("given_unneeded", "不予激励的不填激励内容，没有保存，请清空。")

"""Who can be in the reserve of cadres, and who looks into it."""

from collections.abc import Collection, Sequence
from datetime import date

from qinghe.lib.identifiers import age_on
from qinghe.lib.verdicts import Moves, Refused

OF_AGE = 18
CANDIDATE_MOVES: Moves = {
    "asked": frozenset({"agreed", "refused"}),
    "agreed": frozenset({"in", "refused"}),
    "in": frozenset({"out"}),
    "out": frozenset(),
    "refused": frozenset(),
}


def check_grown_up(*, birth_date: date | None, on: date) -> None:
    """Refuse minors: the reserve holds no data about them. Raises Refused: too_young."""
    if birth_date is not None and age_on(birth_date, on) < OF_AGE:
        raise Refused("too_young", f"未满{OF_AGE}周岁的不列入储备人选，没有保存。")


def check_group(
    *, examiners: Collection[int], least: int, nominated_by: int, candidate: int
) -> None:
    """Refuse a group that is too small, or in which the nominator or the candidate sits.

    Raises Refused: too_few_examiners, own_candidate.
    """
    if nominated_by in examiners:
        raise Refused("own_candidate", "提名人不能参加考察，没有保存，请另选考察人。")
    if candidate in examiners:
        raise Refused("own_candidate", "人选本人不能参加考察，没有保存，请另选考察人。")
    if len(set(examiners)) < least:
        raise Refused("too_few_examiners", f"考察组至少{least}人，没有保存，请补齐。")


def check_all_heard(*, verdicts: Sequence[str], least: int) -> None:
    """Refuse a decision before everybody of the group has written. Raises Refused: not_heard."""
    missing = sum(not one for one in verdicts)
    if missing:
        raise Refused("not_heard", f"还有{missing}位考察人没有提交意见，没有改动。")
    if len(verdicts) < least:
        raise Refused("not_heard", f"考察组至少{least}人，还没有组成，没有改动。")

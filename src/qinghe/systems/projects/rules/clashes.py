"""What cannot be at one time: the same person, the same place; and what is told beside it.

Clashes are reckoned when a calendar is looked at, never kept: what is moved or called off is right
at once on both sides.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from qinghe.lib.verdicts import Refused


class Why(StrEnum):
    """Why two appointments clash; SAME_DAY is only told."""

    PERSON = "person"
    PLACE = "place"
    SAME_DAY = "same_day"

    @property
    def label(self) -> str:
        """Say it."""
        return _LABELS[self]

    @property
    def is_hard(self) -> bool:
        """Test if both cannot be as they stand."""
        return self is not Why.SAME_DAY


_LABELS = {
    Why.PERSON: "人员冲突",
    Why.PLACE: "场地冲突",
    Why.SAME_DAY: "同单位同日",
}


@dataclass(frozen=True)
class Slot:
    """When, where, whose and with whom an appointment is; `key` is nought for one not kept yet.

    `is_settled`: whoever entered it said how its clashes with those before it were settled.
    """

    key: int
    org: int
    day: date
    starts_at: datetime
    ends_at: datetime
    place: str
    people: frozenset[int] = frozenset()
    is_settled: bool = False


@dataclass(frozen=True)
class Clash:
    """With which other appointment one clashes, and why; settled by whoever entered the later one."""

    other: int
    why: Why
    is_settled: bool = False


def place_key(place: str) -> str:
    """Return a place as it is compared: without blanks, whatever the case."""
    return "".join(place.split()).casefold()


def clashes(one: Slot, others: Iterable[Slot]) -> list[Clash]:
    """Return with which others an appointment clashes: for each the gravest reason."""
    found = []
    for other in others:
        if other.key != one.key and (why := _why(one, other)) is not None:
            later = max(one, other, key=lambda slot: slot.key)
            found.append(Clash(other.key, why, later.is_settled))
    return found


def clashing(slots: Sequence[Slot]) -> Mapping[int, list[Clash]]:
    """Return by key what clashes among many; only those of one day are compared."""
    days: dict[date, list[Slot]] = defaultdict(list)
    for slot in slots:
        days[slot.day].append(slot)
    return {
        slot.key: found
        for of_day in days.values()
        for slot in of_day
        if (found := clashes(slot, of_day))
    }


def check_settled(*, found: Iterable[Clash], settled: str) -> None:
    """Refuse to plan over a clash without saying how it is settled. Raises Refused: clash."""
    hard = sorted({clash.why.label for clash in found if clash.why.is_hard})
    if hard and not settled.strip():
        raise Refused(
            "clash",
            f"这段时间已有别的安排（{'、'.join(hard)}），没有排入；请换时间、场地或人员，"
            "确已协调好的，写明协调情况后再保存。",
        )


def check_times(*, starts_at: datetime, ends_at: datetime, is_same_day: bool) -> None:
    """Refuse an end before the beginning, or on another day. Raises Refused: wrong_order."""
    if ends_at <= starts_at:
        raise Refused("wrong_order", "结束时间须在开始时间之后，没有排入，请改正。")
    if not is_same_day:
        raise Refused("wrong_order", "一项日程要在一天之内，没有排入；跨天的请按天分开排。")


def _why(one: Slot, other: Slot) -> Why | None:
    if one.day != other.day:
        return None
    if one.starts_at < other.ends_at and other.starts_at < one.ends_at:
        if one.people & other.people:
            return Why.PERSON
        if one.place and place_key(one.place) == place_key(other.place):
            return Why.PLACE
    return Why.SAME_DAY if one.org == other.org else None

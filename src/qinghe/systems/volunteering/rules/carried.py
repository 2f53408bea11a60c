"""Lists of other platforms: how long a row says, whose it is, whether it was there before (V-36).

A row is matched in this order, among volunteers of the same name below the list's organisation:

1. by the number there, when a row with that number was agreed to before;
2. by the identity number as far as it is shown, when at least six digits are;
3. by day of birth and sex, as far as the shown number tells both, for who has no number on the books.

Whoever contradicts what is shown is no candidate. All others are decided by hand.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from qinghe.lib.verdicts import Refused

from .hours import MOST_BY_PARENT

ENOUGH_SHOWN = 6  # digits of an identity number that name one among those of the same name
DAY_HAS = 24 * 60
BIRTH, SEX = slice(6, 14), 16  # where an identity number tells them
_CLOCK = re.compile(r"(\d{1,3})[::](\d{2})(?:[::]\d{2})?")
_WORDS = re.compile(r"(?:(\d{1,3})(?:小时|时|h))?(?:(\d{1,4})(?:分钟|分|min|m))?", re.IGNORECASE)


class Unit(StrEnum):
    """How a platform writes how long somebody served."""

    HOURS = "hours"
    MINUTES = "minutes"
    CLOCK = "clock"


class How(StrEnum):
    """By what a row was found to be somebody's."""

    REMEMBERED = "remembered"
    SHOWN_ID = "shown_id"
    BIRTH = "birth"
    HAND = "hand"


@dataclass(frozen=True)
class Told:
    """What one line of a list says; `doubts` are the sentences about what cannot be."""

    line: int
    name: str = ""
    shown: str = ""
    number: str = ""
    activity: str = ""
    day: date | None = None
    minutes: int | None = None
    host: str = ""
    doubts: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Namesake:
    """A volunteer of the row's name. `agrees` compares identity numbers; None: nothing to compare."""

    volunteer_id: int
    birth_date: date | None = None
    sex: str = ""
    agrees: bool | None = None


@dataclass(frozen=True)
class Match:
    """Whose a row is, by what, or who it could be."""

    state: str
    volunteer_id: int | None = None
    how: str = ""
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True)
class Before:
    """A row with the same key in a list that was loaded before."""

    row_id: int
    minutes: int


@dataclass(frozen=True)
class Again:
    """What a row is to those before it: the same, or another length of the same service."""

    known: bool = False
    earlier: int | None = None


def minutes_said(written: str, *, unit: str) -> int:
    """Return how many whole minutes are meant; what is over a whole minute is not counted.

    Raises Refused: bad_length.
    """
    text = written.strip().replace("：", ":")
    found = _by_clock(text) if unit == Unit.CLOCK else _by_number(text, unit=unit)
    if found is None:
        raise Refused("bad_length", f"时长“{text[:20]}”读不懂，请核对这一列的单位。")
    return found


def doubts_of(told: Sequence[Told], *, today: date) -> dict[int, str]:
    """Return by line what cannot be true of the lines of one file, each with its sentence."""
    days: Counter[tuple[str, str, date]] = Counter()
    for one in told:
        if one.day and one.minutes:
            days[(one.name, one.shown or one.number, one.day)] += one.minutes
    first: dict[tuple[object, ...], int] = {}
    found = {}
    for one in told:
        total = days[(one.name, one.shown or one.number, one.day)] if one.day else 0
        words = [*one.doubts, *_doubts(one, total=total, today=today)]
        same = (identity(one), one.minutes)
        if not words and (line := first.setdefault(same, one.line)) != one.line:
            words.append(f"与第{line}行完全相同。")
        if words:
            found[one.line] = "".join(words)
    return found


def identity(told: Told) -> tuple[str, ...]:
    """Return by what a row is known again: who, when and at what, but not for how long."""
    who = told.number or f"{told.name} {told.shown[:4]} {told.shown[-4:]}"
    return (who, told.day.isoformat() if told.day else "", "".join(told.activity.split()))


def is_long(minutes: int) -> bool:
    """Test if a row is longer than what a host's parent may approve of a day (V-31)."""
    return minutes > MOST_BY_PARENT


def match(*, shown: str, remembered: int | None, namesakes: Sequence[Namesake]) -> Match:
    """Tell whose a row is, in the order that this module states."""
    left = [one for one in namesakes if not _contradicts(one, shown)]
    keys = tuple(sorted(one.volunteer_id for one in left))
    if remembered in keys:
        return Match("matched", remembered, How.REMEMBERED)
    enough = sum(sign != "*" for sign in shown) >= ENOUGH_SHOWN
    sure = [one.volunteer_id for one in left if one.agrees and enough]
    if len(sure) == 1:
        return Match("matched", sure[0], How.SHOWN_ID)
    if len(left) == 1 and left[0].agrees is None and _is_born_so(left[0], shown):
        return Match("matched", keys[0], How.BIRTH)
    return Match("several", candidates=keys) if keys else Match("nobody")


def compare(minutes: Sequence[int], before: Sequence[Before]) -> list[Again]:
    """Hold rows of one key against those before: equal lengths are the same row, others a change."""
    left: dict[int, list[int]] = defaultdict(list)
    for one in before:
        left[one.minutes].append(one.row_id)
    found = [
        Again(known=True, earlier=left[said].pop(0)) if left[said] else Again() for said in minutes
    ]
    others = sorted(row for rows in left.values() for row in rows)
    for place, again in enumerate(found):
        if not again.known and others:
            found[place] = Again(earlier=others.pop(0))
    return found


def check_hand_of_list(*, decider_id: int, loader_id: int) -> None:
    """Refuse a decision on a list by who loaded it. Raises Refused: own_request."""
    if decider_id == loader_id:
        raise Refused(
            "own_request", "清单由您导入，须由同事或上级审核，没有改动；清单仍在待审核中。"
        )


def check_columns(columns: Mapping[str, str]) -> None:
    """Refuse a mapping without what a row of service needs. Raises Refused: column_needed."""
    if not all(columns.get(key) for key in ("name", "day", "minutes")):
        raise Refused("column_needed", "姓名、日期和时长三列必须对应，没有保存。")
    if not columns.get("shown") and not columns.get("number"):
        raise Refused(
            "column_needed",
            "证件号和平台志愿者编号至少要对应一列，否则无法区分同名的人，没有保存。",
        )


def _by_number(text: str, *, unit: str) -> int | None:
    try:
        said = Decimal(text.removesuffix("小时").removesuffix("分钟").replace(",", ""))
    except InvalidOperation:
        return None
    if not said.is_finite() or abs(said) > DAY_HAS * 1000:
        return None
    return int(said * 60) if unit == Unit.HOURS else int(said)


def _by_clock(text: str) -> int | None:
    plain = "".join(text.split())
    found = _CLOCK.fullmatch(plain) or (_WORDS.fullmatch(plain) if plain else None)
    if found is None:
        return None
    return int(found[1] or 0) * 60 + int(found[2] or 0)


def _doubts(one: Told, *, total: int, today: date) -> list[str]:
    words = []
    if not one.name and not one.doubts:
        words.append("没有姓名。")
    if not one.shown and not one.number:
        words.append("没有证件号，也没有平台编号。")
    if one.day is not None and one.day > today:
        words.append("服务日期还没有到。")
    if one.minutes is not None and one.minutes <= 0:
        words.append("时长不是正数。")
    if total > DAY_HAS:
        words.append("同一人当天合计超过24小时。")
    return words


def _contradicts(one: Namesake, shown: str) -> bool:
    if one.agrees is not None or not shown:
        return one.agrees is False
    return _births_differ(one.birth_date, shown) or _sexes_differ(one.sex, shown)


def _births_differ(birth_date: date | None, shown: str) -> bool:
    told = shown[BIRTH]
    return birth_date is not None and any(
        there not in ("*", sign) for sign, there in zip(f"{birth_date:%Y%m%d}", told, strict=True)
    )


def _sexes_differ(sex: str, shown: str) -> bool:
    return bool(sex) and shown[SEX] != "*" and sex != _sex(shown)


def _is_born_so(one: Namesake, shown: str) -> bool:
    """Test if day of birth and sex are both shown and both on the books; they agree already."""
    told = bool(shown) and "*" not in shown[BIRTH] and shown[SEX] != "*"
    return told and one.birth_date is not None and bool(one.sex)


def _sex(shown: str) -> str:
    return "male" if int(shown[SEX]) % 2 else "female"

"""The words that follow a number, and what each of them counts (G-57, G-58)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_KINDS = frozenset({"count", "sum", "distinct", "ratio", "target"})
_RECORDS = frozenset({"count", "distinct"})
_PILES = frozenset({"count", "sum"})
_AMOUNTS = frozenset({"sum"})
_ANY_NUMBER = frozenset({"count", "sum", "distinct"})
_SHARES = frozenset({"ratio"})


@dataclass(frozen=True)
class Unit:
    """A unit of the report: what one of it is, and the kinds of indicator it may stand behind."""

    counts: str
    kinds: frozenset[str]


UNITS: Mapping[str, Unit] = MappingProxyType(
    {
        "人": Unit("a person, counted once", frozenset({"distinct"})),
        "名": Unit("a person who could be named", _ANY_NUMBER),
        "人次": Unit("one person at one event; who comes twice counts twice", _PILES),
        "家": Unit("an enterprise or organisation", _ANY_NUMBER),
        "支": Unit("a team", _ANY_NUMBER),
        "枚": Unit("a badge", _PILES),
        "册": Unit("a copy of a book", _PILES),
        "场次": Unit("one session of an activity", _PILES),
        "场": Unit("an event", _PILES),
        "次": Unit("a time that something was done", _PILES),
        "个": Unit("a thing of any other sort", _ANY_NUMBER),
        "项": Unit("a task or a project", _RECORDS),
        "条": Unit("a line, a message or an entry", _ANY_NUMBER),
        "期": Unit("an issue of a series", frozenset({"count"})),
        "份": Unit("a copy of a paper", _PILES),
        "件": Unit("a case or an object", _PILES),
        "篇": Unit("a piece of writing", _PILES),
        "对": Unit("a pair", _RECORDS),
        "小时": Unit("sixty minutes of service", _AMOUNTS),
        "分钟": Unit("a minute", _AMOUNTS),
        "学时": Unit("a credit hour", _AMOUNTS),
        "分": Unit("a mark of an assessment", _AMOUNTS),
        "元": Unit("a yuan", _AMOUNTS),
        "%": Unit("a hundredth of the whole", _SHARES),
        "个百分点": Unit("the difference of two percentages (G-55)", _SHARES),
    }
)


def unit_fits(kind: str, unit: str) -> bool:
    """Test if an indicator of a kind (count, sum, distinct, ratio, target) may carry a unit.

    万 or 亿 before a unit changes nothing. A target may stand in whatever it aims at. A ratio that
    is no share is one unit by another: 小时/人次.
    """
    if kind not in _KINDS:
        raise ValueError(f"not a kind of indicator: {kind!r}")
    named, slash, per = unit.partition("/")
    known = UNITS.get(named.removeprefix("万").removeprefix("亿"))
    if known is None:
        return False
    if slash:
        return kind in ("ratio", "target") and bool(per)
    return kind == "target" or kind in known.kinds

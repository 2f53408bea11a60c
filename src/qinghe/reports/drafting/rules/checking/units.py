"""The unit behind a figure is its indicator's, never another (G-57)."""

from collections.abc import Iterator

from qinghe.lib import wording
from qinghe.reports.drafting.rules.findings import Code, Spot

from .spoken import Placed, Spoken

_LONGEST_FIRST = sorted(wording.UNITS, key=len, reverse=True)
_PERCENT = ("%", "％", "个百分点")


def mismatches(spoken: Spoken) -> Iterator[Spot]:
    """Yield each figure that is followed by another unit than its own, or by none."""
    for each in spoken.placed:
        if not each.is_said() or each.is_in_words():
            continue
        after = spoken.after(each).removeprefix("余")  # 余 is numbers' to judge
        shown = _unit_at(after)
        end = each.end + len(spoken.after(each)) - len(after) + len(shown)
        if _has_its_unit(each):
            if shown:
                yield _spot(each, end, f"数字标记已经带了单位，请删去后面的“{shown}”。")
            continue
        unit = each.known.unit
        if not unit or "/" in unit or _fits(unit, after, shown):
            continue
        if shown:
            advice = f"“{each.known.label}”的单位是“{unit}”，不能写成“{shown}”。"
            yield _spot(each, end, advice)
        else:
            advice = f"“{each.known.label}”后面没有写单位“{unit}”。"
            yield Spot(Code.WRONG_UNIT, each.start, each.end, advice, warning=True)


def _has_its_unit(each: Placed) -> bool:
    return not each.is_level() or each.known.printed.endswith("%")


def _fits(unit: str, after: str, shown: str) -> bool:
    if unit == "%":
        return after.startswith(("%", "％"))
    return after.startswith(unit) and len(shown) <= len(unit)


def _unit_at(text: str) -> str:
    """Return the longest unit that a text starts with, with 万 or 亿 before it."""
    size = text[:1] if text[:1] in ("万", "亿") else ""
    rest = text[len(size) :]
    if rest.startswith("％"):
        return f"{size}％"
    return size + next((unit for unit in _LONGEST_FIRST if rest.startswith(unit)), "")


def _spot(each: Placed, end: int, advice: str) -> Spot:
    return Spot(Code.WRONG_UNIT, each.start, end, advice)

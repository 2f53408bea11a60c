"""What a form may ask, and of whom."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from qinghe.lib.periods import PeriodKind
from qinghe.lib.verdicts import Refused

from .values import Between, CellSpec

MOST_CELLS = 200
MOST_PERCENT = 10_000
FIRST_CODE = "LOC"
_SLUG = re.compile(r"[a-z][a-z0-9-]{0,39}")
_CODE = re.compile(r"[A-Z]{2,8}-[0-9]{2,3}")


@dataclass(frozen=True)
class Asks:
    """Whom a form asks; an empty list leaves that side open."""

    levels: Collection[str] = ()
    kinds: Collection[str] = ()
    sectors: Collection[str] = ()

    def includes(self, *, level: str, kind: str, sector: str) -> bool:
        """Test if an organisation must answer."""
        return (
            (not self.levels or level in self.levels)
            and (not self.kinds or kind in self.kinds)
            and (not self.sectors or sector in self.sectors)
        )


def overlap(one: Asks, other: Asks) -> bool:
    """Test if some organisation could be asked by both."""
    pairs = (
        (one.levels, other.levels),
        (one.kinds, other.kinds),
        (one.sectors, other.sectors),
    )
    return all(not left or not right or set(left) & set(right) for left, right in pairs)


def next_code(taken: Collection[str]) -> str:
    """Return the next free code of a number that people define. Raises Refused: no_code_left."""
    numbers = [int(code[4:]) for code in taken if re.fullmatch(r"LOC-[0-9]{2,3}", code)]
    number = max(numbers, default=0) + 1
    if number > 999:
        raise Refused("no_code_left", "自定义指标已满999项，没有新建；请先与维护单位联系。")
    return f"{FIRST_CODE}-{number:02d}"


def check_form(
    *, slug: str, title: str, days: tuple[int, int], asks: Asks, cells: Sequence[CellSpec]
) -> None:
    """Refuse a form that cannot be asked.

    Raises Refused: bad_slug, title_needed, bad_days, nobody_asked, no_cells, bad_code, code_twice,
    bad_limits.
    """
    if not _SLUG.fullmatch(slug):
        raise Refused("bad_slug", "代号用小写字母、数字和连字符，字母开头，不超过40位，请改正。")
    if not title.strip():
        raise Refused("title_needed", "请填写报表名称。")
    if days[1] < days[0]:
        raise Refused("bad_days", "截止日不能早于开始填报日，请改正。")
    if not (asks.levels or asks.kinds):
        raise Refused("nobody_asked", "请选择填报层级或组织类型，说明由谁填报。")
    if not 1 <= len(cells) <= MOST_CELLS:
        raise Refused("no_cells", f"一张报表有1至{MOST_CELLS}个指标格，请增减后再保存。")
    _check_cells(cells)


def check_yearly(*, title: str, period_kind: str, of_a_year: Sequence[str]) -> None:
    """Refuse to ask more than once a year for what holds all year: it would be added up (G-58).

    Raises Refused: asked_too_often.
    """
    if of_a_year and period_kind != PeriodKind.YEAR:
        raise Refused(
            "asked_too_often",
            f"{'、'.join(f'“{label}”' for label in of_a_year)}是全年数，一年只报一次，《{title}》不是年报；"
            "没有改动，请把它移到报送频率为年报的表里。",
        )


def check_between(*, rules: Sequence[Between], cells: Sequence[CellSpec]) -> None:
    """Refuse a comparison of what is not there, or cannot be compared. Raises Refused: bad_rule."""
    numbers = {cell.code for cell in cells if cell.kind in ("whole", "hundredths")}
    for rule in rules:
        if rule.left == rule.right or not {rule.left, rule.right} <= numbers:
            raise Refused(
                "bad_rule",
                f"“{rule.left} {rule.operator} {rule.right}”须比较本表中两个不同的数字格，请改正。",
            )


def check_still_draft(state: str) -> None:
    """Refuse to change what is published. Raises Refused: already_published."""
    if state != "draft":
        raise Refused("already_published", "已发布的报表不能修改，没有改动；请另建新版本后再改。")


def _check_cells(cells: Sequence[CellSpec]) -> None:
    seen: set[str] = set()
    for cell in cells:
        if not _CODE.fullmatch(cell.code):
            raise Refused("bad_code", f"指标编号“{cell.code}”须形如HON-01，请改正。")
        if cell.code in seen:
            raise Refused("code_twice", f"指标{cell.code}在本表中出现两次，请删去一个。")
        if cell.least is not None and cell.most is not None and cell.least > cell.most:
            raise Refused("bad_limits", f"“{cell.label}”的下限大于上限，请改正。")
        if not 0 <= (cell.jump_percent or 0) <= MOST_PERCENT:
            raise Refused("bad_limits", f"“{cell.label}”的变动提示须在0至{MOST_PERCENT}%之间。")
        seen.add(cell.code)

"""Figures of 对标定级 (T-51)."""

from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time
from qinghe.systems.branches import rules
from qinghe.systems.branches.facts import GRADE


def _graded(code: str, star: int) -> Indicator:
    return Indicator(
        code=code,
        label=f"{rules.GRADES[star]}团支部数",
        unit="个",
        kind=Kind.COUNT,
        over=GRADE,
        where=lambda grade: grade.star == star,
        time=Time.STOCK,
        meaning=(
            f"期末最近一次公布的对标定级结果为{rules.GRADES[star]}的支部数（T-51），"
            "以公布日期起算，到下一次公布或支部撤销为止。"
        ),
    )


FIVE = _graded("BRN-11", 5)
FOUR = _graded("BRN-12", 4)
THREE = _graded("BRN-13", 3)
BEHIND = _graded("BRN-14", rules.LOW)
LAX = _graded("BRN-15", rules.LAX)
GRADED = Indicator(
    code="BRN-16",
    label="已定级团支部数",
    unit="个",
    kind=Kind.COUNT,
    over=GRADE,
    time=Time.STOCK,
    meaning="期末有对标定级结果的支部数，五星、四星、三星、后进和软弱涣散都计入（T-51）。",
)
SHARE_FIVE = Ratio(
    code="BRN-17",
    label="五星团支部占比",
    unit="%",
    top=FIVE,
    bottom=GRADED,
    meaning="期末五星团支部数（BRN-11）除以已定级团支部数（BRN-16）。",
)

GRADING_INDICATORS: list[Indicator | Ratio] = [
    FIVE,
    FOUR,
    THREE,
    BEHIND,
    LAX,
    GRADED,
    SHARE_FIVE,
]

"""Figures of 三会两制一课 (T-40)."""

from qinghe.analytics.indicators import Equals, Indicator, Kind, Ratio, Time
from qinghe.systems.branches.facts import BRANCH, COVERED, MEETING
from qinghe.systems.branches.models import MeetingKind


def _held(code: str, kind: MeetingKind, *, more: str = "") -> Indicator:
    return Indicator(
        code=code,
        label=f"召开{kind.label}次数" if kind != MeetingKind.LESSON else "上团课次数",
        unit="次",
        kind=Kind.COUNT,
        over=MEETING,
        where=Equals("kind", kind.value),
        meaning=f"期间内各支部登记的{kind.label}次数，以召开日期计入，归属支部；已作废的不计。{more}",
    )


GENERAL = _held(
    "BRN-01", MeetingKind.GENERAL, more="到会人数没有超过应到半数的支部大会不计（T-40）。"
)
COMMITTEE = _held("BRN-02", MeetingKind.COMMITTEE)
GROUP = _held("BRN-03", MeetingKind.GROUP)
LESSON = _held("BRN-04", MeetingKind.LESSON)
THEME = _held("BRN-05", MeetingKind.THEME)

UP_TO_DATE = Indicator(
    code="BRN-06",
    label="按期召开支部大会的支部数",
    unit="个",
    kind=Kind.DISTINCT,
    of=lambda covered: covered.org_id,
    over=COVERED,
    time=Time.STOCK,
    meaning=(
        "期末按会议要求开过支部大会的支部：最近一个已结束的周期（按T-40为季度）或此后开过有效的支部大会。"
        "临时、流动团员和学社衔接支部不计（T-07）。"
    ),
)

BRANCHES = Indicator(
    code="BRN-07",
    label="应召开支部大会的支部数",
    unit="个",
    kind=Kind.COUNT,
    over=BRANCH,
    time=Time.STOCK,
    meaning="期末在册的团支部、联合团支部和团总支；临时、流动团员和学社衔接支部不计（T-07）。",
)

SHARE = Ratio(
    code="BRN-08",
    label="支部大会按期召开率",
    unit="%",
    top=UP_TO_DATE,
    bottom=BRANCHES,
    meaning="期末按期召开支部大会的支部数（BRN-06）除以应召开的支部数（BRN-07）。",
)

MEETING_INDICATORS: list[Indicator | Ratio] = [
    GENERAL,
    COMMITTEE,
    GROUP,
    LESSON,
    THEME,
    UP_TO_DATE,
    BRANCHES,
    SHARE,
]

"""What the checker says of a text, and what it has to know of the figures in it."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from qinghe.lib.periods import Period

HEADING, TEXT = "heading", "text"


class Code(StrEnum):
    """What can be wrong with a text. The value is stored in no table and printed on no page."""

    UNTRACED = "untraced"
    MALFORMED = "malformed"
    UNKNOWN_FIGURE = "unknown_figure"
    NOT_FED = "not_fed"
    NO_DATA = "no_data"
    INCOMPLETE = "incomplete"
    READING_DIFFERS = "reading_differs"
    CONTRADICTS = "contradicts"
    TWO_HEDGES = "two_hedges"
    SPOKEN_SIZE = "spoken_size"
    LEVEL_AS_CHANGE = "level_as_change"
    CHANGE_AS_LEVEL = "change_as_level"
    TIMES_LESS = "times_less"
    WRONG_BASE = "wrong_base"
    DECIMALS = "decimals"
    WRONG_UNIT = "wrong_unit"
    WRONG_TIME = "wrong_time"
    WRONG_PERIOD = "wrong_period"
    BRACKETS = "brackets"
    FULL_WIDTH_DIGITS = "full_width_digits"
    HALF_WIDTH_MARKS = "half_width_marks"
    LEADING_ZERO = "leading_zero"
    RANGE_PERCENT = "range_percent"
    HEADING_STOP = "heading_stop"
    UNKNOWN_ORG = "unknown_org"
    EMPTY = "empty"

    @property
    def label(self) -> str:
        """Name the finding for the reader."""
        return LABELS[self]

    @property
    def rule(self) -> str:
        """Name the rule that stands behind it, if it is one of the written ones."""
        return RULES.get(self, "")


LABELS = {
    Code.UNTRACED: "未溯源",
    Code.MALFORMED: "数字标记有误",
    Code.UNKNOWN_FIGURE: "没有这个指标",
    Code.NOT_FED: "待接入",
    Code.NO_DATA: "无数据",
    Code.INCOMPLETE: "数据不全",
    Code.READING_DIFFERS: "口径版本不同",
    Code.CONTRADICTS: "与数据不符",
    Code.TWO_HEDGES: "概数重复",
    Code.SPOKEN_SIZE: "数字写法",
    Code.LEVEL_AS_CHANGE: "增长与达到混用",
    Code.CHANGE_AS_LEVEL: "增长与达到混用",
    Code.TIMES_LESS: "减少用倍数",
    Code.WRONG_BASE: "同比环比混用",
    Code.DECIMALS: "小数位数",
    Code.WRONG_UNIT: "单位不符",
    Code.WRONG_TIME: "口径不符",
    Code.WRONG_PERIOD: "期间不符",
    Code.BRACKETS: "括号",
    Code.FULL_WIDTH_DIGITS: "全角数字",
    Code.HALF_WIDTH_MARKS: "半角标点",
    Code.LEADING_ZERO: "日期写法",
    Code.RANGE_PERCENT: "百分比范围",
    Code.HEADING_STOP: "标题标点",
    Code.UNKNOWN_ORG: "组织名称",
    Code.EMPTY: "没有内容",
}
RULES = {
    Code.UNTRACED: "G-51",
    Code.CONTRADICTS: "G-54",
    Code.TWO_HEDGES: "G-53",
    Code.SPOKEN_SIZE: "G-52",
    Code.LEVEL_AS_CHANGE: "G-55",
    Code.CHANGE_AS_LEVEL: "G-55",
    Code.TIMES_LESS: "G-55",
    Code.WRONG_BASE: "G-55",
    Code.DECIMALS: "G-56",
    Code.WRONG_UNIT: "G-57",
    Code.WRONG_TIME: "G-58",
    Code.BRACKETS: "G-12",
    Code.LEADING_ZERO: "G-22",
    Code.RANGE_PERCENT: "G-50",
    Code.HEADING_STOP: "G-17",
}
# Whatever else is found is worth a look, and does not keep a report from being issued.
BLOCKING = frozenset(
    {
        Code.UNTRACED,
        Code.MALFORMED,
        Code.UNKNOWN_FIGURE,
        Code.NOT_FED,
        Code.NO_DATA,
        Code.CONTRADICTS,
        Code.TWO_HEDGES,
        Code.SPOKEN_SIZE,
        Code.LEVEL_AS_CHANGE,
        Code.CHANGE_AS_LEVEL,
        Code.TIMES_LESS,
        Code.WRONG_BASE,
        Code.WRONG_UNIT,
        Code.WRONG_TIME,
        Code.WRONG_PERIOD,
        Code.EMPTY,
    }
)


@dataclass(frozen=True)
class Finding:
    """One thing found in one place: in the heading or the text of a passage, or in the report's ending.

    `start` and `end` count the characters of the text as it is kept, with its tokens.
    """

    code: Code
    passage_id: int | None  # None: the ending of the report
    start: int
    end: int
    words: str
    blocking: bool
    advice: str
    part: str = TEXT  # heading | text, or the field of the ending

    @property
    def label(self) -> str:
        """Name the finding for the reader."""
        return self.code.label

    @property
    def rule(self) -> str:
        """Name the rule that stands behind it."""
        return self.code.rule


@dataclass(frozen=True)
class Spot:
    """A finding before it is known in whose text: what, from where to where, and what to do."""

    code: Code
    start: int
    end: int
    advice: str
    warning: bool = False  # a weaker case of what else would block

    @property
    def blocking(self) -> bool:
        """Test if a report with this in it may not be issued."""
        return self.code in BLOCKING and not self.warning


class Availability(StrEnum):
    """How far there is a number for a token."""

    THERE = "there"
    UNKNOWN = "unknown"  # no such indicator, organisation or period
    NOT_FED = "not_fed"
    NO_DATA = "no_data"
    INCOMPLETE = "incomplete"  # printed, but some of it has not come in
    EARLY = "early"  # printed, but the period is not over
    READING_DIFFERS = "reading_differs"  # printed, but the two periods were counted differently


@dataclass(frozen=True)
class Known:
    """All that is known of the figure behind one token."""

    printed: str
    availability: Availability
    period: Period
    label: str = ""
    unit: str = ""
    time: str = "flow"  # flow | stock | annual
    decimals: int = 0
    phrase: str = ""  # as printed, after the figure's usual way took the place of none
    exact: Decimal | None = None  # of a level
    base: Period | None = None  # of a change
    advice: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What a text is checked against, beside its own figures."""

    period: Period
    fixed: frozenset[str] = frozenset()
    org_names: frozenset[str] = field(default_factory=frozenset)

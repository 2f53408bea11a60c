"""Problems that figures show, and sentences that say so in tokens, never in digits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from qinghe.lib.periods import Period

from .tokens import Against, Token

FELL_BY = Decimal(5)  # percent of before: less is how figures go
FELL_BY_POINTS = Decimal("0.5")
FEWEST = 3  # below that many there is no ranking
SHARE = "%"


class Sort(StrEnum):
    """What a proposal is drawn from."""

    TARGET = "target"
    RED = "red"
    WORST = "worst"
    FALLING = "falling"
    INCOMPLETE = "incomplete"
    CHECK = "check"

    @property
    def label(self) -> str:
        """Name the sort for the reader."""
        return LABELS[self]


LABELS = {
    Sort.TARGET: "未达目标",
    Sort.RED: "任务红灯",
    Sort.WORST: "排名最后",
    Sort.FALLING: "有所下降",
    Sort.INCOMPLETE: "报送不全",
    Sort.CHECK: "数据检查",
}


@dataclass(frozen=True)
class Aim:
    """A figure that is to reach another by the end of the year."""

    code: str
    target: str


AIMS = (Aim(code="DIR-01", target="TGT-02"),)


@dataclass(frozen=True)
class Said:
    """What a sentence needs of an indicator."""

    code: str
    label: str
    unit: str

    def at(self, *, org: str = "", against: str = "") -> str:
        """Return the token of a figure with its unit, as it stands in a sentence."""
        token = Token(self.code, org=org, against=against)
        has_its_own = against or self.unit == SHARE or "/" in self.unit
        return f"{token}{'' if has_its_own else self.unit}"


@dataclass(frozen=True)
class Worded:
    """A proposed heading and sentence."""

    key: str
    sort: Sort
    heading: str
    text: str


def is_behind(*, done: Decimal, target: Decimal, period: Period) -> bool:
    """Test if a share of the year's target is done that is less than the share of the year gone."""
    return done * 12 < target * period.end.month


def has_fallen(*, now: Decimal, then: Decimal, unit: str) -> bool:
    """Test if a figure fell by more than figures waver."""
    if unit == SHARE:
        return then - now >= FELL_BY_POINTS
    return then > 0 and (then - now) * 100 >= then * FELL_BY


def last_of(values: Mapping[str, Decimal], *, unit: str) -> str | None:
    """Return the one that is last by itself: of shares the lowest, else one below half the median."""
    if len(values) < FEWEST:
        return None
    ordered = sorted(values.items(), key=lambda pair: pair[1])
    (name, lowest), (_, second) = ordered[0], ordered[1]
    if lowest == second:
        return None
    middle = median(values.values())
    return name if unit == SHARE or lowest * 2 < middle else None


def behind_its_target(said: Said, target: Said, *, period: Period) -> Worded:
    """Word that a year's target is pursued too slowly."""
    half = period.label.removeprefix(f"{period.start.year}年")
    return Worded(
        f"target:{said.code}",
        Sort.TARGET,
        f"{said.label}进度偏慢",
        f"{target.label}全年为{target.at()}，{half}{said.label}为{said.at()}，"
        "慢于时间进度，需要加快推进。",
    )


def below_a_promise(said: Said, *, org: str, name: str, item: int) -> Worded:
    """Word that what was promised in the report before has not been reached."""
    whose = name if org else ""
    return Worded(
        f"promise:{item}",
        Sort.TARGET,
        f"{whose}{said.label}未达目标",
        f"{whose}{said.label}为{said.at(org=org)}，没有达到上一期工作思路提出的目标。",
    )


def shining_red(title: str, *, org: str, charge: int) -> Worded:
    """Word that an item of the organisation's lists of work shone red when the period ended."""
    return Worded(
        f"red:{charge}",
        Sort.RED,
        "重点任务推进滞后",
        f"{org}承担的“{title}”落后于时间进度，期末亮红灯，需要加大督办力度。",
    )


def last_among(said: Said, *, org: str, name: str, among: str, whole: str) -> Worded:
    """Word that one organisation comes last."""
    beside = f"，{whole}为{said.at()}" if said.unit == SHARE else ""
    return Worded(
        f"worst:{said.code}",
        Sort.WORST,
        f"{said.label}发展不平衡",
        f"{name}{said.label}为{said.at(org=org)}，在各{among}中最低{beside}，需要重点帮扶。",
    )


def falling(said: Said, *, against: Against) -> Worded:
    """Word that a figure is lower than it was."""
    base = "上年同期" if against is Against.LAST_YEAR else "上一期"
    return Worded(
        f"falling:{said.code}",
        Sort.FALLING,
        f"{said.label}有所下降",
        f"{said.label}为{said.at()}，较{base}{said.at(against=against)}，需要查找原因、改进工作。",
    )


def incomplete(names: Sequence[str]) -> Worded:
    """Word that some have not reported everything; without names, that it is spread."""
    who = f"{'、'.join(names)}" if names else "部分单位"
    return Worded(
        "incomplete",
        Sort.INCOMPLETE,
        "数据报送不够完整",
        f"{who}报送的数据还不完整，影响统计的准确，需要加强催报和审核。",
    )


def to_be_checked(*, code: str, label: str) -> Worded:
    """Word that records have to be looked at."""
    return Worded(
        f"check:{code}",
        Sort.CHECK,
        "基础数据需要核实",
        f"数据检查发现“{label}”的情况，基础数据的质量还需提高。",
    )

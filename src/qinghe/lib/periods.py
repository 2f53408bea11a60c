"""Reporting periods: closed spans of local days. Pure values, no clock."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from .verdicts import Refused

TZ = ZoneInfo("Asia/Shanghai")

FIRST_YEAR = 1949
LAST_YEAR = 2100
SCHOOL_YEAR_TURNS = 9  # in September

_NAME = re.compile(
    r"(?P<year>[0-9]{4})(?:M(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])|H(?P<half>[12]))?"
)
_HALVES = ("上", "下")
_QUARTERS = ("一", "二", "三", "四")


class PeriodKind(StrEnum):
    """The lengths a reporting period may have."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


_KIND_BY_LETTER = {
    "": PeriodKind.YEAR,
    "H": PeriodKind.HALF_YEAR,
    "Q": PeriodKind.QUARTER,
    "M": PeriodKind.MONTH,
}
_MONTHS_IN = {
    PeriodKind.MONTH: 1,
    PeriodKind.QUARTER: 3,
    PeriodKind.HALF_YEAR: 6,
    PeriodKind.YEAR: 12,
}


@dataclass(frozen=True, order=True)
class Period:
    """A closed span of days with a stable name, such as 2022H1. Make one with a function below."""

    start: date
    end: date
    name: str

    def __contains__(self, day: date) -> bool:
        return self.start <= day <= self.end

    def __str__(self) -> str:
        return self.name

    @property
    def kind(self) -> PeriodKind:
        """Tell a month, a quarter, a half-year and a year apart."""
        return _KIND_BY_LETTER[self.name[4:5]]

    @property
    def label(self) -> str:
        """Name the period as a report does: 2022年上半年."""
        year_label = f"{self.start.year}年"
        match self.kind:
            case PeriodKind.MONTH:
                return f"{year_label}{self.start.month}月"
            case PeriodKind.QUARTER:
                return f"{year_label}第{_QUARTERS[self._place]}季度"
            case PeriodKind.HALF_YEAR:
                return f"{year_label}{_HALVES[self._place]}半年"
            case PeriodKind.YEAR:
                return year_label

    def previous(self) -> "Period":
        """Return the period of the same length that ends the day before this one starts."""
        return self._moved(months=-_MONTHS_IN[self.kind])

    def next(self) -> "Period":
        """Return the period of the same length that starts the day after this one ends."""
        return self._moved(months=_MONTHS_IN[self.kind])

    def same_last_year(self) -> "Period":
        """Return the same months of the year before."""
        return self._moved(months=-12)

    @property
    def _place(self) -> int:
        return (self.start.month - 1) // _MONTHS_IN[self.kind]

    def _moved(self, *, months: int) -> "Period":
        years, months_in = divmod(self.start.year * 12 + self.start.month - 1 + months, 12)
        return _spanning(self.kind, year_number=years, first_month=months_in + 1)


def month(year_number: int, month_number: int) -> Period:
    """Return one calendar month, such as 2022M06."""
    _require_place(month_number, last=12, what="month")
    return _spanning(PeriodKind.MONTH, year_number=year_number, first_month=month_number)


def quarter(year_number: int, quarter_number: int) -> Period:
    """Return one quarter, such as 2022Q2."""
    _require_place(quarter_number, last=4, what="quarter")
    first_month = quarter_number * 3 - 2
    return _spanning(PeriodKind.QUARTER, year_number=year_number, first_month=first_month)


def half_year(year_number: int, half: int) -> Period:
    """Return one half-year, such as 2022H1."""
    _require_place(half, last=2, what="half")
    first_month = half * 6 - 5
    return _spanning(PeriodKind.HALF_YEAR, year_number=year_number, first_month=first_month)


def year(year_number: int) -> Period:
    """Return one calendar year, such as 2022."""
    return _spanning(PeriodKind.YEAR, year_number=year_number, first_month=1)


def parse(name: str) -> Period:
    """Read a period's name.

    Raises Refused: unknown_period.
    """
    found = _NAME.fullmatch(name)
    if found is None:
        raise _unknown()
    year_number = int(found["year"])
    if found["month"]:
        return month(year_number, int(found["month"]))
    if found["quarter"]:
        return quarter(year_number, int(found["quarter"]))
    if found["half"]:
        return half_year(year_number, int(found["half"]))
    return year(year_number)


def check_not_future(*, day: date, today: date, what: str) -> None:
    """Refuse a day that has not come. Raises Refused: in_future."""
    if day > today:
        raise Refused("in_future", f"{what}日期不能晚于今天，请改正日期。")


def months_after(day: date, *, months: int) -> date:
    """Return the same day so many months on, or the last day of a month that has no such day."""
    year_number, month_number = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year_number, month_number + 1)[1]
    return date(year_number, month_number + 1, min(day.day, last))


def school_year_starts(year: int) -> date:
    """Return the day on which the school year of this name begins."""
    return date(year, SCHOOL_YEAR_TURNS, 1)


def school_year(day: date) -> int:
    """Return the school year of a day, by the year in which it begins in September."""
    return day.year if day >= school_year_starts(day.year) else day.year - 1


def local_day(moment: datetime) -> date:
    """Return the day on which a moment falls in Shanghai, never its UTC day."""
    if moment.utcoffset() is None:
        raise ValueError("a moment without a time zone has no local day")
    return moment.astimezone(TZ).date()


def day_in_words(day: date) -> str:
    """Write a day as a document does, without leading zeros (G-22)."""
    return f"{day.year}年{day.month}月{day.day}日"


def _spanning(kind: PeriodKind, *, year_number: int, first_month: int) -> Period:
    if not FIRST_YEAR <= year_number <= LAST_YEAR:
        raise _unknown()
    last_month = first_month + _MONTHS_IN[kind] - 1
    start = date(year_number, first_month, 1)
    month_after = date(year_number + last_month // 12, last_month % 12 + 1, 1)
    place = (first_month - 1) // _MONTHS_IN[kind] + 1
    suffix = {
        PeriodKind.MONTH: f"M{place:02d}",
        PeriodKind.QUARTER: f"Q{place}",
        PeriodKind.HALF_YEAR: f"H{place}",
        PeriodKind.YEAR: "",
    }[kind]
    return Period(start, month_after - timedelta(days=1), f"{year_number}{suffix}")


def _require_place(number: int, *, last: int, what: str) -> None:
    if not 1 <= number <= last:
        raise ValueError(f"{what} must be from 1 to {last}, not {number}")


def _unknown() -> Refused:
    return Refused(
        "unknown_period",
        "无法识别该期间。请用半角字符填写年（2022）、半年（2022H1）、季度（2022Q2）或月"
        f"（2022M06），年份在{FIRST_YEAR}至{LAST_YEAR}之间。",
    )

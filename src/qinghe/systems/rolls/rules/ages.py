"""How old members are (I-07), and when they leave for it (T-66)."""

from dataclasses import dataclass
from datetime import date, timedelta

from qinghe.lib.verdicts import Refused

LEAVES_AT = 28  # T-66, 团章 Art. 7
SOON = timedelta(days=92)


@dataclass(frozen=True)
class Band:
    """Members from one age up to, not including, another."""

    key: str
    label: str
    since: int
    until: int | None


BANDS = (
    Band("under_18", "未满18周岁", 0, 18),
    Band("18_24", "18至24周岁", 18, 25),
    Band("25_27", "25至27周岁", 25, 28),
    Band("28_up", "28周岁及以上", 28, None),
)


def birthday(*, birth_date: date, years: int) -> date:
    """Return the day on which somebody completes so many years; of 29 February, 1 March (I-07)."""
    try:
        return birth_date.replace(year=birth_date.year + years)
    except ValueError:
        return date(birth_date.year + years, 3, 1)


def born_by(*, day: date, years: int) -> date:
    """Return the latest day of birth of those who have completed so many years on a day (I-07)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return date(day.year - years, 2, 28)


def is_of_age(*, birth_date: date | None, on: date) -> bool:
    """Test if somebody is known to be 28 on a day."""
    return birth_date is not None and birth_date <= born_by(day=on, years=LEAVES_AT)


def check_of_age(*, birth_date: date | None, on: date) -> None:
    """Refuse to let go for their age who is not 28 that day. Raises: birth_unknown, not_of_age."""
    if birth_date is None:
        raise Refused("birth_unknown", "没有登记出生日期，不能办理超龄离团；请先补登出生日期。")
    if not is_of_age(birth_date=birth_date, on=on):
        grown = birthday(birth_date=birth_date, years=LEAVES_AT)
        raise Refused(
            "not_of_age", f"{grown.isoformat()}才满28周岁，离团日期不能早于这一天；没有办理。"
        )

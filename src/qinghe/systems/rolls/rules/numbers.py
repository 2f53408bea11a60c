"""Which members must have a number (T-22)."""

from datetime import date

NUMBERED_SINCE = date(2017, 1, 1)


def lacks_number(*, joined_on: date, number: str) -> bool:
    """Test if a member who must have a number has none."""
    return not number and joined_on >= NUMBERED_SINCE

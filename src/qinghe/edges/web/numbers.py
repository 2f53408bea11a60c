"""Numbers as a page shows them; documents have their own wording in `lib.wording`."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from qinghe.lib import wording

NO_VALUE = "—"


def on_screen(value: int | Decimal | None, *, decimals: int = 0) -> str:
    """Write a number with thousands separated, rounded half up; nothing is a dash, not a zero."""
    if value is None:
        return NO_VALUE
    exact = Decimal(value)
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP):,}"


def trimmed(value: int | Decimal | None, *, decimals: int = 2) -> str:
    """Write a number with thousands separated and no idle zeros: 27, 12.5, 1,763,012."""
    if value is None:
        return NO_VALUE
    return f"{Decimal(wording.rounded(Fraction(value), decimals=decimals)):,f}"

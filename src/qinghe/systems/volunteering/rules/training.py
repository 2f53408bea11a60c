"""Credits of training, kept as whole quarters of a 学时."""

from datetime import date
from decimal import Decimal

from qinghe.lib.verdicts import Refused

QUARTERS = 4
MOST_QUARTERS = 400  # D: one training is worth at most a hundred 学时


def quarters_of(credit_hours: Decimal) -> int:
    """Return 学时 as whole quarters. Raises Refused: not_quarters, too_many_credits."""
    quarters = credit_hours * QUARTERS
    if quarters != quarters.to_integral_value() or quarters <= 0:
        raise Refused("not_quarters", "学时须为0.25的整数倍且大于零，没有登记，请改正。")
    if quarters > MOST_QUARTERS:
        raise Refused(
            "too_many_credits", f"一次培训至多{MOST_QUARTERS // QUARTERS}学时，没有登记，请核对。"
        )
    return int(quarters)


def credit_hours(quarters: int) -> str:
    """Write quarters as 学时: 6 is 1.5."""
    whole = Decimal(quarters) / QUARTERS
    return f"{whole.normalize():f}" if quarters else "0"


def check_held(*, day: date, today: date) -> None:
    """Refuse credits of a training that is not over yet. Raises Refused: not_yet_held."""
    if day > today:
        raise Refused("not_yet_held", f"培训{day.isoformat()}结业，结业后才能登记学时，没有登记。")

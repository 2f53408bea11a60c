"""However many members a demo has, its records print the rates that were reported (F033, F034)."""

from decimal import ROUND_HALF_UP, Decimal

import pytest

from qinghe.demo import appraised


@pytest.mark.parametrize("due", [*range(11_000, 51_000, 373), 48_213, 50_000])
def test_a_full_district_prints_the_reference_rates(due):
    ungraded, unregistered = appraised.lacking(due)

    assert (_rate(due - ungraded, due), _rate(due - unregistered, due)) == ("99.84", "98.26")
    assert unregistered >= ungraded  # T-45


@pytest.mark.parametrize("due", [0, 1, 251, 5_000])
def test_those_lacking_are_spread_and_never_twice(due):
    ungraded, unregistered = appraised.lacking(due)
    places = appraised.spread(due, unregistered)

    assert len(set(places)) == unregistered
    assert all(0 <= place < due for place in places)
    assert len(set(appraised.spread(len(places), ungraded))) == ungraded


def _rate(part, whole):
    rate = Decimal(100 * part) / Decimal(whole)
    return str(rate.quantize(Decimal("0.01"), ROUND_HALF_UP))

"""Twenty thousand check-ins and check-outs of a half-year through the API, then its figures counted.

The whole half-year is played by `./qinghe bench replay` (bar 23).
"""

import os

import pytest

from bench import replay
from tests import migrated

PERSON_TIMES = 10_000  # each comes in and goes out
FIGURES = ("VOL-02", "VOL-03", "VOL-04")


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_slice_of_the_half_year_is_played_and_every_figure_is_as_planned(monkeypatch):
    monkeypatch.delitem(os.environ, "DATABASE_URL", raising=False)

    told = replay.measured(PERSON_TIMES, begin=migrated.served_before)

    assert told["scans sent"] > 2 * PERSON_TIMES  # 1 % are sent twice
    assert told["of these sent before what they follow"] > 0
    assert told["forged and refused"] == told["forged beside them"] > 0
    assert told["answered otherwise than expected"] == 0
    for code in FIGURES:
        planned, counted = told[f"{code}, planned and counted"].split(" | ")
        assert planned == counted, code

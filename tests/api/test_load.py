"""A few seconds of the load bench: its people come through every door, and nothing acknowledged is lost.

How fast it went, and so who was asked to come again, is not asked here: that is for the bench at full
size, on a quiet machine.
"""

import os

import pytest

from bench import load

DOORS = ("check in: card", "check in: queue", "check in: code, tap", "sign up", "file: send")


@pytest.mark.slow
@pytest.mark.whole
@pytest.mark.sqlite
def test_a_short_morning_goes_through_every_door_and_loses_nothing(monkeypatch):
    monkeypatch.delitem(os.environ, "DATABASE_URL", raising=False)

    told = load.measure(load.SIZES["tiny"])

    assert all(any(name.startswith(f"morning: {door}") for name in told) for door in DOORS)
    errors = str(told["morning: which errors"]).split(", ")
    assert [each for each in errors if each != "—" and ": 503: " not in each] == []
    assert told["1,000 queued scans: recorded"] == 1_000
    assert told["50 sign-ins in 5 s: sent"] == load.SIGNING_IN
    assert told["ten times the load: answers but 200, 429 and 503"] == 0
    assert told["acknowledged and missing or twice"] == 0

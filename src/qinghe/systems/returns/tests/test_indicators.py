"""Every printed figure can be counted, and what is reported is said to be so."""

import pytest

from qinghe.analytics import catalogue
from qinghe.analytics.indicators import Time
from qinghe.systems.returns import indicators
from qinghe.systems.returns.facts import ASKED, REPORTED
from qinghe.systems.returns.models import Definition
from tests.cast import CLERK, NOW


def test_every_reported_number_is_read_from_accepted_values_with_its_coverage():
    for one in indicators.REPORTS.values():
        assert (one.over, one.answered.over) == (REPORTED, ASKED)
        assert one.where == one.answered.where
        assert (one.version, one.per) == (1, 100)


@pytest.mark.parametrize(
    ("code", "time"),
    [
        ("AFF-02", Time.ANNUAL),
        ("AFF-03", Time.ANNUAL),
        ("TGT-01", Time.ANNUAL),
        ("TGT-02", Time.ANNUAL),
        ("TGT-05", Time.ANNUAL),
        ("TGT-03", Time.STOCK),
        ("TGT-04", Time.STOCK),
        ("VOL-11", Time.STOCK),
        ("DIR-02", Time.STOCK),
        ("EMG-03", Time.FLOW),
    ],
)
def test_the_kind_of_time_is_that_of_the_words(code, time):  # G-58
    assert indicators.REPORTS[code].time is time


def test_persons_counted_once_by_each_respondent_are_said_to_be_added_up():  # G-57
    for one in indicators.REPORTS.values():
        assert ("不能剔除" in one.meaning) == (one.counted == "distinct"), one.code


@pytest.mark.parametrize("code", ["VOL-01", "VOL-02", "VOL-03", "VOL-04", "VOL-05", "DIR-01"])
def test_what_a_system_took_over_stays_as_its_first_reading(code):
    newest, first = catalogue.readings(code)

    assert (newest.version, newest.is_reported) == (2, False)
    assert first is indicators.REPORTS[code]


@pytest.mark.django_db
def test_a_number_defined_in_the_browser_is_counted_like_any_other():
    Definition.objects.create(
        code="LOC-01",
        label="走访家庭数",
        unit="户",
        meaning="期内走访的家庭数",
        time="annual",
        made_at=NOW,
        made_by=str(CLERK),
    )

    (found,) = indicators.defined()

    assert (found.code, found.time, found.over) == ("LOC-01", Time.ANNUAL, REPORTED)
    assert found.meaning.startswith("期内走访的家庭数。由各单位填报")
    assert catalogue.indicator("LOC-01") == found

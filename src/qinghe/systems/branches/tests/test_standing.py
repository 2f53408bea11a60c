"""How branches stand, the figures of their meetings, and the branch that never met."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.kernel.orgs import services as orgs
from qinghe.lib import periods
from qinghe.systems.branches import facts, indicators, queries, services
from tests.cast import NOW, TODAY
from tests.desk import build_facts

from .makers import enrol, make_branch, record

pytestmark = pytest.mark.django_db
H1 = periods.half_year(2022, 1)


@pytest.fixture
def scene(cast, branch):
    """罗's branch met in both quarters, one at 红棉 in the first only; a floating one is not asked."""
    late = make_branch(cast.hongmian, "HM-01", "红棉团支部")
    floating = make_branch(cast.hongmian, "HM-02", "流动支部", kind="floating_member_branch")
    for place in (late, floating):
        enrol(place, 3)
    for day in (date(2022, 2, 10), date(2022, 5, 10)):
        record(cast.lin, branch, day=day)
    record(cast.lin, late, day=date(2022, 3, 1))
    record(cast.lin, late, day=date(2022, 5, 1), present=1)  # without a quorum
    record(cast.lin, floating, day=date(2022, 5, 1))
    void = record(cast.lin, late, day=date(2022, 6, 1))
    services.cancel_meeting(meeting=void, reason="没有开", at=NOW, by=cast.lin)
    record(cast.lin, late, kind="lesson", quarters=4, speaker="林老师", topic="团课")
    return cast


def test_the_board_says_who_is_up_to_date_and_what_is_missing(scene):
    found = queries.standings(scene.lin, scene.longgang, within=H1, today=TODAY)

    assert {one.org.name: one.words for one in found} == {
        "高一（1）团支部": "",
        "红棉团支部": "支部大会：2022年第二季度",
    }
    streets = queries.grouped(scene.lin, scene.longgang, found, ["general"])
    assert [(one.org.name, one.branches, str(one.up_to_date)) for one in streets] == [
        ("横岗街道", 2, "50.0%")
    ]
    assert [str(share) for share in streets[0].by_kind] == ["50.0%"]


def test_the_board_asks_the_same_questions_for_many(scene, django_assert_num_queries):
    for place in range(5):
        make_branch(scene.huale, f"HL-{place}", f"华乐{place}支部")

    with django_assert_num_queries(5):
        queries.standings(scene.lin, scene.longgang, within=H1, today=TODAY)


def test_a_secretary_sees_the_own_branch_only(scene):
    found = queries.standings(scene.luo, scene.longgang, within=H1, today=TODAY)

    assert [one.org for one in found] == [scene.branch]


FIGURES = {
    "BRN-01": "4", "BRN-02": "0", "BRN-03": "0", "BRN-04": "1", "BRN-05": "0",
    "BRN-06": "1", "BRN-07": "2", "BRN-08": "50.00",
}  # fmt: skip


def test_rows_become_figures(scene):
    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    found = {code: computed[code, scene.longgang.pk].value for code in FIGURES}
    assert found == {code: Decimal(value) for code, value in FIGURES.items()}


def test_a_closed_branch_is_up_to_date_no_longer(scene):
    orgs.close_org(org=scene.branch, on=date(2022, 6, 20), at=NOW, by="the tests")

    computed = figures.compute(build_facts(), indicators.INDICATORS, H1)

    assert computed["BRN-06", scene.longgang.pk].value == 0
    assert computed["BRN-07", scene.longgang.pk].value == 1


def test_a_branch_that_never_met_in_a_year_is_found(cast, branch):
    never = facts.CHECKS[0].records

    assert list(never()) == [branch]

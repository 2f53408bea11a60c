"""Rows in, figures out."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.kernel.people import services as people
from qinghe.lib import periods
from qinghe.systems.rolls import indicators, services
from tests.cast import CLERK, NOW
from tests.desk import build_facts

from .makers import dropped, make_member, open_file, propose, prove

pytestmark = pytest.mark.django_db
H1, H2 = periods.half_year(2022, 1), periods.half_year(2022, 2)


@pytest.fixture
def scene(cast):
    """Seven in a branch of 横岗 and one in 坂田; two leave on 3 July, one moves in June."""
    born = {
        "K001": date(2004, 7, 1),  # 17 at the end of June, 18 in July
        "K002": date(1997, 6, 30),  # 25 on the last day of June
        "K003": date(1994, 7, 1),  # 28 in July
        "K004": date(2000, 2, 29),
        "K005": date(1994, 6, 1),  # 28, in the Party
        "K006": date(2003, 1, 1),
        "K007": date(2002, 1, 1),
    }
    members = {
        number: make_member(number, "柯小舟", org=cast.branch, born=day)
        for number, day in born.items()
    }
    open_file(members["K001"], joined_on=date(2018, 12, 1), number="201844000001")
    open_file(members["K002"], joined_on=date(2017, 5, 4))
    open_file(members["K003"])
    open_file(members["K005"], party_on=date(2022, 6, 30))
    open_file(members["K006"], joined_on=date(2018, 5, 4))
    services.leave_of_age(members=[members["K003"]], on=date(2022, 7, 3), at=NOW, by=cast.luo)
    asked = propose(members["K006"], by=cast.luo, new=dropped())
    services.approve_leaving(
        leaving=prove(asked, by=cast.luo), on=date(2022, 7, 3), at=NOW, by=cast.tang
    )
    people.end_membership(membership=members["K007"], on=date(2022, 6, 1), at=NOW, by=CLERK)
    people.admit_member(
        person=members["K007"].person, org=cast.xiangjiaotang, starts_on=date(2022, 6, 1),
        at=NOW, by=CLERK,
    )  # fmt: skip
    return cast


FIGURES = {  # the district and 横岗 at the end of June; the district at the end of December
    # before the first leaving nothing is known of leavings
    "ROL-01": (1, 1, 0),
    "ROL-02": (3, 2, 3),
    "ROL-03": (2, 2, 1),
    "ROL-04": (1, 1, 1),
    "ROL-05": (1, 1, 1),
    "ROL-06": (2, 2, 1),
    "ROL-07": (2, 1, 2),
    "ROL-08": (None, None, 1),
    "ROL-09": (None, None, 0),
    "ROL-10": (None, None, 1),
}


def test_rows_become_figures(scene):
    facts = build_facts()
    first = figures.compute(facts, indicators.INDICATORS, H1)
    second = figures.compute(facts, indicators.INDICATORS, H2)

    found = {
        code: tuple(
            computed[code, org.pk].value
            for computed, org in (
                (first, scene.longgang), (first, scene.henggang), (second, scene.longgang),
            )
        )
        for code in FIGURES
    }  # fmt: skip
    assert found == {
        code: tuple(None if one is None else Decimal(one) for one in row)
        for code, row in FIGURES.items()
    }

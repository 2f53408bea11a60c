"""Rows in, figures out; and the checks of the records themselves."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import checks, figures
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Post
from qinghe.lib import periods
from qinghe.systems.directory import facts, indicators
from tests.cast import CLERK, NOW, make_org, make_person

from .makers import build_facts, make_branch, make_cadre, make_member

H1 = periods.half_year(2022, 1)
H2 = periods.half_year(2022, 2)
LAST_DAY = date(2022, 6, 30)
NEXT_DAY = date(2022, 7, 1)
NEW = {"new_org_kind": "nonpublic_enterprise", "sector": "society"}


@pytest.fixture
def computed(cast):
    """Return a function that gives the exact value of a code, at an organisation, for a period."""
    kept = {}

    def value(code, org, period=H1):
        if period not in kept:
            kept[period] = figures.compute(build_facts(facts.FACTS), indicators.INDICATORS, period)
        return kept[period][code, org.pk].exact

    return value


def test_codes_are_the_fixed_twelve_in_order():
    assert [one.code for one in indicators.INDICATORS] == [f"DIR-{n:02}" for n in range(1, 13)]


@pytest.mark.parametrize(
    ("opened_on", "closed_on", "kind", "marks", "opened", "standing"),
    [
        (date(2022, 1, 1), None, "branch", NEW, 1, 1),
        (LAST_DAY, None, "branch", NEW, 1, 1),
        (NEXT_DAY, None, "branch", NEW, 0, 0),
        (date(2021, 12, 31), None, "branch", NEW, 0, 1),
        (
            date(2022, 2, 1),
            date(2022, 5, 1),
            "branch",
            NEW,
            1,
            0,
        ),  # gross: closing takes nothing off
        (date(2020, 2, 1), LAST_DAY, "branch", NEW, 0, 0),
        (date(2020, 2, 1), NEXT_DAY, "branch", NEW, 0, 1),
        (date(2022, 2, 1), None, "joint_branch", NEW, 1, 1),
        (date(2022, 2, 1), None, "temporary_branch", NEW, 0, 0),  # T-07
        (date(2022, 2, 1), None, "floating_member_branch", NEW, 0, 0),  # T-07
        (date(2022, 2, 1), None, "branch", {"sector": "society"}, 0, 0),
    ],
)
def test_new_orgs_are_those_opened_and_those_that_stand(
    cast, computed, opened_on, closed_on, kind, marks, opened, standing
):
    org = make_branch("B1", cast.hongmian, kind=kind, opened_on=opened_on, **marks)
    if closed_on:
        orgs.close_org(org=org, on=closed_on, at=NOW, by=CLERK)

    for place in (org, cast.hongmian, cast.henggang, cast.longgang):
        assert (computed("DIR-01", place), computed("DIR-02", place)) == (opened, standing)
    assert computed("DIR-02", cast.bantian) == 0


def test_league_orgs_leave_out_areas_federations_and_temporary_branches(cast, computed):
    for number, kind in enumerate(["branch", "general_branch", "league_committee"]):
        make_org(f"C{number}", "团组织", kind=kind, level="unit", parent=cast.hongmian)
    make_branch("T1", cast.hongmian, kind="linking_branch")
    federation = {"kind": "volunteer_federation"}
    committee = {"kind": "youth_affairs_committee"}
    make_org("F1", "街道义工联", level="street", parent=cast.henggang, **federation)
    make_org("F2", "社区义工联", level="community", parent=cast.hongmian, **federation)
    make_org("F3", "区义工联", level="district", parent=cast.longgang, **federation)
    make_org("Y1", "街道青工委", level="street", parent=cast.henggang, **committee)
    make_org("Y2", "区青工委", level="district", parent=cast.longgang, **committee)

    assert computed("DIR-03", cast.longgang) == 3
    assert computed("DIR-05", cast.longgang) == 1
    assert computed("DIR-12", cast.longgang) == 1
    assert computed("DIR-05", cast.bantian) == 0


def test_the_share_of_new_orgs_is_of_all_league_orgs_and_empty_over_none(cast, computed):
    make_branch("B1", cast.hongmian, **NEW)
    make_branch("B2", cast.hongmian)
    make_branch("B3", cast.hongmian)

    figure = figures.compute(build_facts(facts.FACTS), indicators.INDICATORS, H1)[
        "DIR-04", cast.longgang.pk
    ]

    assert figure.value == Decimal("33.3")
    assert computed("DIR-04", cast.bantian) is None


def test_fields_are_counted_apart(cast, computed):
    make_branch("B1", cast.hongmian, sector="school")
    make_branch("B2", cast.hongmian, sector="society")
    make_branch("B3", cast.hongmian, **NEW)
    make_branch("B4", cast.hongmian)

    assert computed("DIR-10", cast.longgang) == 1
    assert computed("DIR-11", cast.longgang) == 2


def test_cadres_are_persons_and_the_highest_class_wins(cast, computed):
    one, other = make_branch("B1", cast.hongmian), make_branch("B2", cast.xiangjiaotang)
    make_cadre(cast.xiaoming, one, service="part_time")
    make_cadre(cast.xiaoming, other, service="full_time")
    make_cadre(cast.xiaohong, one, service="seconded")
    left = make_person("P090", "去者")
    make_cadre(left, one, service="full_time", ends_on=LAST_DAY)
    stays = make_person("P091", "留者")
    make_cadre(stays, one, ends_on=NEXT_DAY)

    assert computed("DIR-07", cast.longgang) == 3
    assert computed("DIR-08", cast.longgang) == 1
    assert computed("DIR-06", cast.longgang) == Decimal(100) / 3
    assert computed("DIR-08", cast.henggang) == 0
    assert computed("DIR-06", cast.henggang) == 0
    assert computed("DIR-06", cast.huale) is None


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "counted"),
    [
        (LAST_DAY, None, 1),
        (NEXT_DAY, None, 0),
        (date(2020, 1, 1), LAST_DAY, 0),
        (date(2020, 1, 1), NEXT_DAY, 1),
    ],
)
def test_members_are_those_on_the_roll_on_the_last_day(cast, computed, starts_on, ends_on, counted):
    make_member(
        cast.xiaoming, make_branch("B1", cast.hongmian), starts_on=starts_on, ends_on=ends_on
    )
    make_member(cast.xiaohong, make_branch("B2", cast.xiangjiaotang), starts_on=date(2021, 5, 4))

    assert computed("DIR-09", cast.henggang) == counted
    assert computed("DIR-09", cast.longgang) == counted + 1


def test_who_changes_branch_on_a_day_counts_once_and_in_the_new_one(cast, computed):
    one, other = make_branch("B1", cast.hongmian), make_branch("B2", cast.xiangjiaotang)
    make_member(cast.xiaoming, one, ends_on=LAST_DAY)
    make_member(cast.xiaoming, other, starts_on=LAST_DAY)

    assert computed("DIR-09", cast.longgang) == 1
    assert computed("DIR-09", cast.henggang) == 0
    assert computed("DIR-09", cast.bantian) == 1


def test_a_moved_org_counts_where_it_stood_at_the_end_of_the_period(cast, computed):
    branch = make_branch("B1", cast.hongmian)
    make_member(cast.xiaoming, branch)
    orgs.move_org(org=branch, parent=cast.xiangjiaotang, on=NEXT_DAY, at=NOW, by=CLERK)

    for code in ("DIR-03", "DIR-09"):
        assert (computed(code, cast.henggang), computed(code, cast.bantian)) == (1, 0)
        assert (computed(code, cast.henggang, H2), computed(code, cast.bantian, H2)) == (0, 1)
        assert computed(code, cast.longgang, H2) == 1


def test_a_figure_leads_back_to_its_records(cast):
    branch = make_branch("B1", cast.hongmian)
    make_branch("B2", cast.xiangjiaotang)

    found = figures.trace(build_facts(facts.FACTS), indicators.LEAGUE_ORGS, H1, cast.henggang.pk)

    assert (found.model, found.ids) == ("orgs.Org", [branch.pk])


def failing(code):
    (check,) = [one for one in facts.CHECKS if one.code == code]
    return checks.run(check).first


def test_a_branch_under_three_members_is_pointed_out_and_others_are_not(cast):
    small, full = make_branch("B1", cast.hongmian), make_branch("B2", cast.hongmian)
    make_branch("B3", cast.hongmian, kind="joint_branch")
    for number in range(3):
        make_member(make_person(f"M{number}", "苗"), full)
        make_member(make_person(f"N{number}", "禾"), small, ends_on=NEXT_DAY)

    assert failing("directory.small_branch") == (small.pk,)


def test_what_hangs_on_a_closed_org_is_pointed_out(cast):
    committee = make_org("C1", "团委", kind="league_committee", level="unit", parent=cast.huale)
    branch = make_branch("B1", committee)
    membership, post = make_member(cast.xiaoming, committee), make_cadre(cast.xiaoming, committee)
    assert failing("directory.member_of_closed") == ()
    Org.objects.filter(pk=committee.pk).update(closed_on=NEXT_DAY)

    assert failing("directory.open_under_closed") == (branch.pk,)
    assert failing("directory.member_of_closed") == (membership.pk,)
    assert failing("directory.post_in_closed") == (post.pk,)
    assert Membership.objects.count() == Post.objects.count() == 1


def test_a_community_without_a_league_org_is_pointed_out(cast):
    make_branch("B1", cast.hongmian)
    make_branch("B2", cast.huale, kind="temporary_branch")

    assert failing("directory.community_without_league") == (
        cast.huale.pk,
        cast.xiangjiaotang.pk,
    )

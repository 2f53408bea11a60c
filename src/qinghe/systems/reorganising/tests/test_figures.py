"""What a reorganisation does to figures: nothing before its period, everything from then on."""

from datetime import UTC, date, datetime

import pytest

from qinghe.analytics import catalogue, figures, frozen
from qinghe.kernel.people.models import Membership
from qinghe.lib import periods
from qinghe.systems.reorganising import services, tasks
from tests.cast import NOW
from tests.desk import build_facts

from .makers import IN_JUNE, IN_MAY, approved, drafted, opening, step

H1, H2 = periods.half_year(2022, 1), periods.half_year(2022, 2)
IN_JULY = datetime(2022, 7, 1, 2, 0, tzinfo=UTC)
MEMBERS, ORGS = "DIR-09", "DIR-03"
MERGE = step("merge", "HG-2", "HG-1")


def counted(period, *orgs):
    """Return members and organisations of some organisations, at a period's end."""
    wanted = [catalogue.indicator(code) for code in (MEMBERS, ORGS)]
    found = figures.compute(build_facts(), wanted, period)
    return [tuple(found[code, org.pk].value for code in (MEMBERS, ORGS)) for org in orgs]


def places(ground):
    cast = ground.cast
    return cast.longgang, cast.henggang, cast.bantian, ground.first, ground.second


def test_after_a_merger_on_1_july_the_first_half_prints_what_it_printed(ground):
    before = counted(H1, *places(ground))

    approved(ground, MERGE, step("move", "BT-1", "HG-0"), on=date(2022, 7, 1), at=IN_JULY)

    assert counted(H1, *places(ground)) == before
    assert counted(H2, *places(ground)) == [(6, 3), (6, 3), (0, 0), (5, 1), (0, 0)]


def test_a_merger_in_june_counts_in_its_half_year_and_leaves_the_one_before(ground):
    year_before = periods.half_year(2021, 2)
    before = counted(year_before, *places(ground))

    approved(ground, MERGE)

    assert counted(year_before, *places(ground)) == before
    # The tree and the rolls of 30 June decide: 2022H1 and 2022H2 count the merged branch anew.
    for period in (H1, H2):
        assert counted(period, *places(ground)) == [(6, 3), (5, 2), (1, 1), (5, 1), (0, 0)]


def test_a_frozen_report_prints_the_same_though_the_branches_merged_in_its_june(ground):
    """Approved in time, made up for after the freezing: the frozen figures are not touched."""
    approved(ground, MERGE, at=IN_MAY)
    build_facts()
    lin = ground.cast.lin
    freezing = frozen.freeze(period=H1, by=lin, at=NOW)
    keys = [(code, org.pk) for code in (MEMBERS, ORGS) for org in places(ground)]
    printed = [frozen.figures_of(freezing)[key].value for key in keys]

    assert tasks.carry_out(at=NOW) == (1, 0)

    assert [frozen.figures_of(freezing)[key].value for key in keys] == printed
    assert counted(H2, *places(ground)) == [(6, 3), (5, 2), (1, 1), (5, 1), (0, 0)]


def test_the_preview_says_the_figures_that_are_counted_after_it(
    ground, django_capture_on_commit_callbacks
):
    build_facts()
    plan = drafted(
        ground,
        opening("HG-3", "横岗第三团支部", ground.general),
        step("members", "HG-1", "HG-3", whom="listed", persons=(ground.members[0].pk,)),
        step("move", "BT-1", "HG-0"),
    )
    with django_capture_on_commit_callbacks(execute=True):
        foreseen = services.preview_plan(plan=plan, at=IN_JUNE, by=ground.cast.lin)
    assert foreseen.content["no_figures"]  # nobody waits: they are counted after the commit
    foreseen.refresh_from_db()
    said = {(row[0], row[1]): (row[4], row[5]) for row in foreseen.content["figures"]}

    services.submit_plan(plan=plan, at=IN_JUNE, by=ground.cast.lin)
    services.approve_plan(plan=plan, at=IN_JUNE, by=ground.second_officer)

    cast = ground.cast
    (district, street, other, first, _) = counted(H1, *places(ground))
    assert said[cast.henggang.name, MEMBERS] == ("5", str(street[0]))
    assert said[cast.bantian.name, MEMBERS] == ("1", str(other[0]))
    assert said[ground.first.name, MEMBERS] == ("3", str(first[0]))
    assert (cast.longgang.name, MEMBERS) not in said  # the district's sum is what it was
    assert said[cast.longgang.name, ORGS] == ("4", str(district[1]))


@pytest.mark.parametrize("kind", ["fits", "does not"])
def test_looking_ahead_leaves_everything_as_it_was(ground, kind):
    last = step("close", "BT-1") if kind == "does not" else step("change", "BT-1", name="新名")
    plan = drafted(ground, MERGE, last)
    before = list(Membership.objects.order_by("pk").values_list())

    found = services.preview_plan(plan=plan, at=IN_JUNE, by=ground.cast.lin)

    assert list(Membership.objects.order_by("pk").values_list()) == before
    assert bool(found.trouble) is (kind == "does not")


def test_the_preview_shows_both_trees_and_who_is_touched(ground):
    plan = drafted(ground, MERGE)

    content = services.preview_plan(plan=plan, at=IN_JUNE, by=ground.cast.lin).content

    assert [[line[1], *line[3:]] for line in content["before"]] == [
        ["440307", 0, ""],
        ["440307017", 0, ""],
        ["HG-0", 0, ""],
        ["HG-1", 3, ""],
        ["HG-2", 2, f"并入{ground.first.name}"],
    ]
    assert content["after"][-1][1:] == ["HG-1", "团支部", 5, "团员+2"]
    assert content["touched"] == [[ground.second.name, 2, 0, 0, ""]]
    assert content["no_figures"]  # nothing has been counted yet: it says so


def test_the_steps_of_a_plan_are_counted_on_its_day(ground):
    approved(ground, MERGE, opening("HG-3", "横岗第三团支部", ground.general))
    approved(ground, step("members", "BT-1", "HG-3", whom="all"), step("close", "BT-1"))
    codes = ("REO-01", "REO-02", "REO-03", "REO-04")
    found = figures.compute(build_facts(), map(catalogue.indicator, codes), H1)

    assert [found[code, ground.cast.longgang.pk].value for code in codes] == [2, 1, 1, 1]
    assert [found[code, ground.cast.henggang.pk].value for code in codes] == [0, 1, 1, 0]

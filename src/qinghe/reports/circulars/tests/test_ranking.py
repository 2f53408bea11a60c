"""Places come from figures: ties share, what is missing has none, goals and periods are compared."""

from datetime import date
from decimal import Decimal

import pytest

from qinghe.analytics import figures
from qinghe.analytics.values import Figures, State
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import composing, queries, services

from . import makers

D = Decimal


@pytest.fixture
def lin(house):
    return house.cast.lin


def board(actor, circular, code="DIR-01"):
    sheet = queries.sheet_of(actor, circular)
    return next(each for each in sheet.boards if each.code == code)


def told(found):
    return {row.name: (row.value, row.rank) for row in found.rows}


def as_if(monkeypatch, house, *, values, states):
    """Let the streets have these numbers in these states."""
    true = figures.cached

    def changed(period, **more):
        known = true(period, **more)
        streets = {
            each.name: each.pk
            for each in queries.streets(house.cast.lin, house.cast.longgang, period)
        }
        column, kept = dict(known.column("DIR-01")), dict(known.states["DIR-01"])
        column |= {streets[name]: value for name, value in values.items()}
        kept |= {streets[name]: state for name, state in states.items()}
        return Figures(
            period=period,
            as_of=known.as_of,
            described=known._described,
            columns={**known._columns, "DIR-01": column},
            states={**known.states, "DIR-01": kept},
        )

    monkeypatch.setattr(figures, "cached", changed)


def test_streets_are_ranked_and_equal_ones_share_a_place(house, lin):
    found = board(lin, makers.written(house))

    assert told(found) == {
        "横岗街道": (D(3), 1),
        "坂田街道": (D(3), 1),
        "龙城街道": (D(1), 3),
    }
    assert {row.name for row in found.rows if row.tied} == {"横岗街道", "坂田街道"}
    assert found.own.value == D(7)
    assert found.own.rank is None


def test_the_same_period_of_last_year_and_the_period_before_are_compared(house, lin):
    rows = {row.name: row for row in board(lin, makers.written(house)).rows}

    henggang, longcheng = rows["横岗街道"], rows["龙城街道"]
    assert (henggang.last_year.then, henggang.last_year.change) == (D(2), D("50.0"))
    assert (henggang.previous.then, henggang.previous.change) == (D(1), D("200.0"))
    assert (longcheng.last_year.change, longcheng.last_year.note) == (None, "基数为0")


@pytest.mark.parametrize("state", [State.MISSING, State.INCOMPLETE])
def test_what_has_not_all_come_in_is_said_and_never_ranked_as_0(house, lin, state, monkeypatch):
    circular = makers.written(house)
    value = None if state is State.MISSING else D(99)
    as_if(monkeypatch, house, values={"坂田街道": value}, states={"坂田街道": state})

    found = board(lin, circular)

    bantian = next(row for row in found.rows if row.name == "坂田街道")
    assert (bantian.rank, bantian.said_state) == (None, state.label)
    assert told(found)["横岗街道"] == (D(3), 1)
    assert told(found)["龙城街道"] == (D(1), 2)
    assert found.in_order[-1].name == "坂田街道"
    assert f"坂田街道{state.label}，未参与排名" in composing.sentence(found)


def test_a_0_that_was_counted_is_ranked(house, lin, monkeypatch):
    circular = makers.written(house)
    as_if(monkeypatch, house, values={"龙城街道": D(0)}, states={"龙城街道": State.COMPLETE})

    assert told(board(lin, circular))["龙城街道"] == (D(0), 3)


def test_goals_give_completion_and_a_ranking_of_their_own(house, lin):
    circular = makers.written(house, **{"DIR-01": "completion"})
    below = queries.streets(house.cast.lin, house.cast.longgang, makers.HALF)
    services.set_goals(
        org=house.cast.longgang,
        about=services.About("DIR-01", makers.HALF, "工作要点", date(2022, 1, 5)),
        own=D(10),
        streets=dict(zip(below, [D(2), D(6), None], strict=True)),
        at=makers.NOW,
        by=lin,
    )

    found = board(lin, circular)

    by_name = {row.name: (row.completion, row.rank) for row in found.rows}
    names = [street.name for street in below]
    assert names == ["龙城街道", "坂田街道", "横岗街道"]
    assert by_name == {
        "龙城街道": (D("50.0"), 1),
        "坂田街道": (D("50.0"), 1),
        "横岗街道": (None, None),
    }
    assert found.goal_gap == D(-2)
    assert {row.name for row in found.behind} == {"龙城街道", "坂田街道"}


def test_the_newest_goal_holds_and_the_older_one_stays(house, lin):
    about = services.About("DIR-01", makers.HALF, "工作要点", date(2022, 1, 5))
    below = queries.streets(house.cast.lin, house.cast.longgang, makers.HALF)
    org = house.cast.longgang

    for own in (D(10), D(11)):
        services.share_out(org=org, about=about, own=own, streets=below, at=makers.NOW, by=lin)

    wanted = queries.wanted(lin, code="DIR-01", period=makers.HALF, org=org, streets=below)
    assert (wanted.own.value, wanted.total, wanted.gap) == (D(11), D(11), D(0))
    assert [goal.value for _, goal in wanted.streets] == [D(4), D(4), D(3)]
    kept = queries.history(lin, code="DIR-01", period=makers.HALF, org=org)
    assert len(kept) == 8


def test_a_goal_from_nowhere_is_refused(house, lin):
    with pytest.raises(Refused) as refusal:
        services.share_out(
            org=house.cast.longgang,
            about=services.About("DIR-01", makers.HALF, " ", date(2022, 1, 5)),
            own=D(10),
            streets=queries.streets(house.cast.lin, house.cast.longgang, makers.HALF),
            at=makers.NOW,
            by=lin,
        )

    assert refusal.value.code == "source_needed"


def test_the_mean_of_the_places_puts_the_streets_in_one_order(house, lin):
    sheet = queries.sheet_of(lin, makers.written(house))

    lines = {line.name: (line.place, line.mean) for line in sheet.together}
    assert lines == {
        "横岗街道": (1, D("1.0")),
        "坂田街道": (2, D("1.5")),
        "龙城街道": (3, D("3.0")),
    }

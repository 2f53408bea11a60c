"""What a level lets through: in a list, a record, a search, a filter and a workbook."""

import importlib
import pkgutil
from datetime import date

import pytest
from django.test import RequestFactory
from django.utils import timezone
from django_tables2 import Table

import qinghe
from qinghe.edges.web import cells, columns, search
from qinghe.edges.web.parts import Kept
from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor, Held, Role
from qinghe.kernel.access.levels import Level
from qinghe.kernel.people.models import Membership
from tests import cast as everyone

TODAY = date(2022, 7, 3)
FULL = "红小米"


class BirthTable(Table):
    name = columns.MaskedName(verbose_name="姓名", accessor="person__name")
    birth = columns.Personal(
        verbose_name="出生日期", accessor="person__birth_date", field="people.Person.birth_date"
    )


@pytest.fixture
def cast(db):
    return everyone.make_cast()


@pytest.fixture
def secretary(cast):
    return everyone.with_role("P020", "洪梅", role=Role.COMMUNITY_SECRETARY, org=cast.hongmian)


@pytest.fixture
def young(cast):
    """小红, fifteen in 2022, on the roll of 红棉."""
    return Membership.objects.create(
        person=cast.xiaohong, org=cast.hongmian, starts_on=date(2022, 3, 1)
    )


@pytest.fixture
def grown(cast):
    return Membership.objects.create(
        person=cast.xiaoming, org=cast.hongmian, starts_on=date(2022, 3, 1)
    )


def test_levels_are_asked_at_the_rows_own_organisation(cast, secretary):
    table = [
        (cast.lin, Level.SENSITIVE, cast.hongmian, True),
        (cast.lin, Level.CHILD, cast.hongmian, False),
        (secretary, Level.CHILD, cast.hongmian, True),
        (secretary, Level.CHILD, cast.huale, False),
        (secretary, Level.SENSITIVE, cast.henggang, False),
        (cast.auditor, Level.INTERNAL, cast.hongmian, True),
        (cast.auditor, Level.SENSITIVE, cast.hongmian, False),
        (Actor(person_id=0), Level.INTERNAL, cast.hongmian, False),
        (Actor(person_id=0), Level.PUBLIC, cast.hongmian, True),
    ]

    assert [levels.may_see(actor, level, at=org) for actor, level, org, _ in table] == [
        expected for *_, expected in table
    ]


@pytest.mark.parametrize("role", Role)
def test_nobody_reads_counselling_by_rank(cast, role):
    """Bar 25."""
    reader = Actor(person_id=1, holdings=(Held(role, cast.longgang.path),))

    assert not levels.may_see(reader, Level.COUNSELLING, at=cast.longgang)


def test_a_minor_is_named_only_to_those_who_keep_the_roll(cast, secretary, young):
    of, at = young.person, young.org

    assert levels.full_name(secretary, of, at=at, on=TODAY) == FULL
    assert levels.short_name(secretary, of, at=at, on=TODAY) == "红**"
    assert levels.full_name(cast.lin, of, at=at, on=TODAY) == "红同学"
    assert levels.short_name(cast.lin, of, at=at, on=TODAY) == "红同学"


def test_somebody_is_a_minor_up_to_the_eighteenth_birthday(cast, young):
    of, at = young.person, young.org

    names = [
        levels.full_name(cast.lin, of, at=at, on=day)
        for day in (date(2025, 4, 4), date(2025, 4, 5))
    ]

    assert names == ["红同学", FULL]


@pytest.mark.parametrize("day", [date(2025, 4, 4), date(2025, 4, 5), date(2024, 2, 29)])
def test_searching_knows_the_same_birthdays_as_showing(cast, young, day):
    known = levels.names_known_to(cast.lin, person="person", org="org", on=day)
    shown = levels.full_name(cast.lin, young.person, at=young.org, on=day) == FULL

    assert Membership.objects.filter(known, pk=young.pk).exists() == shown


@pytest.fixture
def in_2022(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)


def reading(actor):
    request = RequestFactory().get("/")
    request.actor = actor
    return BirthTable(Membership.objects.order_by("person__birth_date"), request=request)


def test_a_list_and_its_workbook_hide_the_same(cast, secretary, young, grown, in_2022):
    for reader, expected in [
        (secretary, [["明**", date(1995, 3, 1)], ["红**", date(2007, 4, 5)]]),
        (cast.lin, [["明**", date(1995, 3, 1)], ["红同学", levels.HIDDEN]]),
        (cast.auditor, [["明**", levels.HIDDEN], ["红同学", levels.HIDDEN]]),
    ]:
        page = [[row.get_cell("name"), row.get_cell("birth")] for row in reading(reader).rows]
        _, *workbook = cells.rows_of(reading(reader))

        assert page == expected
        assert workbook == expected


def test_a_list_that_knows_no_reader_hides_what_it_can(young, in_2022):
    row = BirthTable([young]).rows[0]

    assert [row.get_cell("name"), row.get_cell("birth")] == ["红同学", levels.HIDDEN]


def test_a_hidden_column_is_never_sorted_by(cast, young, grown):
    table = reading(cast.lin)
    before = [row.record.pk for row in table.rows]

    table.order_by = ["-name", "-birth"]

    assert [row.record.pk for row in table.rows] == before
    assert not any(column.orderable for column in table.columns)


def test_a_fact_of_a_record_is_held_back(cast, secretary, young):
    fact = Kept("2007-04-05", "people.Person.birth_date", of=young.person, at=young.org)

    assert fact.seen_by(secretary, on=TODAY) == "2007-04-05"
    assert fact.seen_by(cast.lin, on=TODAY) == levels.HIDDEN


def test_a_minor_is_found_by_number_but_not_by_name(cast, secretary, young, in_2022):
    assert search.people_found(cast.lin, FULL) == []
    assert [hit.name for hit in search.people_found(cast.lin, "P005")] == ["红同学"]
    assert [hit.name for hit in search.people_found(secretary, FULL)] == ["红**"]


def every_table():
    for module in pkgutil.walk_packages(qinghe.__path__, "qinghe."):
        if ".views" in module.name:
            importlib.import_module(module.name)
    waiting = [Table]
    while waiting:
        for found in waiting.pop().__subclasses__():
            waiting.append(found)
            if found.__module__.startswith("qinghe."):
                yield found


def test_every_list_shows_closely_held_columns_through_their_level():
    held = {
        row.field
        for row in levels.REGISTER
        if row.level not in (Level.PUBLIC, Level.INTERNAL) and row.model.startswith("people.")
    }
    ways = {"person__name", *(f"person__{field}" for field in held)}
    bare = [
        (table.__name__, name)
        for table in every_table()
        for name, column in table.base_columns.items()
        if str(column.accessor or name).endswith(tuple(ways))
        and not isinstance(column, columns.Personal)
    ]

    assert bare == []

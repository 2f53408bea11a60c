"""Files by workbook: opened once, filled where they lack, never changed."""

from datetime import date

import pytest

from qinghe.kernel.audit.models import Entry
from qinghe.kernel.people.models import LeagueFile
from qinghe.systems.rolls import services, sheets
from tests.cast import NOW

from .makers import make_member, open_file

pytestmark = pytest.mark.django_db
DAY = date(2018, 5, 4)
SOURCE = {"file": "f", "lines": [2, 9]}


def row(line=2, number="K001", name="柯小舟", joined_on=DAY, league="201844000001", party=None):
    return sheets.Row(line, number, name, joined_on, league, party)


def load(cast, *rows, by=None):
    found = sheets.resolve(by or cast.luo, rows, NOW)
    written = services.take_in_files(ready=found.ready, at=NOW, by=cast.luo, source=SOURCE)
    return written, [(one.line, one.column) for one in found.problems]


def test_a_file_is_opened_once_however_often_it_comes(cast):
    make_member(org=cast.branch)

    first, second = load(cast, row()), load(cast, row())

    assert (first, second) == ((1, []), (0, []))
    assert LeagueFile.objects.get().number == "201844000001"
    assert Entry.objects.filter(verb="people.open_league_files").count() == 1


def test_what_a_file_lacks_is_filled(cast):
    member = make_member(org=cast.branch)
    open_file(member, joined_on=DAY)

    written, problems = load(cast, row(party=date(2021, 7, 1)))

    file = LeagueFile.objects.get()
    assert (written, problems) == (1, [])
    assert (file.number, file.party_on) == ("201844000001", date(2021, 7, 1))


@pytest.mark.parametrize(
    ("told", "column"),
    [
        (row(number="K999"), "人员编号"),
        (row(name="柯大舟"), "姓名"),
        (row(joined_on=date(2022, 7, 4), league=None), "入团日期"),
        (row(joined_on=date(2013, 5, 4), league=None), "入团日期"),
        (row(league="201944000001"), "发展团员编号"),
        (row(league="201844000009"), "发展团员编号"),
        (row(party=date(2018, 5, 3)), "入党日期"),
        (row(party=date(2022, 7, 4)), "入党日期"),
    ],
)
def test_a_line_is_refused_with_its_column(cast, told, column):
    make_member(org=cast.branch, born=date(2001, 6, 1))
    other = make_member("K002", "季小山", org=cast.branch)
    open_file(other, joined_on=DAY, number="201844000009")

    assert load(cast, told) == (0, [(2, column)])


def test_what_stands_in_a_file_is_not_changed_by_a_workbook(cast):
    member = make_member(org=cast.branch)
    open_file(member, joined_on=DAY, number="201844000001", party_on=date(2021, 7, 1))

    for told, column in (
        (row(joined_on=date(2018, 5, 5)), "入团日期"),
        (row(league="201844000002"), "发展团员编号"),
        (row(party=date(2021, 8, 1)), "入党日期"),
    ):
        assert load(cast, told) == (0, [(2, column)])


def test_nobody_is_written_twice_and_no_number_is_given_twice(cast):
    make_member(org=cast.branch)
    make_member("K002", "季小山", org=cast.branch)

    assert load(cast, row(), row(3)) == (0, [(2, "人员编号"), (3, "人员编号")])
    shared = (row(), row(3, "K002", "季小山"))
    assert load(cast, *shared) == (0, [(2, "发展团员编号"), (3, "发展团员编号")])


def test_only_who_keeps_the_roll_brings_files_in(cast):
    make_member(org=cast.branch)

    assert load(cast, row(), by=cast.zhou) == (0, [(2, "人员编号")])

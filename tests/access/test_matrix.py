"""Who gets what answer where: every address, every role, inside, below, above and beside its org.

`matrix.csv` is the table that a reviewer reads: a change of rights shows as a change of its lines.
Write it anew with `python -m tests.access.write`. A cell holds four answers, in the order of
world.RELATIONS, or the one that is the same everywhere; "-" is a place that the role does not have.
"""

import pytest

from qinghe.edges import inbox

from . import sweep, tables
from .objects import MAKERS
from .world import EVERYONE

HEADING = ("route", "name", "method")
ON_BOTH = {"street_secretary", "volunteer"}  # the others are swept on SQLite alone
REFUSED = {"401", "403", "404", "405", sweep.NOWHERE, sweep.SIGN_IN}
# What belongs to the whole house: notices that everybody reads, of stars too, accounts and the
# trail, kept by administrators who see no records.
OF_THE_HOUSE = (
    "/me/consents/",
    "/privacy/notices/",
    "/authority/accounts/",
    "/oversight/entries/",
    "/volunteering/mine/stars/<int:star_case_id>/object/",
)
# What an organisation opens to all below it: seasons of stars, the pool's resources, the drives.
# Beside it they stay shut.
FROM_ABOVE = (
    "/resources/drives/<int:drive_id>/",
    "/resources/pool/<int:resource_id>/",
    "/volunteering/mine/stars/<int:star_round_id>/apply/",
    "/volunteering/stars/<int:star_round_id>/",
)


@pytest.fixture(scope="module")
def written():
    """Collect what was seen; when the table is written anew, it is written from this."""
    table = {}
    yield table
    if tables.is_being_written():
        tables.write(tables.MATRIX, table, heading=HEADING)


@pytest.fixture(autouse=True)
def no_queues(monkeypatch):
    """Spare every page the counts in its frame: they are half of its time, and no answer's status."""
    monkeypatch.setattr(inbox, "QUEUES", [])


@pytest.fixture(scope="module")
def committed():
    return {} if tables.is_being_written() else tables.read(tables.MATRIX, keys=len(HEADING))


def rows(routes):
    return {(each.pattern, each.name, method) for each in routes for method in each.methods}


@pytest.mark.skipif(tables.is_being_written(), reason="the table is being written")
def test_every_address_has_a_row_and_every_row_an_address(routes, committed):
    assert sorted(rows(routes) - set(committed)) == [], "python -m tests.access.write"
    assert sorted(set(committed) - rows(routes)) == [], "python -m tests.access.write"


@pytest.mark.skipif(tables.is_being_written(), reason="the table is being written")
def test_every_row_speaks_of_everyone(committed):
    assert {tuple(sorted(row)) for row in committed.values()} == {tuple(sorted(EVERYONE))}


@pytest.mark.skipif(tables.is_being_written(), reason="the table is being written")
def test_nothing_above_or_beside_is_ever_answered(routes, committed):
    """Whatever the table comes to say, a record out of sight is refused to everybody."""
    of_orgs = {each.pattern for each in routes if each.leads_to_an_org(MAKERS)}
    leaks = {
        (key, label): cell
        for key, row in committed.items()
        if key[0] in of_orgs and not key[0].startswith(OF_THE_HOUSE)
        for label, cell in row.items()
        if not set((cell.split() * 4)[3 if key[0].startswith(FROM_ABOVE) else 2 : 4]) <= REFUSED
    }

    assert leaks == {}


def test_every_name_in_an_address_can_be_made(routes):
    unknown = {(each.pattern, name) for each in routes for name in each.unknown(MAKERS)}

    assert sorted(unknown) == [], "a line in objects.MAKERS, or in FIXED"


@pytest.mark.parametrize(
    "label",
    [
        label if label in ON_BOTH else pytest.param(label, marks=pytest.mark.once)
        for label in EVERYONE
    ],
)
def test_the_table_holds(world, db, routes, committed, written, label):
    names = {(each.pattern, method): each.name for each in routes for method in each.methods}
    seen = list(sweep.visits(world, world.everyone[label], routes))

    found = {
        (pattern, names[pattern, method], method): cell
        for (pattern, method), cell in sweep.cells(seen).items()
    }
    for key, cell in found.items():
        written.setdefault(key, {})[label] = cell

    assert [one for one in found.items() if "500" in one[1]] == []
    assert [(s.route.pattern, s.method, s.written) for s in seen if s.changed_unasked] == []
    if not tables.is_being_written():
        differs = {
            key: {"table": committed[key][label], "now": cell}
            for key, cell in found.items()
            if key in committed and committed[key][label] != cell
        }
        assert differs == {}

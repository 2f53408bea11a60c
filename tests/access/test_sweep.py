"""Who gets what answer where, and whether a word of it was not for them.

Every address is visited once, as every role, inside, below, above and beside its organisation, and
each visit is judged thrice: its status by `matrix.csv`, what it says by the marks that every text
carries (marks.py), what it changes by what the trail tells of it (told.py).

`matrix.csv` is the table that a reviewer reads: a change of rights shows as a change of its lines.
Write it anew with `python -m tests.access.write`, all of it or `--only` the routes whose name begins
so. A cell holds four answers, in the order of world.RELATIONS, or the one that is the same
everywhere; "-" is a place that the role does not have.
"""

from dataclasses import dataclass, replace
from zlib import crc32

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import override_settings
from django.urls import reverse

from qinghe.config import urls
from qinghe.edges import inbox
from qinghe.edges.accounts import guard
from qinghe.edges.web import menu
from qinghe.kernel.access.actors import Role
from qinghe.kernel.audit import services as audit
from qinghe.reports.half_year import printing

from . import marks, planted, sweep, tables
from . import world as worlds
from .objects import MAKERS
from .routes import Route
from .sweep import Reading, Seen
from .world import EVERYONE

HEADING = ("route", "name", "method")
ON_BOTH = {"street_secretary", "volunteer"}  # the others are swept on SQLite alone
# Whatever these may open, another who is walked may open too: they are walked by `--all`.
SELDOM = {"community_secretary", "enterprise_secretary", "team_leader"}
# Who opens most doors. Whoever is refused is asked at every door in each run; who is let in opens a
# third of them, each another third, and all of them by `--all`.
OPENING = ("district_officer", "street_secretary", "school_secretary", "branch_secretary")
THIRDS = 3
JUDGED = Role.DISTRICT_OFFICER.value  # whose changes are looked up in the trail
LONGEST_WALK = 24 * 60 * 60  # seconds
REFUSED = {"401", "403", "404", "405", sweep.NOWHERE, sweep.SIGN_IN}
# What belongs to the whole house: notices that everybody reads, of stars and teams too; courtesies,
# open places and their rooms, which are there for everybody; the words for skills, the lists that
# points are checked by, the badges of the Pioneers and their rounds, the rounds of grading, a
# year's review and a scheme of assessment, which a whole district works on together, the other platforms and rolls whose lists
# are loaded, those where experience is shared; accounts and the trail, kept by administrators who
# see no records; and the door of a sitting, for whoever stands at it.
OF_THE_HOUSE = (
    "/api/v1/assessments/assessment-schemes/<scheme_id>/",
    "/api/v1/volunteering/courtesy-items/<int:courtesy_item_id>/claim",
    "/api/v1/venues/rooms/<int:venue_room_id>/bookings",
    "/api/v1/venues/rooms/<int:venue_room_id>/week",
    "/api/v1/volunteering/hours-sources/",
    "/api/v1/volunteering/star-cases/<int:star_case_id>/objections",
    "/api/v1/volunteering/teams/<int:team_id>/objections",
    "/appraisals/campaigns/<int:campaign_id>/",
    "/assessments/schemes/<int:scheme_id>/",
    "/branches/grading/<int:grading_round_id>/publish/",
    "/meetings/chore-lines/",
    "/meetings/door/",
    "/meetings/platforms/",
    "/pioneers/badges/",
    "/pioneers/rounds/<int:badge_round_id>/",
    "/inspections/checklists/",
    "/reconciling/sources/",
    "/volunteering/sources/",
    "/me/consents/",
    "/privacy/notices/",
    "/authority/accounts/",
    "/oversight/entries/",
    "/volunteering/mine/stars/<int:star_case_id>/object/",
    "/volunteering/mine/teams/<int:team_id>/object/",
    "/volunteering/mine/courtesy/<int:courtesy_item_id>/claim/",
    "/volunteering/skills/",
    "/training/public/",
    "/venues/mine/rooms/",
    "/venues/public/",
)
# What an organisation opens to all below it: lessons, programmes, seasons of stars, the aims of
# founding, the pool, the drives. Beside it they stay shut.
FROM_ABOVE = (
    "/api/v1/resources/drives/<int:drive_id>/",
    "/api/v1/resources/pool/<int:resource_id>/",
    "/api/v1/volunteering/star-rounds/<int:star_round_id>/",
    "/founding/hundreds/<int:hundred_id>/",
    "/inspections/lessons/<int:lesson_id>/",
    "/resources/drives/<int:drive_id>/",
    "/resources/pool/<int:resource_id>/",
    "/training/programmes/<int:programme_id>/",
    "/volunteering/mine/stars/<int:star_round_id>/apply/",
    "/volunteering/stars/<int:star_round_id>/",
)


# One group for each: its sweep is done once, by the worker that judges it (pytest -n auto).
WALKERS = [
    pytest.param(
        label,
        marks=[
            pytest.mark.slow,
            pytest.mark.xdist_group(f"the walk of {label}"),
            *([] if label in ON_BOTH else [pytest.mark.once]),
            *([pytest.mark.whole] if sweep.stood_for(label) or label in SELDOM else []),
        ],
    )
    for label in EVERYONE
]


@dataclass(frozen=True)
class Walk:
    """What one member of the cast was answered everywhere, and what they read that they may not."""

    label: str
    seen: list[Seen]
    leaks: set[Reading]


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    """Return the settings of the world; the common conftest gives each single test the others."""
    data = tmp_path_factory.mktemp("world")
    return {
        "QINGHE_DATA": data,
        "MEDIA_ROOT": data / "files",
        "QINGHE_KEYS": data / "keys",
        "QINGHE_SECOND_FACTOR": False,
        "WHITENOISE_AUTOREFRESH": True,
    }


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, given):
    """Build the world in a transaction of the module; each walk and each visit nests in it."""
    with django_db_blocker.unblock(), override_settings(**given), transaction.atomic():
        yield worlds.make()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def beside_the_world(data_folder, settings, given):
    """Let every test find the files and keys that the world was built with."""
    for name, value in given.items():
        setattr(settings, name, value)


@pytest.fixture(scope="module", params=WALKERS)
def walk(request, world, routes, committed):
    """Walk to every address as one member of the cast; nothing that it wrote is left.

    Where the table has the same answer below as inside, or above as beside, that place is left to
    `--all`, and so are two thirds of the doors that open to who opens most.
    """
    somebody, seen, leaks = world.everyone[request.param], [], set()
    whole = request.config.getoption("--all")

    def answers(route: Route, method: str) -> list[str]:
        cell = committed.get((route.pattern, route.name, method), {}).get(request.param, "")
        return (cell.split() * 4 or ["", *"---"])[:4]

    def known(route: Route, method: str) -> dict[str, str]:
        inside, below, *_ = answers(route, method)
        if whole or request.param not in OPENING or not inside or inside in REFUSED:
            return {}
        if (crc32(route.pattern.encode()) + OPENING.index(request.param)) % THIRDS == 0:
            return {}
        return {"inside": inside, "below": below}

    def spared(route: Route, method: str) -> set[str]:
        inside, below, above, beside = answers(route, method)
        same_inside, same_outside = (
            inside == below,
            above == beside and request.param not in ON_BOTH,
        )
        words = {"below": same_inside, "above": same_outside}
        return set() if whole else {place for place, same in words.items() if same}

    with pytest.MonkeyPatch.context() as patch, sweep.undone():
        # The counts in the frame are half of a page's time; test_no_inbox_… reads the inbox itself.
        patch.setattr(inbox, "QUEUES", [])
        # A session that was last seen a minute ago would be moved on by every visit, and undone.
        patch.setattr(guard, "SEEN_EVERY", LONGEST_WALK)
        if not whole and request.param not in ON_BOTH:  # they read the frame on every page
            patch.setattr(
                urls, "handler404", lambda *_, **__: HttpResponse(status=404), raising=False
            )
            home = menu.Group("", [menu.Entry("待办", "/inbox/", here=False)])
            patch.setattr(menu, "groups_for", lambda *_, **__: [home])
        patch.setattr(printing, "program", lambda: "soffice")  # a right is the same on any machine
        asked = [route for route in routes if tables.is_wanted(route.pattern, route.name)]
        for each in sweep.visits(
            world,
            somebody,
            asked,
            beside=marks.asked_of,
            spared=spared,
            known=known,
            insisting=whole and request.param == JUDGED,
        ):
            leaks |= marks.leaks(world, somebody, each.read)
            seen.append(replace(each, read=[]))
    return Walk(request.param, seen, leaks)


@pytest.fixture(scope="module")
def committed():
    return tables.read(tables.MATRIX, keys=len(HEADING))


@pytest.fixture(scope="module")
def written(committed):
    """Collect what was seen; when the table is written anew, it is written from this."""
    table = {key: row for key, row in committed.items() if not tables.is_wanted(*key[:2])}
    yield table
    if tables.is_being_written():
        tables.write(tables.MATRIX, table, heading=HEADING)


def rows(routes):
    return {(each.pattern, each.name, method) for each in routes for method in each.methods}


@pytest.mark.skipif(tables.is_being_written(), reason="the table is being written")
def test_every_address_has_a_row_and_every_row_an_address(routes, committed):
    """Bar 20."""
    assert sorted(rows(routes) - set(committed)) == [], "python -m tests.access.write"
    assert sorted(set(committed) - rows(routes)) == [], "python -m tests.access.write"


@pytest.mark.skipif(tables.is_being_written(), reason="the table is being written")
def test_every_row_speaks_of_everyone(committed):
    """Bar 20."""
    assert {tuple(sorted(row)) for row in committed.values()} == {tuple(sorted(EVERYONE))}


@pytest.mark.skipif(tables.is_being_written(), reason="the table is being written")
def test_nothing_above_or_beside_is_ever_answered(routes, committed):
    """Whatever the table comes to say, a record out of sight is refused to everybody (bar 21)."""
    of_orgs = {each.pattern for each in routes if each.leads_to_an_org(MAKERS)}
    leaks = {
        (key, label): cell
        for key, row in committed.items()
        if key[0] in of_orgs and not key[0].startswith(OF_THE_HOUSE)
        for label, cell in row.items()
        if not set((cell.split() * 4)[3 if key[0].startswith(FROM_ABOVE) else 2 : 4]) <= REFUSED
    }

    assert leaks == {}


def test_every_address_has_a_name_of_its_own(routes):
    patterns = {}
    for each in routes:
        patterns.setdefault(each.name, set()).add(each.pattern)

    assert {name: found for name, found in patterns.items() if name and len(found) > 1} == {}


def test_every_name_in_an_address_can_be_made(routes):
    unknown = {(each.pattern, name) for each in routes for name in each.unknown(MAKERS)}

    assert sorted(unknown) == [], "a line in objects.MAKERS, or in FIXED"


def test_the_table_holds(walk, routes, committed, written, db):
    """Bars 21 and 37: a reading that writes more than its trace is a fault too."""
    names = {(each.pattern, method): each.name for each in routes for method in each.methods}

    found = {
        (pattern, names[pattern, method], method): cell
        for (pattern, method), cell in sweep.cells(walk.seen).items()
    }
    for key, cell in found.items():
        written.setdefault(key, {})[walk.label] = cell

    assert [one for one in found.items() if "500" in one[1]] == []
    assert [(s.route.pattern, s.method, s.written) for s in walk.seen if s.changed_unasked] == []
    if not tables.is_being_written():
        differs = {
            key: {"table": committed[key][walk.label], "now": cell}
            for key, cell in found.items()
            if key in committed and committed[key][walk.label] != cell
        }
        assert differs == {}


def test_the_trail_tells_of_each_change(walk, db):
    """Each in its transaction: who, from where, what, with what end, in which request (bar 32).

    By `--all` forms are filled in too, and without the trail there is no change.
    """
    judged = walk.seen if walk.label == JUDGED else []

    silent = {(seen.route.pattern, seen.method): seen.untold for seen in judged if seen.untold}

    assert silent == {}


def test_a_silent_change_would_be_found(world, routes, db, monkeypatch):
    officer = world.everyone[Role.DISTRICT_OFFICER]
    route = next(route for route in routes if route.name == "api:approve_hours")

    def visit():
        return sweep.visit(
            world,
            officer,
            officer.client(),
            route,
            method="POST",
            relation="inside",
            beside=marks.asked_of,
            insisting=True,
        )

    told = visit()
    monkeypatch.setattr(audit, "_append_all", lambda entries: entries)
    silent = visit()

    assert (told.word, told.untold) == ("200", [])
    assert [fault.rpartition("] ")[2] for fault in silent.untold] == [
        "changed without a word",
        "no entry names the request",
    ]


def test_nobody_reads_a_mark_that_is_out_of_their_sight(walk, db):
    """Bar 22."""
    assert sorted(walk.leaks) == []


@pytest.mark.parametrize("label", marks.READERS)
def test_no_inbox_tells_of_what_is_out_of_sight(world, db, label):
    """Bar 22."""
    somebody = world.everyone[label]

    said = [marks.text_of(somebody.client().get(f"/inbox/?view={view}")) for view in ("", "groups")]

    assert [marks.foreign(world, somebody, one) for one in said] == [set(), set()]


def test_the_marks_are_there_to_be_found(world, db):
    """A reader who may sees them: otherwise nothing was tested."""
    officer = world.everyone[Role.DISTRICT_OFFICER].client()
    community = world.everyone[Role.COMMUNITY_SECRETARY]
    member = world.made["440307017901"]["young_membership_id"]

    listed = officer.get("/directory/orgs/", {"org": "440307"}).content
    young = community.client().get(f"/directory/members/{member}/").content

    assert marks.ORG.search(listed)
    assert marks.MINOR.search(young)


def test_closely_held_marks_are_there_to_be_found(world, db):
    """Who keeps the roll reads them of a child, and who ranks above does not (bar 24)."""
    expulsion = reverse("rolls:expulsion", args=[world.made["440307017901"]["expulsion_id"]])

    near, far = (
        marks.text_of(world.everyone[role].client().get(expulsion))
        for role in (Role.COMMUNITY_SECRETARY, Role.DISTRICT_OFFICER)
    )

    told = {world.planted[mark].column for mark in planted.MARK.findall(near)}
    assert {"rolls.Expulsion.conduct", "rolls.Expulsion.statement"} <= told
    assert planted.MARK.findall(far) == []

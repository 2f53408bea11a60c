"""Not mine is answered as not there: the same status and body, by the same statements (bar 21).

Where the statements are the same in number and shape, what they cost tells nothing either. A slice
of the addresses is asked in each run, all of them, and the clock, by `--all`.
"""

from statistics import median
from zlib import crc32

import pytest

from qinghe.edges import inbox
from qinghe.edges.accounts import guard
from qinghe.edges.web import inbox as frame
from qinghe.kernel.access.actors import Role

from . import hidden
from .objects import MAKERS
from .test_sweep import FROM_ABOVE, LONGEST_WALK, OF_THE_HOUSE, REFUSED
from .world import ANONYMOUS, ONE_BUILDING

pytestmark = [pytest.mark.once, ONE_BUILDING]
SLICES = 48
ASKERS = (
    ANONYMOUS,
    Role.DISTRICT_OFFICER,
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.BRANCH_SECRETARY,
    Role.TEAM_LEADER,
    Role.VOLUNTEER,
    Role.SYSADMIN,
    Role.SECADMIN,
    Role.AUDITOR,
)
# Places and their rooms are there for everybody; who comes is counted by those who are on duty.
COUNTED = (
    "/api/v1/venues/rooms/<int:venue_room_id>/walk-ins",
    "/venues/mine/venues/<int:venue_id>/counter/",
)
OPEN = (*OF_THE_HOUSE, *COUNTED)
# A file lies with a record of any kind: for one that is not there, a record of some kind is asked for.
OF_ANY_KIND = {"web:attachment", "web:attachment_remove"}
TIMED = (
    "directory:member",
    "directory:org",
    "volunteering:session",
    "volunteering:team",
    "api:session_attendances",
)
TIMES, MOST = 200, 0.005  # requests, seconds


def out_of_sight(somebody, routes):
    """Yield every address that names a record, with the places from where it is out of sight."""
    for route in routes:
        if route.unknown(MAKERS) or not route.leads_to_an_org(MAKERS):
            continue
        for relation, open_there in (("beside", OPEN), ("above", (*OPEN, *FROM_ABOVE))):
            if relation in somebody.places and not route.pattern.startswith(open_there):
                yield route, somebody.places[relation].code


def differences(world, label, routes):
    somebody = world.everyone[label]
    asking = hidden.Asking(somebody)
    found = {}
    for route, code in out_of_sight(somebody, routes):
        for method in route.methods:
            mine, gone = asking.both(route, method, world.made[code])
            if not {str(mine.status), str(gone.status)} & REFUSED:
                continue
            differs = mine.differs_from
            if route.name in OF_ANY_KIND:
                differs = mine.differs_in_number_from
            if said := differs(gone):
                found[f"{method} {route.pattern} {code}"] = said
    return found


@pytest.fixture(autouse=True)
def still(monkeypatch):
    """Leave out the counts of the frame, and what a visit writes now and then of itself."""
    monkeypatch.setattr(inbox, "QUEUES", [])
    monkeypatch.setattr(frame, "KEPT_FOR", LONGEST_WALK)
    monkeypatch.setattr(guard, "SEEN_EVERY", LONGEST_WALK)


def test_what_is_out_of_sight_is_answered_as_what_is_not_there(world, db, routes):
    """Bar 21."""
    some = [route for route in routes if crc32(route.pattern.encode()) % SLICES == 0]

    assert differences(world, Role.STREET_SECRETARY, some) == {}


@pytest.mark.whole
@pytest.mark.parametrize("label", ASKERS)
def test_everything_out_of_sight_is_answered_as_what_is_not_there(world, db, routes, label):
    """Bar 21."""
    assert differences(world, label, routes) == {}


@pytest.mark.whole
@pytest.mark.parametrize("name", TIMED)
def test_both_answers_take_equally_long(world, db, routes, name):
    """The medians of two hundred requests in turns differ by no more than 5 ms (bar 21)."""
    somebody = world.everyone[Role.STREET_SECRETARY]
    asking = hidden.Asking(somebody)
    made = world.made[somebody.places["beside"].code]
    route = next(route for route in routes if route.name == name)
    urls = (route.url(made), route.url(hidden.gone(route, made)))

    taken = [[asking.seconds(url) for url in urls] for _ in range(TIMES)]

    mine, gone = (median(each) for each in zip(*taken, strict=True))
    assert abs(mine - gone) <= MOST

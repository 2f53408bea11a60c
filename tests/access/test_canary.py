"""What is out of sight shows nowhere: not in a list, a record, a search, a workbook or the API.

Every text of an organisation carries a mark (objects.py). Whoever reads must find only marks of
organisations at or below their own; of those above, only the names.
"""

import io
import re
import zipfile
from collections.abc import Iterator

import pytest
from django.http import Http404, HttpResponseBase
from django.utils import timezone

from qinghe.edges import inbox
from qinghe.edges.web import asking, cells
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Role
from qinghe.lib.verdicts import Refused

from . import objects, sweep
from .objects import MAKERS
from .routes import Route
from .world import Somebody, World

RECORD = re.compile(rb"QX([0-9A-Z]+)QX")
ORG = re.compile(rb"OX([0-9A-Z]+)OX")
MINOR = re.compile(rb"MX([0-9A-Z]+)MX")
# What a reader may ask of a list or a search beside its bare address.
ASKED = ("q=QX", "q=OX", "q=岑", "pick=OX")
SEARCHES = ("web:search", "web:org_choices")
# Every role that may see something, and one that may not.
READERS = (
    Role.DISTRICT_OFFICER,
    Role.STREET_SECRETARY,
    Role.COMMUNITY_SECRETARY,
    Role.SCHOOL_SECRETARY,
    Role.ENTERPRISE_SECRETARY,
    Role.BRANCH_SECRETARY,
    Role.TEAM_LEADER,
    Role.VOLUNTEER,
    Role.SYSADMIN,
    Role.SECADMIN,
    Role.AUDITOR,
)
ON_NOTICE = "/volunteering/mine/stars/"  # a notice that anybody reads, signed in or not
WHOLE_TRAIL = "/oversight/"  # there is one trail for the whole house, and its auditor reads it all


def text_of(answer: HttpResponseBase) -> bytes:
    """Return all that an answer says; what is packed in a workbook or document, unpacked."""
    body = sweep.body_of(answer)
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def workbook_of(somebody: Somebody, url: str) -> bytes:
    """Return all that the workbook of a list would say, or nothing where there is none."""
    try:
        ledger = asking.ledger_at(url, actor=somebody.actor, user=somebody.user, at=timezone.now())
    except (Http404, Refused):
        return b""
    return repr(list(cells.rows_of(ledger.table))).encode()


def readings(world: World, somebody: Somebody, route: Route) -> Iterator[tuple[str, bytes]]:
    """Read one address at each place; a list or a search also by questions, and as a workbook."""
    client = somebody.client()
    for relation in sweep.relations(somebody, route):
        org = somebody.places[relation]
        made = world.made[org.code]
        url = route.url(made)
        if not route.leads_to_an_org(made) and sweep.is_about_an_org(route):
            url += f"?org={org.code}"
        with sweep.undone():
            answer = client.get(url)
            yield url, text_of(answer)
            if "?" in url and ("table" in (answer.context or {}) or route.name in SEARCHES):
                for asked in ASKED:
                    yield f"{url}&{asked}", text_of(client.get(f"{url}&{asked}"))
                yield f"{url} as a workbook", workbook_of(somebody, url)


@pytest.fixture
def no_queues(monkeypatch):
    """Spare every page the counts in its frame; the inbox itself is read in a test of its own."""
    monkeypatch.setattr(inbox, "QUEUES", [])


@pytest.mark.parametrize("label", READERS)
def test_nobody_reads_a_mark_that_is_out_of_their_sight(world, db, routes, no_queues, label):
    somebody = world.everyone[label]
    read = [each for each in routes if "GET" in each.methods and not each.unknown(MAKERS)]

    leaks = {
        (url, mark)
        for route in read
        for url, said in readings(world, somebody, route)
        for mark in foreign(world, somebody, said)
        if not (label is Role.AUDITOR and url.startswith(WHOLE_TRAIL))
        and not (mark.startswith("OX") and url.startswith(ON_NOTICE))
    }

    assert sorted(leaks) == []


@pytest.mark.parametrize("label", READERS)
def test_no_inbox_tells_of_what_is_out_of_sight(world, db, label):
    somebody = world.everyone[label]

    said = [text_of(somebody.client().get(f"/inbox/?view={view}")) for view in ("", "groups")]

    assert [foreign(world, somebody, one) for one in said] == [set(), set()]


def foreign(world, somebody, said: bytes) -> set[str]:
    """Return the marks in a text that this reader may not read."""
    found = set()
    for code in marked(world, RECORD, said):
        if not world.sees(somebody, world.orgs[code]):
            found.add(objects.mark(code))
    for code in marked(world, ORG, said):
        org = world.orgs[code]
        if not (world.sees(somebody, org) or world.above(somebody, org)):
            found.add(objects.org_mark(code))
    for code in marked(world, MINOR, said):
        if not actors.may(somebody.actor, levels.Act.SEE_CHILD, at=world.orgs[code]):
            found.add(objects.minor_mark(code))
    return found


def marked(world, kind, said: bytes) -> set[str]:
    """Return the organisations whose mark stands in a text; a token may hold what looks like one."""
    return {match.decode() for match in kind.findall(said)} & set(world.orgs)


def test_the_marks_are_there_to_be_found(world, db, routes):
    """A reader who may sees them: otherwise nothing was tested."""
    officer = world.everyone["district_officer"].client()
    community = world.everyone["community_secretary"]
    member = world.made["440307017901"]["young_membership_id"]

    listed = officer.get("/directory/orgs/", {"org": "440307"}).content
    young = community.client().get(f"/directory/members/{member}/").content

    assert ORG.search(listed)
    assert MINOR.search(young)

"""The marks that every text of an organisation carries (objects.py), and who may read them.

Whoever reads must find only marks of organisations at or below their own; of those above, only the
names.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator

from django.http import Http404, HttpResponseBase
from django.test import Client
from django.utils import timezone

from qinghe.edges.web import asking, cells
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Role
from qinghe.lib.verdicts import Refused

from . import objects, planted, sweep
from .routes import Route
from .sweep import Reading
from .world import Somebody, World

RECORD = re.compile(rb"QX([0-9A-Z]+)QX")
ORG = re.compile(rb"OX([0-9A-Z]+)OX")
MINOR = re.compile(rb"MX([0-9A-Z]+)MX")
# What a reader may ask of a list or a search beside its bare address.
ASKED = ("q=QX", "q=OX", "q=岑", "pick=OX")
SEARCHES = ("web:search", "web:org_choices")
# Every role that may see something, and one that may not: these ask lists and take workbooks.
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
# Notices and open places that anybody reads, signed in or not: they name organisations, no more.
ON_NOTICE = (
    "/volunteering/mine/stars/",
    "/volunteering/mine/teams/",
    "/volunteering/public/teams/",
    "/training/mine/",
    "/venues/mine/",
    "/venues/public/",
)
OWN_PAGES = "/me/"  # tell people of the posts that they held, also those that have ended
# Where whoever holds a class or a session chooses a lecturer, of a team at or above theirs.
LENT = ("/training/classes/new/", "/training/webcasts/")
WHOLE_TRAIL = "/oversight/"  # there is one trail for the whole house, and its auditor reads it all


def text_of(answer: HttpResponseBase) -> bytes:
    """Return all that an answer says; what is packed in a workbook or document, unpacked."""
    return unpacked(sweep.body_of(answer))


def unpacked(body: bytes) -> bytes:
    """Return what a body says, also when it is a workbook or a document."""
    if not body.startswith(b"PK"):
        return body
    with zipfile.ZipFile(io.BytesIO(body)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def asked_of(
    somebody: Somebody, client: Client, route: Route, url: str, answer: HttpResponseBase
) -> Iterator[Reading]:
    """Ask a list or a search some questions, and take its workbook."""
    if somebody.label not in READERS or "?" not in url:
        return
    if "table" in (answer.context or {}) or route.name in SEARCHES:
        for asked in ASKED:
            yield f"{url}&{asked}", sweep.body_of(client.get(f"{url}&{asked}"))
        yield f"{url} as a workbook", workbook_of(somebody, url)


def workbook_of(somebody: Somebody, url: str) -> bytes:
    """Return all that the workbook of a list would say, or nothing where there is none."""
    try:
        ledger = asking.ledger_at(url, actor=somebody.actor, user=somebody.user, at=timezone.now())
    except (Http404, Refused):
        return b""
    return repr(list(cells.rows_of(ledger.table))).encode()


def leaks(world: World, somebody: Somebody, read: Iterable[Reading]) -> set[Reading]:
    """Return the marks that somebody read and may not have, each with its address."""
    return {
        (url, mark)
        for url, said in read
        for mark in foreign(world, somebody, unpacked(said))
        if not (somebody.label == Role.AUDITOR and url.startswith(WHOLE_TRAIL))
        and not (mark.startswith("OX") and url.startswith(ON_NOTICE))
        and not (url.startswith(OWN_PAGES) and mark == _once_held(somebody))
        and not (url.startswith(LENT) and mark in _above(world, somebody))
    }


def _above(world: World, somebody: Somebody) -> set[str]:
    """Return the marks of the organisations above somebody's own."""
    return {objects.mark(code) for code, org in world.orgs.items() if world.above(somebody, org)}


def _once_held(somebody: Somebody) -> str:
    """Return the mark in the name of the organisation at which somebody holds or held their post."""
    return objects.org_mark(somebody.places["inside"].code)


def foreign(world: World, somebody: Somebody, said: bytes) -> set[str]:
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
    return found | planted.foreign(world.planted, world.orgs, somebody.actor, said)


def marked(world: World, kind: re.Pattern[bytes], said: bytes) -> set[str]:
    """Return the organisations whose mark stands in a text; a token may hold what looks like one."""
    return {match.decode() for match in kind.findall(said)} & set(world.orgs)

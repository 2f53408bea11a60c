"""Visits every address as somebody, at every place, and notes what they are answered.

Each visit is undone. A refusal that writes anything but its own trace, or a reading that writes
anything but what reading leaves behind, is noted as a fault.
"""

import json
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from http.cookies import SimpleCookie

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponseBase
from django.shortcuts import resolve_url
from django.test import Client

from qinghe.edges.api import limits
from qinghe.edges.web import middleware
from qinghe.kernel.access import actors

from . import told
from .noting import noting, undone
from .objects import MAKERS
from .routes import Route
from .world import ANONYMOUS, EXPIRED, POWERLESS, RELATIONS, Somebody, World

NOWHERE = "-"
IN_TURN = (
    "inside",
    "below",
    "beside",
    "above",
)  # what is spared is believed to be as the one before
SIGN_IN = "sign-in"
NO_SUCH_METHOD = "405"

Reading = tuple[str, bytes]  # an address, and all that it said
# What is read beside an answer of a GET, while its traces are not yet undone.
Beside = Callable[[Somebody, Client, Route, str, HttpResponseBase], Iterable[Reading]]


@dataclass
class Seen:
    """What one visit was answered, and what was read with it."""

    route: Route
    method: str
    relation: str
    word: str
    read: list[Reading]
    written: set[str] = field(default_factory=set)
    untold: list[str] = field(default_factory=list)  # what the trail should say of it and does not

    @property
    def changed_unasked(self) -> bool:
        """Test if the visit changed something although it only read or was refused."""
        reads = self.method == "GET"
        refused = self.word[0] in "45" or self.word == SIGN_IN
        return bool(self.written - told.TRACES) and (reads or refused)


def visits(
    world: World,
    somebody: Somebody,
    routes: Iterable[Route],
    *,
    beside: Beside,
    spared: Callable[[Route, str], Container[str]],
    known: Callable[[Route, str], Mapping[str, str]],
    insisting: bool,
) -> Iterator[Seen]:
    """Visit every address as somebody, at each place that they have and that is not spared.

    What is known is the answers that are not asked for this time, by place. Whoever insists fills in
    the forms that they are shown.
    """
    client = somebody.client()
    client.get(f"/inbox/?org={somebody.places['inside'].code}")  # the session has begun
    cookies = client.cookies.output(header="", sep=";")
    for route in routes:
        if route.unknown(MAKERS):
            continue  # a test of its own asks for its makers
        for method in route.methods:
            sparing, answers, seen = spared(route, method), known(route, method), None
            for relation in relations(somebody, route):
                if relation in answers:
                    yield Seen(route, method, relation, answers[relation], [])
                    continue
                if seen and relation in sparing:
                    yield replace(seen, relation=relation, read=[])  # believed to be as before
                    continue
                client.cookies = SimpleCookie(cookies)
                seen = visit(
                    world,
                    somebody,
                    client,
                    route,
                    method=method,
                    relation=relation,
                    beside=beside,
                    insisting=insisting,
                )
                yield seen
                if seen.word == NO_SUCH_METHOD:
                    break  # nothing stands behind it that a place could change


def relations(somebody: Somebody, route: Route) -> list[str]:
    """Return at which places an address is worth a visit; one for a role that opens nothing more."""
    everywhere = route.leads_to_an_org(MAKERS) or is_about_an_org(route)
    may_nothing = somebody.label in POWERLESS or not grants_of(somebody.label)
    if not everywhere or (may_nothing and stood_for(somebody.label)):
        return ["inside"]
    worth = ("inside", "beside") if may_nothing else IN_TURN
    return [relation for relation in worth if relation in somebody.places]


def stood_for(label: str) -> bool:
    """Test if another stands for somebody: the first of those who may the same."""
    if label in POWERLESS:
        return label not in (ANONYMOUS, EXPIRED)
    first = next(role for role in actors.Role if grants_of(role.value) == grants_of(label))
    return first.value != label


@cache
def grants_of(label: str) -> set[tuple[str, actors.Reach]]:
    """Return what a role may do, and how far it reaches; they differ by nothing else."""
    return {(grant.act, grant.reach) for grant in actors.GRANTS if grant.role == label}


def is_about_an_org(route: Route) -> bool:
    """Test if what an address shows depends on the organisation chosen in the top bar."""
    return not route.pattern.startswith((*middleware.PUBLIC, *middleware.PERSONAL))


def visit(
    world: World,
    somebody: Somebody,
    client: Client,
    route: Route,
    *,
    method: str,
    relation: str,
    beside: Beside,
    insisting: bool,
) -> Seen:
    """Visit one address at one place; an address without a place is about the chosen org."""
    org = somebody.places[relation]
    made = world.made[org.code]
    url = route.url(made)
    if not route.leads_to_an_org(made) and is_about_an_org(route):
        url += f"?org={org.code}"

    def ask(filled: Mapping[str, object] | None = None) -> HttpResponseBase:
        limits.forget()  # here they would tell of the walk
        return _asked(client, method, url, sent=_sent(route, made), filled=filled)

    untold: list[str] = []
    with undone():
        with noting() as noted:
            answer = ask()
            read = [(url, body_of(answer))]
        if method == "GET":
            read += beside(somebody, client, route, url, answer)
        else:
            untold = told.faults(somebody, answer, noted)
    if insisting and method != "GET":
        untold += told.insist(somebody, ask, answer, noted, code=org.code)
    return Seen(route, method, relation, _word(answer), read, noted.tables, untold)


def cells(seen: Iterable[Seen]) -> dict[tuple[str, str], str]:
    """Return one cell for each address and method: the answers by relation, or the one answer."""
    words: dict[tuple[str, str], dict[str, str]] = {}
    for one in seen:
        words.setdefault((one.route.pattern, one.method), {})[one.relation] = one.word
    return {key: _cell(by_relation) for key, by_relation in words.items()}


def _sent(route: Route, made: dict[str, object]) -> dict[str, object] | None:
    """Return what the API is sent; a page gets a form with nothing filled in."""
    return made.get(route.name, {}) if route.is_operation else None


def _asked(
    client: Client,
    method: str,
    url: str,
    *,
    sent: dict[str, object] | None,
    filled: Mapping[str, object] | None,
) -> HttpResponseBase:
    if method == "GET":
        return client.get(url)
    if sent is None:
        return client.post(url, filled or {"nothing": "filled in"})
    if files := [value for value in sent.values() if isinstance(value, UploadedFile)]:
        for file in files:
            file.seek(0)
        return client.post(url, sent)
    return client.generic(method, url, json.dumps(sent), content_type="application/json")


def _cell(words: dict[str, str]) -> str:
    if len(set(words.values())) == 1:
        return next(iter(words.values()))
    return " ".join(words.get(relation, NOWHERE) for relation in RELATIONS)


def _word(answer: HttpResponseBase) -> str:
    if answer.status_code == 302 and answer["Location"].startswith(resolve_url(settings.LOGIN_URL)):
        return SIGN_IN
    return str(answer.status_code)


def body_of(answer: HttpResponseBase) -> bytes:
    """Return what was answered, and let go of the file that it came from."""
    if not answer.streaming:
        return answer.content
    body = answer.getvalue()
    for let_go in answer._resource_closers:  # close() would close the database too
        let_go()
    return body

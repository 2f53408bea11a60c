"""The one thing a system shows the rest of the platform."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Count, Model, QuerySet
from ninja import Router

from qinghe.analytics.checks import Check
from qinghe.analytics.facts import Fact
from qinghe.analytics.indicators import Indicator, Ratio
from qinghe.edges.hooks.events import Event
from qinghe.edges.inbox import Queue
from qinghe.edges.jobs.runners import Runner
from qinghe.edges.sheets import Sheet
from qinghe.kernel.access.actors import Actor, Grant
from qinghe.kernel.access.levels import DataField
from qinghe.kernel.consent.retention import Retention
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person

if TYPE_CHECKING:
    from qinghe.edges.handing import Follows, Source


class LeagueWork(StrEnum):
    """The groups of 团务 in the menu, in their order: each by the noun that its lines are about."""

    MEMBERS = "团务·团员"
    JOINING = "团务·入团"
    BRANCHES = "团务·支部"
    CADRES = "团务·干部"
    FOUNDING = "团务·建团"
    ASSESSING = "团务·考核"


@dataclass(frozen=True)
class MenuItem:
    """One entry of the left menu, shown to those who may do its act, or one of them, somewhere."""

    label: str
    url_name: str
    act: str | tuple[str, ...]
    group: str = "业务"


@dataclass(frozen=True)
class Line:
    """One record in a list made for a reader who came from a figure."""

    pk: int
    title: str
    cells: tuple[tuple[str, str], ...] = ()
    url: str = ""


@dataclass(frozen=True)
class Card:
    """What a system tells somebody about their own doings, on the first page of their phone."""

    title: str
    value: str = ""
    unit: str = ""
    note: str = ""
    lines: tuple[Line, ...] = ()
    empty: str = ""  # what stands there instead of lines


@dataclass(frozen=True)
class RecordKind:
    """How the records behind a figure are shown: asked for by ids, answered for one actor."""

    model: str
    label: str
    rows: Callable[[Actor, list[int]], list[Line]]


@dataclass(frozen=True)
class Attachable:
    """Records that files are kept with: who sees the record sees them, who may change it adds."""

    model: str
    seen_by: Callable[[Actor], QuerySet[Model]]
    may_change: Callable[[Actor, Model], bool]


@dataclass(frozen=True)
class Newcomer:
    """Somebody who has just registered themselves; a child below 14 comes beside a guardian."""

    person: Person
    org: Org
    guardian_agreed_on: date | None = None
    guardian: Person | None = None


@dataclass(frozen=True)
class Concern:
    """So much of one kind is open at an organisation: who reorganises should know of it."""

    org_id: int
    what: str
    count: int


@dataclass(frozen=True)
class Earned:
    """What an organisation came to in one announced assessment of a year, as a part of full marks."""

    org: str  # its code
    part: Decimal


@dataclass(frozen=True)
class FirstStep:
    """What has to be done before a house, or a part of it, can work: told until it is done.

    `done` says whether it is within the actor's reach; None where it is not the actor's to do.
    Steps of all systems stand in the order of `place`.
    """

    place: int
    label: str
    note: str
    url_name: str
    done: Callable[[Actor], bool | None]


@dataclass(frozen=True)
class Yielding:
    """How one of two records that cannot stand side by side gives way, by its own system's service.

    `key` names the column, as rolls.DuesPayment.person. `tell` says what records in the actor's
    sight are, by key; one that it does not tell of is settled where it is kept, if at all. `give_way`
    withdraws the record of the first key for that of the second; nothing is deleted.
    """

    key: str
    tell: Callable[[Actor, Iterable[int]], Mapping[int, str]]
    give_way: Callable[..., object]  # pk=, by_the=, reason=, at=, by=


@dataclass(frozen=True)
class System:
    """The manifest of a system: everything it plugs in."""

    slug: str
    label: str
    urls: str
    menu: tuple[MenuItem, ...] = ()
    router: Router | None = None
    grants: tuple[Grant, ...] = ()
    acts: Mapping[str, str] = field(default_factory=dict)  # what each act is called on a page
    facts: tuple[Fact, ...] = ()
    indicators: tuple[Indicator | Ratio, ...] = ()
    # Indicators that people define in the browser, asked for whenever figures are computed.
    defines: Callable[[], Iterable[Indicator]] | None = None
    checks: tuple[Check, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    records: tuple[RecordKind, ...] = ()
    inbox: tuple[Queue, ...] = ()
    first_steps: tuple[FirstStep, ...] = ()
    events: tuple[Event, ...] = ()  # what other houses' systems may be told of
    data: tuple[DataField, ...] = ()
    wall: tuple[str, ...] = ()  # codes of the figures that leaders watch
    attachable: tuple[Attachable, ...] = ()
    jobs: tuple[Runner, ...] = ()
    retention: tuple[Retention, ...] = ()
    about_person: Callable[[Actor, Person], list[Line]] | None = None
    about_me: Callable[[Actor, datetime], tuple[Card, ...]] | None = None
    # The keys of the persons whom the system keeps at some organisations today; each row has an org.
    people_at: Callable[[QuerySet[Org]], QuerySet] | None = None
    gives: tuple["Source", ...] = ()  # what was promised or decided here, to be taken over
    follows: "Follows | None" = None  # what became of things that were taken over
    # What of these persons is under way here and ends their place on the roll: told before another
    # system begins the like.
    moves_off: Callable[[Iterable[int]], Mapping[int, str]] | None = None
    # What is open at some organisations, told before they are reorganised.
    concerned_by: Callable[[QuerySet[Org]], list[Concern]] | None = None
    # What organisations came to in the assessments of a year that were announced.
    earned: Callable[[Actor, int], list[Earned]] | None = None
    yields: tuple[Yielding, ...] = ()  # what gives way where two rows about one person are merged
    on_registered: Callable[[Newcomer, datetime, Actor], None] | None = None
    # A person took back the consent to this purpose: stop using their data for it (S-06).
    on_withdrawn: Callable[[Person, str, datetime, Actor], None] | None = None


INSTALLED: list[System] = []


def act_words() -> dict[str, str]:
    """Return what the acts of the installed systems are called."""
    return {act: words for installed in INSTALLED for act, words in installed.acts.items()}


def record_kind(model: str) -> RecordKind | None:
    """Return how the installed systems show records of a model."""
    kinds = (kind for installed in INSTALLED for kind in installed.records)
    return next((kind for kind in kinds if kind.model == model), None)


def attachable(model: str) -> Attachable | None:
    """Return how files are kept with records of a model, if they are."""
    kinds = (kind for installed in INSTALLED for kind in installed.attachable)
    return next((kind for kind in kinds if kind.model == model), None)


def sheet(slug: str) -> Sheet | None:
    """Return an installed sheet by its slug, if there is one."""
    sheets = (each for installed in INSTALLED for each in installed.sheets)
    return next((each for each in sheets if each.slug == slug), None)


def moves_off(person_ids: Iterable[int], *, beside: str) -> dict[int, str]:
    """Return who of these persons is already leaving the roll by another system's way, and how.

    The asking system holds the rows of the persons first, so two ways that begin at once wait for
    one another.
    """
    wanted = list(person_ids)
    asked = (one.moves_off for one in INSTALLED if one.slug != beside)
    return {pk: words for ask in asked if ask is not None for pk, words in ask(wanted).items()}


def concerned_by(orgs: QuerySet[Org]) -> list[Concern]:
    """Return what the installed systems have open at some organisations."""
    asked = (installed.concerned_by for installed in INSTALLED)
    return [concern for ask in asked if ask is not None for concern in ask(orgs)]


def earned_in(actor: Actor, year: int) -> dict[str, Decimal]:
    """Return by code what organisations came to in the assessments of a year: of several the mean."""
    asked = (installed.earned for installed in INSTALLED)
    told: dict[str, list[Decimal]] = {}
    for ask in asked:
        for one in ask(actor, year) if ask is not None else ():
            told.setdefault(one.org, []).append(one.part)
    return {org: sum(parts, Decimal(0)) / len(parts) for org, parts in told.items()}


def concerns(rows: QuerySet[Model], *, what: str, at: str = "org") -> list[Concern]:
    """Return how many of these records there are at each organisation; `at` names the relation."""
    counted = rows.order_by().values_list(at).annotate(number=Count("pk"))
    return [Concern(org_id, what, number) for org_id, number in counted]

"""What was promised or decided in one place and is carried out in another (ADR 0060).

A system or a report names in its manifest what it has to give (`gives`), and a system that keeps
lists of work says what became of it (`follows`). Neither knows the other: the key goes between.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qinghe.edges import system
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org


@dataclass(frozen=True)
class Offer:
    """One thing that can be taken over into a list of work.

    `key` names it in the whole house, as "drafting.plan:12"; `group` is the document it stands in,
    `owner` who has to do it where that was said already, `code` and `target` what it is measured
    by. What is done stays an offer, so that a list that took it over can still name its source, but
    is not to be taken over any more.
    """

    key: str
    title: str
    group: str
    org: Org
    url: str
    owner: Org | None = None
    due_on: date | None = None
    code: str = ""
    target: Decimal | None = None
    is_done: bool = False


@dataclass(frozen=True)
class Source:
    """A kind of thing that can be taken over: shown to an actor, newest document first."""

    slug: str  # the keys of its offers begin with this and a colon
    label: str
    offers: Callable[[Actor], list[Offer]]


@dataclass(frozen=True)
class Followed:
    """What became of an offer, as a system says that took it over."""

    label: str
    state: str
    url: str
    light: str = ""  # red, yellow or green, where it is watched
    done: bool = False


Follows = Callable[[Actor, Iterable[str]], Mapping[str, list[Followed]]]


def sources() -> list[Source]:
    """Return what the installed systems and reports have to give."""
    return [source for installed in system.INSTALLED for source in installed.gives]


def offer(actor: Actor, key: str) -> Offer | None:
    """Return an offer by its key, if the actor may see it."""
    slug = key.partition(":")[0]
    found = (each for source in sources() if source.slug == slug for each in source.offers(actor))
    return next((each for each in found if each.key == key), None)


def followed(actor: Actor, keys: Iterable[str]) -> dict[str, list[Followed]]:
    """Return what became of things, as far as the actor may see it: one question per system."""
    wanted = list(keys)
    said: dict[str, list[Followed]] = {}
    for installed in system.INSTALLED:
        if wanted and installed.follows is not None:
            for key, rows in installed.follows(actor, wanted).items():
                said.setdefault(key, []).extend(rows)
    return said

"""The small values that pages are made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django_tables2 import Table

from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person


class Tone(StrEnum):
    """The colour of a state. The words say the same, so that colour is never needed to read it."""

    PLAIN = "plain"
    GOOD = "good"
    WAIT = "wait"
    LATE = "late"
    INFO = "info"


@dataclass(frozen=True)
class Tag:
    """A state in words, colour and shape."""

    text: str
    tone: Tone = Tone.PLAIN

    def __str__(self) -> SafeString:
        return format_html('<span class="q-tag q-tag-{}">{}</span>', self.tone.value, self.text)

    __html__ = __str__


@dataclass(frozen=True)
class Link:
    """A way to another page, for a facts list, a breadcrumb or a related list."""

    text: str
    url: str

    def __str__(self) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.url, self.text)

    __html__ = __str__


@dataclass(frozen=True)
class Action:
    """A next step in a page's header. `post` sends a form; `ask` is asked before it is sent."""

    label: str
    url: str
    primary: bool = False
    post: bool = False
    ask: str = ""


@dataclass(frozen=True)
class Kept:
    """A fact about a person with its column in the register: its level says who reads it (S-37).

    `act`, if any, is what the reader must be allowed to do there besides.
    """

    value: str
    column: str
    of: Person
    at: Org
    act: str = ""

    def seen_by(self, actor: Actor, *, on: date) -> str:
        """Return the value, or that it is held back."""
        may = levels.may_see_of(actor, self.column, of=self.of, at=self.at, on=on)
        may = may and (not self.act or actors.may(actor, self.act, at=self.at))
        return self.value if may else levels.HIDDEN


Cell: TypeAlias = str | int | Decimal | Tag | Link | SafeString | None


@dataclass(frozen=True)
class Related:
    """A list beside a record's facts; `url` leads to the whole of it."""

    title: str
    table: Table
    note: str = ""
    url: str = ""
    empty: str = "暂无记录"


@dataclass(frozen=True)
class Total:
    """One sum in the line under a list."""

    label: str
    value: object
    unit: str = ""
    decimals: int = 0


@dataclass(frozen=True)
class Event:
    """One event of a record's timeline."""

    at: object
    verb: str
    by: str
    detail: Sequence[tuple[str, str]] = ()

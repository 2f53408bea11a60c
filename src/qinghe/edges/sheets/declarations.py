"""What a sheet is: its columns, its rows, and what a system does with them. No database here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

if TYPE_CHECKING:  # this package is an application: it is imported before models may be
    from django.db.models import QuerySet

    from qinghe.kernel.access.actors import Actor

R = TypeVar("R")
T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)

Parser = Callable[[object], object]


@dataclass(frozen=True)
class Column:
    """One column of a sheet. `label` is its heading, `key` the field of the row it fills.

    `read` is the way from a listed record to what the cell holds, `about` the column's name in the
    register where it tells of a person: only who may read it gets it. A `sealed` column is kept
    sealed: it never goes out, no page shows it, and a file that fills it is wiped after loading.
    """

    key: str
    label: str
    parse: Parser
    required: bool = True
    hint: str = ""
    example: str = ""
    read: str = ""
    about: str = ""
    sealed: bool = False


@dataclass(frozen=True)
class Problem:
    """Why a line is refused. `column` is a heading, or empty when the whole line is meant."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True)
class Resolved(Generic[T]):
    """What became of the rows of one file: those ready to be written, and what is wrong."""

    ready: list[T] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    """Where records come from: the content of a file, its name and the sheet it was read as."""

    file: str
    sheet: str
    name: str = ""

    def lines(self, first: int, last: int) -> dict[str, object]:
        """Return what the trail says of a chunk of this file's lines."""
        return {"file": self.file, "sheet": self.sheet, "lines": [first, last]}


class Write(Protocol[T_contra]):
    """Write one chunk of at most 500 in the caller's transaction; return how many were written."""

    def __call__(
        self, *, ready: Sequence[T_contra], at: datetime, by: Actor, source: Mapping[str, object]
    ) -> int:
        """Write the chunk, with one audit row a model that carries `source`."""
        ...


@dataclass(frozen=True)
class Outward:
    """How the records of a list go out as lines of a sheet, so that they can come back in.

    `lines` narrows the list to what the sheet can hold, in the order in which it takes them;
    `left_out` says in words what it cannot. `person` and `at` are the ways from a record to the
    person it is about and to the organisation at which the reader's right counts.
    """

    lines: Callable[[QuerySet], QuerySet]
    left_out: str = ""
    person: str = ""
    at: str = "org"


@dataclass(frozen=True)
class Sheet(Generic[R, T]):
    """A kind of workbook a system takes in.

    `row` is a NamedTuple whose fields are `line` and then the keys of `columns`, in order. An
    optional cell that is empty arrives as None. `resolve` sees the whole file at once, asks the
    database few and set-based questions, applies every rule and writes nothing; each value it
    makes ready belongs to one row, in the order of the rows. With `others` a file may have more
    columns, which are passed over: it was not written for us. `page` names the page that lists what
    the sheet fills; where lines belong to records of their own, `stands` returns a row's address.
    """

    slug: str
    label: str
    act: str
    columns: tuple[Column, ...]
    row: Callable[..., R]
    resolve: Callable[[Actor, Sequence[R], datetime], Resolved[T]]
    write: Write[T]
    notes: tuple[str, ...] = ()
    out: Outward | None = None
    others: bool = False
    page: str = ""
    stands: Callable[[T], str] | None = None

    @property
    def sealed(self) -> tuple[Column, ...]:
        """Return the columns that are kept sealed."""
        return tuple(column for column in self.columns if column.sealed)

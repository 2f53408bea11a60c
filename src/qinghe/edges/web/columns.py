"""Columns that show what they hold the same way in every list, and export it in its own type."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.safestring import SafeString
from django_tables2 import Column, Table
from django_tables2.columns import BoundColumn
from django_tables2.utils import Accessor

from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.queries import NOBODY
from qinghe.lib import identifiers

from .numbers import on_screen, trimmed
from .parts import Tag, Tone

RIGHT = {"th": {"class": "q-right"}, "td": {"class": "q-right"}}


class Number(Column):
    """A right-aligned number with its thousands separated; the workbook gets the number itself."""

    def __init__(self, *, decimals: int = 0, **options: object) -> None:
        super().__init__(**{"attrs": RIGHT, **options})
        self.decimals = decimals

    def render(self, value: int | Decimal) -> str:
        """Show it on a page."""
        return on_screen(value, decimals=self.decimals)

    def value(self, value: int | Decimal) -> int | Decimal:
        """Give it to the workbook."""
        return value


class Trimmed(Number):
    """A number that has decimals only where it needs them: 27, 12.5."""

    def render(self, value: int | Decimal) -> str:
        """Show it on a page."""
        return trimmed(value, decimals=self.decimals)


class Day(Column):
    """A day as 2022-06-30."""

    def render(self, value: date) -> str:
        """Show it on a page."""
        return value.isoformat()

    def value(self, value: date) -> date:
        """Give it to the workbook."""
        return value


class Moment(Column):
    """A moment as 2022-06-30 08:05, by the local clock."""

    def render(self, value: datetime) -> str:
        """Show it on a page."""
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"

    def value(self, value: datetime) -> datetime:
        """Give it to the workbook."""
        return value


class Personal(Column):
    """A cell about a person, read only by those whom its level allows (S-37).

    `field` is the column's name in the register; `person` and `at` are the ways from the row to the
    person and to the organisation at which the reader's right counts, "" in a list of no
    organisation's. `act`, if any, is what the reader must be allowed to do there besides. A list is
    never sorted by such a column: the order would tell what the cell hides.
    """

    act: str = ""

    def __init__(
        self, *, field: str, person: str = "person", at: str = "org", **options: object
    ) -> None:
        super().__init__(**{**options, "orderable": False})
        self.field = field
        self.person = Accessor(person)
        self.at = Accessor(at) if at else None

    def render(self, value: object, record: object, table: Table) -> object:
        """Show it on a page."""
        return self.shown(value) if self._may_be_read(record, table) else self.hidden(value)

    def value(self, value: object, record: object, table: Table) -> object:
        """Give it to the workbook, no more than to the page."""
        return self.render(value, record, table)

    def shown(self, value: object) -> object:
        """Write it for those who may read it."""
        return value

    def hidden(self, value: object) -> object:
        """Write it for all others."""
        return levels.HIDDEN

    def _may_be_read(self, record: object, table: Table) -> bool:
        reader = _reader(table)
        place = self.at.resolve(record) if self.at else None
        if self.act and not (place and actors.may(reader, self.act, at=place)):
            return False
        return levels.may_see_of(
            reader,
            self.field,
            of=self.person.resolve(record),
            at=place,
            on=timezone.localdate(),
        )


class MaskedName(Personal):
    """A person's name: 张** to those who may read it, 张同学 of a minor to all others (S-04)."""

    def __init__(self, *, accessor: str, at: str = "org", **options: object) -> None:
        person = accessor.rpartition("__")[0]
        super().__init__(field=levels.NAME, person=person, at=at, accessor=accessor, **options)

    def shown(self, value: object) -> str:
        """Write it for those who may read it."""
        return identifiers.mask_name(str(value))

    def hidden(self, value: object) -> str:
        """Write it for all others."""
        return identifiers.mask_child_name(str(value))


class ChildName(Personal):
    """A minor by surname only, whoever reads."""

    def __init__(self, *, accessor: str, **options: object) -> None:
        super().__init__(field=levels.NAME, person="", at="", accessor=accessor, **options)

    def hidden(self, value: object) -> str:
        """Write it."""
        return identifiers.mask_child_name(str(value))

    def _may_be_read(self, record: object, table: Table) -> bool:
        return False


class State(Column):
    """A state in words and colour: `tones` maps stored values to tones, `labels` to words."""

    def __init__(
        self,
        *,
        labels: Mapping[str, str],
        tones: Mapping[str, Tone],
        **options: object,
    ) -> None:
        super().__init__(**options)
        self.labels = labels
        self.tones = tones

    def render(self, record: object, bound_column: BoundColumn) -> SafeString:
        """Show it on a page."""
        return self._tag(record, bound_column).__html__()

    def value(self, record: object, bound_column: BoundColumn) -> str:
        """Give it to the workbook."""
        return self._tag(record, bound_column).text

    def _tag(self, record: object, bound_column: BoundColumn) -> Tag:
        stored = bound_column.accessor.resolve(record)  # what arrives as value has its label on
        return Tag(self.labels.get(stored, str(stored)), self.tones.get(stored, Tone.PLAIN))


def _reader(table: Table) -> Actor:
    """Return who reads a table; a short list beside a record learns it from the page around it."""
    request = getattr(table, "request", None)
    if request is None and (context := getattr(table, "context", None)):
        request = context["request"]
    return request.actor if request else NOBODY

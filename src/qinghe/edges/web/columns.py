"""Columns that show what they hold the same way in every list, and export it in its own type."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.safestring import SafeString
from django_tables2 import Column
from django_tables2.columns import BoundColumn

from qinghe.lib import identifiers

from .numbers import on_screen
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


class MaskedName(Column):
    """A person's name with all but the surname hidden, on the page and in the workbook."""

    def render(self, value: object) -> str:
        """Show it on a page."""
        return identifiers.mask_name(str(value))

    def value(self, value: object) -> str:
        """Give it to the workbook."""
        return identifiers.mask_name(str(value))


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

"""Lists page by page, found by key: nothing is passed over or shown twice while records come in."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import date
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from ninja import Field, Schema
from ninja.pagination import PaginationBase

from qinghe.lib.verdicts import Refused

MOST = 200
USUAL = 50
BAD_CURSOR = Refused("malformed", "cursor 不是上一页给出的值；请从第一页重新开始。")


class ByKey(PaginationBase):
    """Pages in a total order. `order` names fields without nulls; the key is always the last.

    `leading` names an annotation that comes first in lists that have it, such as a distance.
    """

    class Input(Schema):
        limit: int = Field(USUAL, ge=1, le=MOST)
        cursor: str = Field("", max_length=500, description="上一页 next 中给出的位置")

    class Output(Schema):
        items: list[object]
        next: str | None = Field(None, description="下一页的地址；没有更多时为空")

    def __init__(
        self,
        *,
        order: Sequence[str] = (),
        leading: str = "",
        pass_parameter: str | None = None,
    ) -> None:
        super().__init__(pass_parameter=pass_parameter)
        self.order = (*order, "-pk" if not order or order[-1].startswith("-") else "pk")
        self.leading = leading

    def paginate_queryset(
        self,
        queryset: QuerySet[Model],
        pagination: Input,
        request: HttpRequest,
        **parameters: object,
    ) -> dict[str, object]:
        """Return one page and where the next one is. Raises Refused: malformed."""
        order = self._order_of(queryset)
        rows = queryset.order_by(*order)
        if pagination.cursor:
            rows = rows.filter(self._behind(rows, pagination.cursor, order=order))
        found = list(rows[: pagination.limit + 1])
        shown = found[: pagination.limit]
        more = len(found) > pagination.limit
        return {
            "items": shown,
            "next": self._next(request, shown[-1], order=order) if more else None,
        }

    def _order_of(self, rows: QuerySet[Model]) -> tuple[str, ...]:
        return (self.leading, *self.order) if self.leading in rows.query.annotations else self.order

    def _behind(self, rows: QuerySet[Model], cursor: str, *, order: Sequence[str]) -> Q:
        """Return the condition of standing behind a row in the order."""
        behind, same = Q(pk__in=[]), Q()
        for name, value in zip(order, self._values(rows, cursor, order=order), strict=True):
            field, way = name.removeprefix("-"), "lt" if name.startswith("-") else "gt"
            behind |= same & Q(**{f"{field}__{way}": value})
            same &= Q(**{field: value})
        return behind

    def _values(self, rows: QuerySet[Model], cursor: str, *, order: Sequence[str]) -> list[object]:
        try:
            told = json.loads(urlsafe_b64decode(cursor.encode() + b"=="))
            if not isinstance(told, list) or len(told) != len(order):
                raise BAD_CURSOR
            fields = [self._field(rows, name) for name in order]
            return [field.to_python(value) for field, value in zip(fields, told, strict=True)]
        except (ValueError, TypeError, OverflowError, ValidationError):
            raise BAD_CURSOR from None

    def _field(self, rows: QuerySet[Model], name: str):
        plain = name.removeprefix("-")
        if plain in rows.query.annotations:
            return rows.query.annotations[plain].output_field
        meta = rows.model._meta
        return meta.pk if plain == "pk" else meta.get_field(plain)

    def _next(self, request: HttpRequest, last: Model, *, order: Sequence[str]) -> str:
        values = [getattr(last, name.removeprefix("-")) for name in order]
        told = json.dumps(values, default=_exactly, separators=(",", ":")).encode()
        asked = {**request.GET.dict(), "cursor": urlsafe_b64encode(told).decode().rstrip("=")}
        return f"{request.path}?{urlencode(asked)}"


def _exactly(value: object) -> str:
    """Write what JSON has no word for; a moment to the microsecond, or rows would show twice."""
    return value.isoformat() if isinstance(value, date) else str(value)

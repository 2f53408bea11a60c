"""Tables as lists show them: sorted as asked, twenty rows a page, in an order that is total."""

from collections.abc import Sequence

from django.core.paginator import EmptyPage, PageNotAnInteger
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django_tables2 import Table

from .bulk import PickColumn

PER_PAGE = 20
TEMPLATE = "web/table.html"


def ordered(
    request: HttpRequest,
    table: type[Table],
    rows: QuerySet[Model] | Sequence[object],
    *,
    prefix: str = "",
    pick: bool = False,
) -> Table:
    """Make a table sorted as the query string asks, with the key as the last word.

    `pick` puts a box before each row.
    """
    extra = {"extra_columns": [("picked", PickColumn())], "sequence": ("picked", "...")}
    made = table(
        rows, template_name=TEMPLATE, prefix=prefix, request=request, **(extra if pick else {})
    )
    asked = request.GET.getlist(made.prefixed_order_by_field)
    if asked:
        made.order_by = asked
    made.data.data = _in_total_order(made.data.data)
    return made


def paged(
    request: HttpRequest,
    table: type[Table],
    rows: QuerySet[Model] | Sequence[object],
    *,
    prefix: str = "",
    pick: bool = False,
) -> Table:
    """Make one page of a sorted table; a page that does not exist becomes the nearest one."""
    made = ordered(request, table, rows, prefix=prefix, pick=pick)
    try:
        made.paginate(page=request.GET.get(made.prefixed_page_field, "1"), per_page=PER_PAGE)
    except PageNotAnInteger:
        made.page = made.paginator.page(1)
    except EmptyPage:
        made.page = made.paginator.page(made.paginator.num_pages)
    return made


def short(table: type[Table], rows: object) -> Table:
    """Make a table that is neither sorted nor paged, for the lists beside a record."""
    return table(rows, template_name=TEMPLATE, orderable=False)


def _in_total_order(rows: QuerySet[Model]) -> QuerySet[Model]:
    if not isinstance(rows, QuerySet) or rows.query.values_select or rows.query.is_sliced:
        return rows
    order = rows.query.order_by or tuple(rows.model._meta.ordering or ())
    return rows.order_by(*order, "pk")

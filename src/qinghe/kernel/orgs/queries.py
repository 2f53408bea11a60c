"""Reads of the tree that have no viewer: analytics and the kernel itself use them."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from . import models

ALWAYS = date(1, 1, 1)
FOREVER = date(9999, 12, 31)


@dataclass(frozen=True)
class Line:
    """An organisation counts towards an ancestor from one day up to (not including) another."""

    ancestor_id: int
    org_id: int
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class _Span:
    starts_on: date
    ends_on: date
    chain: tuple[int, ...]


def root() -> models.Org | None:
    """Return the district area, the top of the tree."""
    return models.Org.objects.filter(parent__isnull=True).order_by("pk").first()


def by_code(code: str) -> models.Org | None:
    """Return the organisation with this code."""
    return models.Org.objects.filter(code=code).first()


def below(org: models.Org) -> QuerySet[models.Org]:
    """Return an organisation and all that stand under it today."""
    return models.Org.objects.filter(path__startswith=org.path)


def now_of(org: models.Org) -> models.Org:
    """Return who goes on with an organisation's affairs: itself, or whoever took it over last."""
    found = org
    while found.successor is not None:
        found = found.successor
    return found


def taken_over(going_on: QuerySet[models.Org]) -> RawSQL:
    """Return the keys of the merged organisations whose affairs others go on with, as a subquery.

    However many mergers lie between, it is answered within the question that it is put into: no
    join of a fixed depth does that, and asking step by step would ask on every page.
    """
    table = models.Org._meta.db_table
    try:
        asked, given = going_on.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # nobody
        asked, given = "NULL", ()
    return RawSQL(  # noqa: S611  nobody's words stand in it
        f"WITH RECURSIVE taken(id) AS (SELECT id FROM {table} WHERE successor_id IN ({asked}) "  # noqa: S608
        f"UNION SELECT one.id FROM {table} one JOIN taken ON one.successor_id = taken.id) "
        "SELECT id FROM taken",
        given,
    )


def lineage() -> list[Line]:
    """Return every (ancestor, organisation) pair with the days on which it held, self included.

    An organisation's first placement reaches back without limit and a closed one keeps its last,
    so records before an opening or after a closure still count somewhere: nothing that was
    recorded falls out of the district's figures.
    """
    placed: dict[int, list[tuple[int | None, date, date]]] = defaultdict(list)
    rows = models.Placement.objects.order_by("org_id", "starts_on")
    for org_id, parent_id, starts_on, ends_on in rows.values_list(
        "org_id", "parent_id", "starts_on", "ends_on"
    ):
        first = ALWAYS if org_id not in placed else starts_on
        placed[org_id].append((parent_id, first, ends_on or FOREVER))
    lines = []
    for org_id in placed:
        for span in _spans(org_id, placed, since=ALWAYS, until=FOREVER):
            lines += [Line(above, org_id, span.starts_on, span.ends_on) for above in span.chain]
    return lines


def _spans(
    org_id: int,
    placed: dict[int, list[tuple[int | None, date, date]]],
    *,
    since: date,
    until: date,
) -> Iterator[_Span]:
    """Yield the chains of ancestors of one organisation within some days, each with its days.

    Each step up looks only at the days left: two organisations may stand above each other in turn.
    """
    for parent_id, starts_on, ends_on in placed[org_id]:
        first, last = max(since, starts_on), min(until, ends_on)
        if first >= last:
            continue
        if parent_id is None:
            yield _Span(first, last, (org_id,))
            continue
        for above in _spans(parent_id, placed, since=first, until=last):
            yield _Span(above.starts_on, above.ends_on, (org_id, *above.chain))

"""The review desk: organisations by items, in a handful of questions however large it is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.assessments import models, rules

from .marking import assessments_seen_by

Mark = models.Mark


@dataclass(frozen=True)
class Cell:
    """One mark on the desk: what the organisation says, what holds, and what it waits for."""

    pk: int
    told: str
    final: str
    state: str  # settled, waiting, disputed, untaken, missing


@dataclass(frozen=True)
class Row:
    """One organisation's line on the desk."""

    sheet: models.Assessment
    cells: tuple[Cell, ...]
    total: str


def sheets_of(actor: Actor, scheme: models.Scheme) -> QuerySet[models.Assessment]:
    """Return the sheets of a scheme in the order of their organisations."""
    return assessments_seen_by(actor).filter(scheme=scheme).order_by("org__path")


def desk_rows(
    actor: Actor, scheme: models.Scheme, sheets: Sequence[models.Assessment]
) -> list[Row]:
    """Return some sheets with all their marks, in one question."""
    marks = (
        Mark.objects.filter(assessment__in=sheets)
        .select_related("item")
        .annotate(given=Count("reviews"))
        .order_by("item__parent__place", "item__place")
    )
    cells: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        cells[mark.assessment_id].append(mark)
    return [_row(scheme, sheet, cells[sheet.pk]) for sheet in sheets]


def _row(scheme: models.Scheme, sheet: models.Assessment, marks: Sequence[Mark]) -> Row:
    scored = [rules.Scored(mark.item.sort, mark.final) for mark in marks if mark.final is not None]
    total = rules.total_of(scored, bonus_cap=scheme.bonus_cap, deduction_cap=scheme.deduction_cap)
    return Row(sheet, tuple(_cell(scheme, mark) for mark in marks), rules.in_words(total.whole))


def _cell(scheme: models.Scheme, mark: Mark) -> Cell:
    is_figure = mark.item.way == models.Item.Way.FIGURE
    told = mark.figure if is_figure else mark.self_marks
    return Cell(mark.pk, rules.in_words(told), rules.in_words(mark.final), _state(scheme, mark))


def _state(scheme: models.Scheme, mark: Mark) -> str:
    if mark.final is not None:
        return "settled"
    if mark.item.way == models.Item.Way.FIGURE:
        return "missing" if mark.figure_as_of else "untaken"
    given: int = mark.given  # type: ignore[attr-defined]  # annotated above
    return "disputed" if given >= scheme.reviewers else "waiting"

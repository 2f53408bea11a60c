"""What an organisation says of itself: one long page that keeps each row as it is typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.files.models import Attachment
from qinghe.lib.verdicts import Refused
from qinghe.systems.assessments import forms, queries, rules, services
from qinghe.systems.assessments.access import Act
from qinghe.systems.assessments.queries import Assessment, Mark, Way

from .tables import SHEET_TONES, step

MOST = 30
LONG = "理由最多400字，多出的部分没有保存。"


@dataclass(frozen=True)
class Row:
    """One item on a sheet, with all that its line shows."""

    mark: Mark
    label: str = ""
    figure_url: str = ""
    files: tuple[Attachment, ...] = ()


@require_safe
def own(request: Request) -> HttpResponse:
    """Show the sheets of one's own organisation, those to fill in first."""
    doors.require_anywhere(request.actor, Act.SELF_SCORE)
    sheets = list(queries.own_assessments(request.actor)[:MOST])
    return pages.page(
        request,
        "assessments/own.html",
        title="本单位考核",
        sheets=[
            (one, pages.Tag(one.get_state_display(), SHEET_TONES[one.state])) for one in sheets
        ],
        told=queries.TOLD,
        today=timezone.localdate(),
    )


@never_cache
@require_safe
def fill(request: Request, assessment_id: int) -> HttpResponse:
    """Fill a sheet in, row by row."""
    found = _own(request, assessment_id)
    if not queries.may_score(request.actor, found):
        return redirect("assessments:result", found.pk)
    marks = list(queries.marks_of(request.actor, found))
    return pages.page(
        request,
        "assessments/fill.html",
        title=f"{found.org.name}自评",
        sheet=found,
        rows=rows_of(request, marks),
        sum=self_sum(marks),
        missing=missing_of(marks),
        is_late=timezone.localdate() > found.due_on,
        back=pages.Link("本单位考核", reverse("assessments:own")),
    )


@require_POST
def keep(request: Request, assessment_mark_id: int) -> HttpResponse:
    """Keep one row: the page asks for it while it is typed, and so does the row's button."""
    mark = get_object_or_404(queries.marks_seen_by(request.actor), pk=assessment_mark_id)
    form = forms.KeepForm(request.POST, mark=mark)
    is_kept = form.is_valid()
    said = "" if is_kept else "；".join(map(str, form.errors.get("marks", [LONG])))
    try:
        services.keep_mark(mark=mark, told=form.told(), at=timezone.now(), by=request.actor)
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        said, is_kept = refusal.reason, False
    if not request.htmx:
        return redirect(f"{_fill_url(mark)}#item-{mark.pk}")
    marks = list(queries.marks_of(request.actor, mark.assessment))
    context = {
        "said": said,
        "is_kept": is_kept,
        "at": timezone.localtime(),
        "sum": self_sum(marks),
        "missing": missing_of(marks),
    }
    return render(request, "assessments/kept.html", context)


@require_POST
def submit(request: Request, assessment_id: int) -> HttpResponse:
    """Hand a sheet in."""
    found = _own(request, assessment_id)
    return step(
        request,
        do=lambda: services.submit(assessment=found, at=timezone.now(), by=request.actor),
        said="自评已提交，等待团区委复核。",
        to=reverse("assessments:fill", args=[found.pk]),  # handed in, it leads on to the result
    )


def rows_of(request: Request, marks: list[Mark]) -> list[Row]:
    """Return marks as lines of a sheet, with their figures and files."""
    files = queries.files_of(request.actor, marks)
    return [
        Row(
            mark=mark,
            label=queries.figure_label(request.actor, mark.item.code) if mark.item.code else "",
            figure_url=figure_url(mark),
            files=tuple(files.get(mark.pk, ())),
        )
        for mark in marks
    ]


def figure_url(mark: Mark) -> str:
    """Return the page of the figure that an item is marked by: its 口径, its records."""
    if not mark.item.code:
        return ""
    sheet = mark.assessment
    return f"/figures/{mark.item.code}/{sheet.scheme.period}/{sheet.org.code}/"


def self_sum(marks: Sequence[Mark]) -> str:
    """Return what an organisation gives itself so far."""
    mine = [
        rules.Scored(mark.item.sort, mark.self_marks)
        for mark in marks
        if mark.item.way == Way.SELF and mark.self_marks is not None
    ]
    if not mine:
        return rules.in_words(0)
    scheme = marks[0].assessment.scheme
    total = rules.total_of(mine, bonus_cap=scheme.bonus_cap, deduction_cap=scheme.deduction_cap)
    return rules.in_words(total.whole)


def missing_of(marks: Sequence[Mark]) -> int:
    """Count the items that still have to be filled in."""
    return sum(
        mark.item.way == Way.SELF
        and mark.item.sort == queries.Sort.NORMAL
        and mark.self_marks is None
        for mark in marks
    )


def _own(request: Request, assessment_id: int) -> Assessment:
    doors.require_anywhere(request.actor, Act.SELF_SCORE)
    return get_object_or_404(queries.own_assessments(request.actor), pk=assessment_id)


def _fill_url(mark: Mark) -> str:
    return reverse("assessments:fill", args=[mark.assessment_id])

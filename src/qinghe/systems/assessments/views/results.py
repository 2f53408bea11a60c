"""What an organisation was given: its whole sheet, and one mark with its files and reviews."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.assessments import forms, queries, rules, services
from qinghe.systems.assessments.access import Act
from qinghe.systems.assessments.queries import Assessment, AssessmentState, Mark, SchemeState

from .filling import figure_url, rows_of, self_sum
from .tables import SHEET_TONES, ObjectionTable, OpinionTable, ReviewTable

FIXED = (SchemeState.FIXED, SchemeState.ANNOUNCED)
HIDDEN = "公示后可见"


@require_safe
def result(request: Request, assessment_id: int) -> HttpResponse:
    """Show a sheet item by item; what the district gave once it is shown."""
    found = found_sheet(request, assessment_id)
    actor = request.actor
    marks = list(queries.marks_of(actor, found))
    shows = queries.may_see_marks(actor, found)
    totals = queries.totals_of(actor, found.scheme)[found.pk] if shows else None
    return pages.page(
        request,
        "assessments/result.html",
        title=f"{found.org.name}考核结果",
        sheet=found,
        state=pages.Tag(found.get_state_display(), SHEET_TONES[found.state]),
        rows=rows_of(request, marks),
        shows=shows,
        total=totals,
        sum=self_sum(marks),
        may_object=_may_object(request, found),
        may_correct=found.scheme.state in FIXED
        and actors.may(actor, Act.MAKE, at=found.scheme.org),
        actions=_actions(request, found),
        back=pages.Link(found.scheme.name, _scheme_url(found)),
    )


@require_safe
def mark(request: Request, assessment_mark_id: int) -> HttpResponse:
    """Show one mark: what the organisation says, its evidence, its reviews and objections."""
    found = found_mark(request, assessment_mark_id)
    sheet, item = found.assessment, found.item
    shows = queries.may_see_marks(request.actor, sheet)
    related = []
    if queries.may_watch(request.actor, sheet.scheme):
        given = found.reviews.select_related("reviewer", "mark__assessment__scheme__org")
        related.append(pages.Related("复核", tables.short(ReviewTable, given)))
    elif shows:
        related.append(pages.Related("复核意见", tables.short(OpinionTable, found.reviews.all())))
    if shows:
        theirs = queries.objections_seen_by(request.actor).filter(mark=found)
        related.append(
            pages.Related("异议", tables.short(ObjectionTable, theirs), empty="没有异议")
        )
    return pages.record_page(
        request,
        title=f"{item.number} {item.name}",
        record=found,
        facts=[
            ("单位", pages.Link(sheet.org.name, _url(sheet))),
            ("考核方案", pages.Link(sheet.scheme.name, _scheme_url(sheet))),
            ("满分", f"{rules.in_words(item.full)}（{item.get_sort_display()}）"),
            ("评分标准", item.standard or "—"),
            *_told(request, found),
            ("核定分", rules.in_words(found.final) if shows else HIDDEN),
        ],
        related=related,
        actions=[pages.Action("提出异议", reverse("assessments:object_to", args=[found.pk]))]
        if _may_object(request, sheet)
        else [],
        back=pages.Link(f"{sheet.org.name}考核结果", _url(sheet)),
    )


def object_to(request: Request, assessment_mark_id: int) -> HttpResponse:
    """Object to a mark."""
    found = found_mark(request, assessment_mark_id)
    actors.require(request.actor, Act.SELF_SCORE, at=found.assessment.org)
    form = forms.ObjectForm(request.POST or None)

    def do() -> str:
        made = services.object_to(
            mark=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return reverse("assessments:objection", args=[made.pk])

    return pages.act_page(
        request,
        title=f"对“{found.item.name}”提出异议",
        form=form,
        do=do,
        submit="提出异议",
        note=f"现在核定{rules.in_words(found.final)}分。异议由没有复核过这一项的人答复。"
        if queries.may_see_marks(request.actor, found.assessment)
        else "",
        back=pages.Link("考核结果", _url(found.assessment)),
    )


def correct(request: Request, assessment_mark_id: int) -> HttpResponse:
    """Correct a mark after the ranking was fixed."""
    found = found_mark(request, assessment_mark_id)
    actors.require(request.actor, Act.MAKE, at=found.assessment.scheme.org)
    form = forms.CorrectForm(request.POST or None)

    def do() -> str:
        services.correct(
            mark=found,
            marks=rules.in_hundredths(form.cleaned_data["marks"]),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
            by=request.actor,
        )
        return reverse("assessments:ranking", args=[found.assessment.scheme_id])

    return pages.act_page(
        request,
        title=f"更正{found.assessment.org.name}“{found.item.name}”",
        form=form,
        do=do,
        submit="更正并重新排名",
        note=f"现在{rules.in_words(found.final)}分。更正后生成新版排名，旧版保留；已通报的要重新通报。",
        back=pages.Link("考核结果", _url(found.assessment)),
    )


def found_sheet(request: Request, assessment_id: int) -> Assessment:
    """Return a sheet in the reader's sight."""
    return get_object_or_404(queries.assessments_seen_by(request.actor), pk=assessment_id)


def found_mark(request: Request, assessment_mark_id: int) -> Mark:
    """Return a mark in the reader's sight."""
    return get_object_or_404(queries.marks_seen_by(request.actor), pk=assessment_mark_id)


def _told(request: Request, found: Mark) -> list[tuple[str, pages.Cell]]:
    if not found.item.code:
        return [
            ("自评分", rules.in_words(found.self_marks)),
            ("自评理由", found.self_reason or "—"),
        ]
    label = queries.figure_label(request.actor, found.item.code)
    taken = found.figure_as_of
    return [
        ("指标", pages.Link(f"{found.item.code} {label}", figure_url(found))),
        ("数据", rules.in_words(found.figure)),
        ("取数时点", f"{timezone.localtime(taken):%Y-%m-%d %H:%M}" if taken else "还没有取数"),
    ]


def _may_object(request: Request, sheet: Assessment) -> bool:
    until = sheet.scheme.object_by
    return (
        sheet.scheme.state == SchemeState.SHOWN
        and until is not None
        and timezone.localdate() <= until
        and actors.may(request.actor, Act.SELF_SCORE, at=sheet.org)
    )


def _actions(request: Request, sheet: Assessment) -> list[pages.Action]:
    actions, key = [], [sheet.pk]
    if queries.may_score(request.actor, sheet):
        actions.append(
            pages.Action("填写自评", reverse("assessments:fill", args=key), primary=True)
        )
    is_open = sheet.scheme.state == SchemeState.PUBLISHED
    if is_open and actors.may(request.actor, Act.REVIEW, at=sheet.org):
        if sheet.state != AssessmentState.DRAFT:
            actions.append(
                pages.Action("复核", reverse("assessments:review", args=key), primary=True)
            )
        if sheet.state == AssessmentState.SUBMITTED:
            actions.append(pages.Action("退回补正", reverse("assessments:send_back", args=key)))
    return actions


def _url(sheet: Assessment) -> str:
    return reverse("assessments:result", args=[sheet.pk])


def _scheme_url(sheet: Assessment) -> str:
    return reverse("assessments:scheme", args=[sheet.scheme_id])

"""The district's desk: organisations by items, one organisation item by item, who has not handed in."""

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.assessments import forms, queries, services
from qinghe.systems.assessments.access import Act
from qinghe.systems.assessments.queries import Assessment, Mark, Scheme

from .filling import rows_of
from .results import found_mark, found_sheet
from .schemes import found_scheme, makeable, url_of
from .steps import actions_of
from .tables import SCHEME_TONES, MissingTable, step

A_PAGE = 60


@require_safe
def desk(request: Request, scheme_id: int) -> HttpResponse:
    """Show all marks of a scheme, organisations down, items across."""
    found = _watched(request, scheme_id)
    actor = request.actor
    pages_of = Paginator(queries.sheets_of(actor, found), A_PAGE)
    shown = pages_of.get_page(request.GET.get("page"))
    return pages.page(
        request,
        "assessments/desk.html",
        title=f"{found.name}：复核台",
        scheme=found,
        state=pages.Tag(found.get_state_display(), SCHEME_TONES[found.state]),
        items=queries.items_of(actor, found),
        rows=queries.desk_rows(actor, found, list(shown)),
        shown=shown,
        can_review=actors.may(actor, Act.REVIEW, at=found.org),
        progress=queries.progress_of(actor, found),
        actions=[one for one in actions_of(request, found) if one.label != "复核台"],
        back=pages.Link(found.name, url_of(found)),
    )


@never_cache
@require_safe
def review(request: Request, assessment_id: int) -> HttpResponse:
    """Review one organisation, item by item; each row is given by itself."""
    found = _reviewed(request, assessment_id)
    marks = list(queries.marks_of(request.actor, found))
    return pages.page(
        request,
        "assessments/review.html",
        title=f"复核{found.org.name}",
        sheet=found,
        rows=[
            (row, _mine(request, row.mark), _may_be_judged(row.mark))
            for row in rows_of(request, marks)
        ],
        waiting=sum(mark.final is None for mark in marks),
        back=pages.Link("复核台", reverse("assessments:desk", args=[found.scheme_id])),
    )


@require_POST
def judge(request: Request, assessment_mark_id: int) -> HttpResponse:
    """Give marks for one item."""
    mark = found_mark(request, assessment_mark_id)
    actors.require(request.actor, Act.REVIEW, at=mark.assessment.org)
    form = forms.JudgeForm(request.POST)
    said = ""
    if form.is_valid():
        try:
            services.judge(
                mark=mark,
                marks=forms.hundredths_of(form.cleaned_data["marks"]) or 0,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                by=request.actor,
            )
        except Refused as refusal:
            said = refusal.reason
    else:
        said = "没有记分：" + "；".join(
            str(error) for errors in form.errors.values() for error in errors
        )
    if not request.htmx:
        return redirect(f"{_review_url(mark)}#item-{mark.pk}")
    fresh = queries.marks_of(request.actor, mark.assessment).get(pk=mark.pk)
    context = {"said": said, "mark": fresh, "mine": _mine(request, fresh)}
    return render(request, "assessments/judged.html", context)


@require_POST
def judge_rest(request: Request, assessment_id: int) -> HttpResponse:
    """Accept what the organisation gave itself, for all that is left."""
    found = _reviewed(request, assessment_id)
    return step(
        request,
        do=lambda: services.judge_rest(assessment=found, at=timezone.now(), by=request.actor),
        said="其余项目已按自评认定，没有自评的按0分。",
        to=reverse("assessments:review", args=[found.pk]),
    )


def send_back(request: Request, assessment_id: int) -> HttpResponse:
    """Send a self-score back."""
    found = _reviewed(request, assessment_id)
    return pages.reason_page(
        request,
        title=f"退回{found.org.name}的自评",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.send_back(
            assessment=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="退回补正",
        note="退回后单位可以修改再提交，已有的复核要重新做；首次提交日期不变。",
        back=pages.Link("考核结果", reverse("assessments:result", args=[found.pk])),
    )


def missing(request: Request, scheme_id: int) -> HttpResponse:
    """Show who has not handed in; each may be reminded, or noted as having missed it."""
    found = _watched(request, scheme_id)
    actions: list[pages.Action | pages.Bulk] = [pages.Action("复核台", _desk_url(found))]
    if actors.may(request.actor, Act.MAKE, at=found.org):
        at = timezone.now()
        actions += [
            pages.Bulk(
                "remind",
                "提醒所选",
                lambda row: services.remind(
                    assessment=cast(Assessment, row), at=at, by=request.actor
                ),
            ),
            pages.Bulk(
                "missed",
                "登记为未提交",
                lambda row: services.note_missed(
                    assessment=cast(Assessment, row),
                    reason="到期没有提交自评",
                    at=at,
                    by=request.actor,
                ),
            ),
        ]
    return pages.list_page(
        request,
        title=f"{found.name}：未提交名单",
        table=MissingTable,
        rows=queries.not_handed_in(request.actor, found),
        actions=actions,
    )


def note_missed(request: Request, assessment_id: int) -> HttpResponse:
    """Note that an organisation did not hand in."""
    found = found_sheet(request, assessment_id)
    makeable(request, found.scheme_id)
    return pages.reason_page(
        request,
        title=f"登记{found.org.name}未提交自评",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.note_missed(
            assessment=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="登记未提交",
        note="登记后这个单位不能再填自评，按已保存的内容复核。",
        back=pages.Link("未提交名单", reverse("assessments:missing", args=[found.scheme_id])),
    )


@require_POST
def remind(request: Request, assessment_id: int) -> HttpResponse:
    """Remind one organisation."""
    found = found_sheet(request, assessment_id)
    makeable(request, found.scheme_id)
    return step(
        request,
        do=lambda: services.remind(assessment=found, at=timezone.now(), by=request.actor),
        said=f"已提醒{found.org.name}。",
        to=reverse("assessments:missing", args=[found.scheme_id]),
    )


def _watched(request: Request, scheme_id: int) -> Scheme:
    found = found_scheme(request, scheme_id)
    doors.require_at(request.actor, Act.WATCH, org=found.org)
    return found


def _reviewed(request: Request, assessment_id: int) -> Assessment:
    found = get_object_or_404(queries.assessments_seen_by(request.actor), pk=assessment_id)
    actors.require(request.actor, Act.REVIEW, at=found.org)
    return found


def _mine(request: Request, mark: Mark) -> object:
    """Return what this reviewer gave before, if anything."""
    given = mark.reviews.all()
    return next((one for one in given if one.reviewer_id == request.actor.person_id), None)


def _may_be_judged(mark: Mark) -> bool:
    """Test if an item is reviewed by hand: by self-score, or because there was no figure."""
    if mark.item.way == queries.Way.SELF:
        return True
    return mark.figure is None and mark.figure_as_of is not None


def _desk_url(found: Scheme) -> str:
    return reverse("assessments:desk", args=[found.pk])


def _review_url(mark: Mark) -> str:
    return reverse("assessments:review", args=[mark.assessment_id])

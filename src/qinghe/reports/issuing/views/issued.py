from urllib.parse import quote

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.files import services as files
from qinghe.kernel.files.models import File
from qinghe.reports.half_year import printing
from qinghe.reports.half_year import queries as half_year
from qinghe.reports.issuing import forms, queries, services, steps
from qinghe.reports.issuing.access import Act

STATES = {"issued": "现行", "replaced": "已更正"}
TONES = {"issued": pages.Tone.GOOD, "replaced": pages.Tone.WAIT}


class IssueTable(Table):
    """Issued reports."""

    title = Column("标题", accessor="report__title", linkify=("issuing:issued", [A("pk")]))
    number = Column("发文字号", accessor="number", orderable=False, empty_values=())
    org = Column("单位", accessor="report__org__name")
    version = columns.Number(verbose_name="版次", accessor="report__version")
    dated_on = columns.Day(verbose_name="成文日期")
    state = columns.State(verbose_name="状态", accessor="report__state", labels=STATES, tones=TONES)

    class Meta:
        model = queries.Issue
        fields = ("title", "number", "org", "version", "dated_on", "state")
        order_by = "-dated_on"
        empty_text = "没有符合条件的印发件；总结审签完毕、编号印发后列在这里。"

    def render_number(self, record: queries.Issue) -> str:
        """Return the number, or that there is none."""
        return record.number or "未编号"


def issued_list(request: Request) -> HttpResponse:
    """List the issued reports."""
    doors.require_anywhere(request.actor, Act.SEE)
    rows = queries.issues_seen_by(request.actor)
    actions = []
    if queries.may_freeze(request.actor):
        actions.append(pages.Action("数字封存", reverse("issuing:freezings")))
    return pages.list_page(
        request,
        title="已印发的工作总结",
        table=IssueTable,
        filterset=forms.IssueFilter,
        rows=rows.filter(report__org__path__startswith=request.scope.org.path),
        actions=actions,
    )


def issued(request: Request, issue_id: int) -> HttpResponse:
    """Show an issued report as it went out, each number leading to where it stands frozen."""
    found = get_object_or_404(queries.issues_seen_by(request.actor), pk=issue_id)
    report = found.report
    return pages.page(
        request,
        "issuing/issued.html",
        title=report.title,
        issue=found,
        report=report,
        paragraphs=queries.issued_text(request.actor, found.text, report.org),
        replaced_by=queries.replaced_by(request.actor, found),
        corrects=queries.issues_seen_by(request.actor).filter(report=report.corrects_id).first(),
        correction=(queries.correction_of(request.actor, report) if report.corrects_id else None),
        printed=queries.Printed.objects.filter(issue=found).first(),
        has_office=printing.program() is not None,
        may_correct=queries.may_correct(request.actor, found),
    )


@require_POST
def print_pdf(request: Request, issue_id: int) -> HttpResponse:
    """Ask for the PDF once more."""
    found = get_object_or_404(queries.issues_seen_by(request.actor), pk=issue_id)
    job = services.print_pdf(issue=found, at=timezone.now(), by=request.actor)
    return redirect("jobs:job", job.pk)


def file(request: Request, issue_id: int, which: str) -> FileResponse:
    """Send the document, the annex or the PDF."""
    found = get_object_or_404(queries.issues_seen_by(request.actor), pk=issue_id)
    printed = queries.Printed.objects.filter(issue=found).select_related("file").first()
    kept: dict[str, tuple[File | None, str]] = {
        "docx": (found.document, f"{found.report.title}.docx"),
        "xlsx": (found.annex, f"{found.report.title}附件.xlsx"),
        "pdf": (printed.file if printed else None, f"{found.report.title}.pdf"),
    }
    chosen, name = kept.get(which, (None, ""))
    if chosen is None:
        raise Http404
    answer = FileResponse(files.opened(chosen), content_type=chosen.media_type)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer


def correct(request: Request, issue_id: int) -> HttpResponse:
    """Begin a version that corrects an issued report."""
    found = get_object_or_404(queries.issues_seen_by(request.actor), pk=issue_id)
    form = forms.CorrectForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            report = services.correct(
                issue=found,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, f"已开始第{report.version}版；改正后重新封存、送审签。")
            return redirect(steps.way_url(report))
    return pages.form_page(
        request,
        title="更正",
        form=form,
        submit="开始更正",
        note="原件不会改动。新的一版沿用原文，经重新封存、审签后印发。",
        back=pages.Link("印发件", steps.issue_url(found)),
    )


def changes(request: Request, report_id: int) -> HttpResponse:
    """Show which figures a correction changes."""
    report = get_object_or_404(queries.reports_seen_by(request.actor), pk=report_id)
    shown = queries.correction_of(request.actor, report, since=_since(request))
    if shown is None:
        raise Http404
    return pages.page(
        request,
        "issuing/changes.html",
        title="更正的内容",
        shown=shown,
        report=report,
        back=pages.Link("办理进度", steps.way_url(report)),
    )


def differing(request: Request, report_id: int, code: str, org: str) -> HttpResponse:
    """Show the very records by which one figure of a correction is another."""
    report = get_object_or_404(queries.reports_seen_by(request.actor), pk=report_id)
    seen = half_year.org_seen_by(request.actor, org)
    shown = queries.correction_of(request.actor, report, since=_since(request))
    if shown is None or seen is None:
        raise Http404
    part = request.GET.get("part", "top")
    return pages.page(
        request,
        "issuing/differing.html",
        title="改变数字的记录",
        shown=queries.differing_seen_by(request.actor, shown, code=code, org=seen, part=part),
        code=code,
        org=seen,
        correction=shown,
        part=part,
        told=queries.told(request.actor, shown.new, code),
        back=pages.Link(
            "更正的内容",
            f"{reverse('issuing:changes', args=[report.pk])}?since={shown.before.pk}",
        ),
    )


def _since(request: Request) -> int | None:
    """Return the issued version that is asked for as the one before."""
    said = request.GET.get("since", "")
    return int(said) if said.isdecimal() else None

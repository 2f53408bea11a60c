from collections.abc import Mapping
from urllib.parse import quote

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.reports.drafting import forms, queries, rules, services
from qinghe.reports.drafting.access import Act
from qinghe.reports.half_year import docx

from . import beyond, sheet, side

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TONES = {
    "writing": pages.Tone.WAIT,
    "signing": pages.Tone.INFO,
    "signed": pages.Tone.INFO,
    "issued": pages.Tone.GOOD,
    "replaced": pages.Tone.PLAIN,
}


class ReportTable(Table):
    """Reports that are being written or were issued."""

    title = Column("标题", linkify=("drafting:report", [A("pk")]))
    org = Column("单位", accessor="org__name")
    version = columns.Number(verbose_name="版次")
    state = columns.State(
        verbose_name="状态", labels=dict(queries.Report.State.choices), tones=TONES
    )
    begun_at = columns.Moment(verbose_name="起草时间")

    class Meta:
        model = queries.Report
        fields = ("title", "org", "version", "state", "begun_at")
        order_by = "-begun_at"
        empty_text = "还没有工作总结；到“工作总结”选好期间，再开始起草。"


def reports(request: Request) -> HttpResponse:
    """List every report that the reader may see, in writing or issued."""
    doors.require_anywhere(request.actor, Act.SEE)
    return pages.list_page(
        request,
        title="历次工作总结",
        table=ReportTable,
        rows=queries.reports_seen_by(request.actor),
    )


@require_POST
def begin(request: Request) -> HttpResponse:
    """Begin the report of an organisation and period, and go on to write it."""
    form = forms.BeginForm(request.POST)
    org = orgs.by_code(form.data.get("org", "")) if form.is_valid() else None
    if org is None:
        raise Http404
    begun = services.begin(
        org=org,
        period=periods.parse(form.cleaned_data["period"]),
        at=timezone.now(),
        by=request.actor,
    )
    return redirect("drafting:report", begun.pk)


def report(request: Request, report_id: int) -> HttpResponse:
    """Show a report as it will print, to be written in by those who may."""
    found = side.report_seen_by(request, report_id)
    signed = beyond.figures_for(request.actor, found)
    page = queries.page_of(request.actor, found, figures_of=signed)
    tab = side.tab_of(request)
    return pages.page(
        request,
        "drafting/report.html",
        part="side",
        status=200,
        title=f"{found.span.label}工作总结",
        page=page,
        lines=sheet.lines(page),
        known=sheet.known(page),
        found_places=sheet.places(page.findings),
        may_write=any(each.may_write for each in page.shown),
        state=pages.Tag(found.get_state_display(), TONES[found.state]),
        next_actions=beyond.actions(request.actor, found),
        **side.context(request, page, tab=tab),
    )


def figures(request: Request, report_id: int) -> JsonResponse:
    """Tell every figure that may be put into the text."""
    found = side.report_seen_by(request, report_id)
    known = queries.choices(request.actor, found)
    return JsonResponse(
        {
            "figures": [
                {"code": one.code, "label": one.label, "said": one.said, "token": str(one.token)}
                for one in known
            ]
        }
    )


def token(request: Request, report_id: int) -> HttpResponse:
    """Show what stands behind one chip, and what it would print if it were put together anew."""
    found = side.report_seen_by(request, report_id)
    asked = rules.tokens(request.GET.get("token", ""))
    form = _token_form(request, found, typed=None if asked else request.GET)
    if form.is_valid():
        plainly = queries.chosen(request.actor, found, token=form.figure)
        asked = rules.tokens(str(form.token(plainly.known.exact)))
    if not asked:
        raise Refused("no_such_wording", "这种写法用不了，正文没有改动；请换一种措辞或取整。")
    passage = (
        queries.passages_seen_by(request.actor)
        .filter(report=found, pk=_number(request.GET.get("passage", "")))
        .first()
    )
    return pages.page(
        request,
        "drafting/token.html",
        part="panel",
        title="数字",
        report=found,
        passage=passage,
        form=_token_form(request, found, initial=forms.parts_of(asked[0])),
        chosen=queries.chosen(request.actor, found, token=asked[0]),
        may_write=passage is not None and queries.may_write(request.actor, passage),
    )


def ending(request: Request, report_id: int) -> HttpResponse:
    """Change who signs, the day and the note below."""
    found = side.report_seen_by(request, report_id)
    kept = {"signature": found.signature, "dated_on": found.dated_on, "contact": found.contact}
    form = forms.EndingForm(request.POST or None, initial=kept)
    if form.is_valid():
        with pages.refusals_on(form):
            services.keep_ending(
                report=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return redirect("drafting:report", found.pk)
    here = reverse("drafting:report", args=[found.pk])
    return pages.form_page(request, title="落款", form=form, back=pages.Link("返回工作总结", here))


def document(request: Request, report_id: int) -> HttpResponse:
    """Give the report as it reads now as a document."""
    found = side.report_seen_by(request, report_id)
    signed = beyond.figures_for(request.actor, found)
    content = docx.document(queries.rendered(request.actor, found, figures_of=signed))
    answer = HttpResponse(content, content_type=DOCX)
    name = quote(f"{found.title}.docx")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{name}"
    answer["Cache-Control"] = "no-store"
    return answer


def _token_form(
    request: Request,
    report: queries.Report,
    *,
    typed: Mapping[str, str] | None = None,
    initial: Mapping[str, object] | None = None,
) -> forms.TokenForm:
    return forms.TokenForm(
        typed,
        initial=initial,
        orgs=side.orgs_of(report)[1:],
        own=report.span,
        choices=queries.choices(request.actor, report),
    )


def _number(said: str) -> int:
    return int(said) if said.isdecimal() else 0

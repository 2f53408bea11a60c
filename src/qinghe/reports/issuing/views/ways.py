from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.reports.issuing import forms, queries, services, steps


def way(request: Request, report_id: int) -> HttpResponse:
    """Show how far a report is on its way, and what can be done now."""
    report = get_object_or_404(queries.reports_seen_by(request.actor), pk=report_id)
    shown = queries.way_of(request.actor, report)
    return pages.page(
        request,
        "issuing/way.html",
        title=f"{report.org.name}{report.span.label}工作总结",
        shown=shown,
        may_freeze=queries.may_freeze(request.actor),
    )


def submit(request: Request, report_id: int) -> HttpResponse:
    """Name who signs, and send a report round."""
    report = get_object_or_404(queries.reports_seen_by(request.actor), pk=report_id)
    now = timezone.now()
    signers = queries.signers_for(request.actor, report, on=local_day(now))
    form = forms.SubmitForm(request.POST or None, signers=signers)
    if form.is_valid():
        with pages.refusals_on(form):
            services.submit(
                report=report,
                named=form.named,
                owned_reason=form.cleaned_data["owned_reason"],
                at=now,
                by=request.actor,
            )
            messages.success(request, "已送审签，审签期间正文不能修改。")
            return redirect(steps.way_url(report))
    return pages.form_page(
        request,
        title="送审签",
        form=form,
        groups=[
            ("审签人", ["checker", "countersigners", "signer"]),
            ("说明", ["owned_reason"]),
        ],
        submit="送审签",
        note="送签后正文和所用的封存数字不再变动；任何一位退回后可以修改再送。",
        back=pages.Link("办理进度", steps.way_url(report)),
    )


@require_POST
def withdraw(request: Request, report_id: int) -> HttpResponse:
    """Take a report back before it is issued."""
    report = get_object_or_404(queries.reports_seen_by(request.actor), pk=report_id)
    found = get_object_or_404(queries.circulations_of(request.actor, report)[:1])
    services.withdraw(circulation=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已撤回，可以继续修改。")
    return redirect(steps.way_url(report))


def issue(request: Request, report_id: int) -> HttpResponse:
    """Number a signed report and issue it."""
    report = get_object_or_404(queries.reports_seen_by(request.actor), pk=report_id)
    found = get_object_or_404(queries.to_issue(request.actor).filter(report=report))
    now = timezone.now()
    last = queries.issues_seen_by(request.actor).filter(report__org=report.org).first()
    initial = {"dated_on": report.dated_on or local_day(now), "word": last.word if last else ""}
    form = forms.IssueForm(request.POST or None, initial=initial)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.issue(
                circulation=found,
                dated_on=form.cleaned_data["dated_on"],
                number=form.number,
                at=now,
                by=request.actor,
            )
            messages.success(request, f"已印发{made.number}。")
            return redirect(steps.issue_url(made))
    return pages.form_page(
        request,
        title="编号印发",
        form=form,
        groups=[("成文日期", ["dated_on"]), ("发文字号", ["word", "used"])],
        submit="印发",
        note="印发后正文、数字和文件都不再变动；以后的更正另出新的一版。",
        back=pages.Link("办理进度", steps.way_url(report)),
    )


def signing(request: Request, signing_id: int) -> HttpResponse:
    """Show the text that is to be signed, with two answers to it."""
    found = get_object_or_404(queries.signings_seen_by(request.actor), pk=signing_id)
    waits = queries.signings_waiting_for(request.actor).filter(pk=found.pk).exists()
    circulation = found.circulation
    return pages.page(
        request,
        "issuing/signing.html",
        title=f"{found.get_step_display()}：{circulation.report.title}",
        signing=found,
        circulation=circulation,
        others=circulation.signings.select_related("person"),
        paragraphs=queries.issued_text(request.actor, circulation.text, circulation.report.org),
        waits=waits,
        form=forms.WordsForm(),
    )


@require_POST
def agree(request: Request, signing_id: int) -> HttpResponse:
    """Agree to a report."""
    found = get_object_or_404(queries.signings_seen_by(request.actor), pk=signing_id)
    services.agree(
        signing=found, words=request.POST.get("words", ""), at=timezone.now(), by=request.actor
    )
    messages.success(request, f"已{found.get_step_display()}同意。")
    return redirect(steps.way_url(found.circulation.report))


@require_POST
def send_back(request: Request, signing_id: int) -> HttpResponse:
    """Send a report back with words."""
    found = get_object_or_404(queries.signings_seen_by(request.actor), pk=signing_id)
    form = forms.WordsForm(request.POST)
    if form.is_valid():
        with pages.refusals_on(form):
            services.send_back(
                signing=found,
                words=form.cleaned_data["words"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "已退回，意见已送达拟稿人。")
            return redirect(steps.way_url(found.circulation.report))
    return pages.form_page(
        request,
        title="退回修改",
        form=form,
        submit="退回",
        back=pages.Link("返回审签", reverse("issuing:signing", args=[found.pk])),
    )

"""The steps of a circular from draft to issue."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import forms, queries, rules, services
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.queries import Circular

from . import finding


@require_POST
def send(request: Request, circular_id: int) -> HttpResponse:
    """Send a draft to be reviewed; what is missing is said on its page."""
    found = finding.permitted(request, circular_id, Act.WRITE)
    try:
        services.send_for_review(circular=found, at=timezone.now(), by=request.actor)
        messages.success(request, "已送核稿，请另一位同志在待办里核稿。")
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("circulars:circular", found.pk)


@require_POST
def take_back(request: Request, circular_id: int) -> HttpResponse:
    """Take a circular back to its desk."""
    found = finding.permitted(request, circular_id, Act.WRITE)
    services.take_back(circular=found, at=timezone.now(), by=request.actor)
    return redirect("circulars:circular", found.pk)


def review(request: Request, circular_id: int) -> HttpResponse:
    """Agree to a draft, or send it back with a reason."""
    found = finding.permitted(request, circular_id, Act.REVIEW)
    rules.check_move(now=found.state, to=Circular.State.REVIEWED)
    rules.check_other(writer=found.writer, reviewer=request.actor.person_id)
    form = forms.ReviewForm(request.POST or None)
    if form.is_valid():
        decide = services.send_back if "back" in request.POST else services.agree
        with pages.refusals_on(form):
            decide(
                circular=found,
                words=form.cleaned_data["words"],
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("circulars:circular", found.pk)
    return pages.page(
        request,
        "circulars/review.html",
        status=422 if form.is_bound else 200,
        title=f"核稿：{found.title}",
        form=form,
        circular=found,
        back=_back(found),
    )


def issue(request: Request, circular_id: int) -> HttpResponse:
    """Issue a reviewed circular, with a number if one is wanted."""
    found = finding.permitted(request, circular_id, Act.ISSUE)
    rules.check_move(now=found.state, to=Circular.State.ISSUED)
    word = queries.last_word(request.actor, org=found.org)
    form = forms.IssueForm(request.POST or None, initial={"word": word})
    if form.is_valid():
        with pages.refusals_on(form):
            services.issue(
                circular=found,
                word=form.cleaned_data["word"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "已印发，数字已封存，街道已收到通知。")
            return redirect("circulars:circular", found.pk)
    return pages.form_page(
        request,
        title=f"印发：{found.title}",
        form=form,
        submit="印发",
        note=(
            f"{found.writer_name}拟稿，{found.reviewer_name}核稿。"
            "印发后正文和数字不再改变，以后更正记录也不影响这份通报。"
        ),
        back=_back(found),
    )


@require_POST
def print_pdf(request: Request, circular_id: int) -> HttpResponse:
    """Ask for the PDF of an issued circular."""
    found = finding.permitted(request, circular_id, Act.ISSUE)
    job = services.print_pdf(circular=found, at=timezone.now(), by=request.actor)
    return redirect("jobs:job", job.pk)


def _back(found: Circular) -> pages.Link:
    return pages.Link(found.title, reverse("circulars:circular", args=[found.pk]))

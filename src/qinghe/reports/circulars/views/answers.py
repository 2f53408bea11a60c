"""What the streets answer, and what the office says to it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import attachments, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import forms, queries, rules, services
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.queries import Addressee

from . import finding


def addressee(request: Request, addressee_id: int) -> HttpResponse:
    """Show all answers of one street with their papers, and let the office decide on the last."""
    found = finding.addressed(request, addressee_id)
    office = actors.may(request.actor, Act.WRITE, at=found.circular.org)
    decides = office and found.state == Addressee.State.ANSWERED
    answers = [
        (each, attachments.beside(request, each))
        for each in queries.feedback_of(request.actor, found)
    ]
    state = Addressee.State(found.state)
    return pages.page(
        request,
        "circulars/addressee.html",
        title=f"{found.org.name}的反馈",
        addressee=found,
        answers=answers,
        state=pages.Tag(found.get_state_display(), finding.ANSWER_TONES[state]),
        can={"decide": decides, "answer": queries.may_answer(request.actor, found)},
        accept_form=forms.AcceptForm(),
        back=_back(found),
    )


def answer(request: Request, addressee_id: int) -> HttpResponse:
    """Answer a circular for one's street."""
    found = finding.addressed(request, addressee_id)
    actors.require(request.actor, Act.ANSWER, at=found.org)
    rules.check_answer(now=found.state, to=Addressee.State.ANSWERED)
    form = forms.AnswerForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.answer(
                addressee=found,
                text=form.cleaned_data["text"],
                measures=form.cleaned_data["measures"],
                uploads=form.papers(),
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, "反馈已提交。")
            return redirect("circulars:addressee", found.pk)
    due = f"请于{found.answer_by:%Y-%m-%d}前反馈。" if found.answer_by else ""
    last = queries.feedback_of(request.actor, found).first()
    asked = f"上次反馈的意见：{last.words}" if last and last.words else ""
    return pages.form_page(
        request,
        title=f"反馈：{found.circular.title}",
        form=form,
        submit="提交反馈",
        note=f"{due}{asked}",
        back=_back(found),
        draft="circulars.answer",
    )


@require_POST
def accept(request: Request, addressee_id: int) -> HttpResponse:
    """Accept a street's answer."""
    found = finding.addressed(request, addressee_id)
    form = forms.AcceptForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    services.accept(addressee=found, words=words, at=timezone.now(), by=request.actor)
    return redirect("circulars:circular", found.circular_id)


def again(request: Request, addressee_id: int) -> HttpResponse:
    """Ask a street for another answer."""
    found = finding.addressed(request, addressee_id)
    actors.require(request.actor, Act.WRITE, at=found.circular.org)
    rules.check_answer(now=found.state, to=Addressee.State.AGAIN)
    form = forms.AgainForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.ask_again(
                addressee=found,
                words=form.cleaned_data["words"],
                answer_by=form.cleaned_data["answer_by"],
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("circulars:circular", found.circular_id)
    return pages.form_page(
        request,
        title=f"要求{found.org.name}重新反馈",
        form=form,
        submit="退回重新反馈",
        back=pages.Link(f"{found.org.name}的反馈", reverse("circulars:addressee", args=[found.pk])),
    )


@require_POST
def remind(request: Request, circular_id: int) -> HttpResponse:
    """Remind every street that has not answered."""
    found = finding.permitted(request, circular_id, Act.WRITE)
    try:
        told = services.remind(circular=found, at=timezone.now(), by=request.actor)
        messages.success(request, f"已催办{len(told)}个街道。")
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect("circulars:circular", found.pk)


def _back(found: Addressee) -> pages.Link:
    return pages.Link(found.circular.title, reverse("circulars:circular", args=[found.circular_id]))

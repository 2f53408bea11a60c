"""Asking for a correction or the erasure of one's own data (S-07)."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.privacy import forms, queries, rules, services

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def ask_correction(request: Request) -> HttpResponse:
    """Take what should read differently."""
    form = forms.CorrectionForm(request.POST or None)
    if form.is_valid():
        wish = services.Wish("correct", form.cleaned_data["field"], form.cleaned_data["words"])
        if _asked(request, form, wish):
            return redirect("me:home")
    return _form(request, form, title="更正申请", submit="提交申请", duties=[])


@require_http_methods(METHODS)
def ask_erasure(request: Request) -> HttpResponse:
    """Take the wish to be erased, and say beforehand what stands in its way."""
    person = queries.person_of(request.actor)
    duties = queries.duties_to_keep(request.actor, person, local_day(timezone.now()))
    form = forms.ErasureForm(request.POST or None)
    if form.is_valid():
        wish = services.Wish("erase", words=form.cleaned_data["words"])
        if _asked(request, form, wish):
            return redirect("me:home")
    return _form(request, form, title="注销账号、删除个人信息", submit="提交申请", duties=duties)


def _asked(request: Request, form: BaseForm, wish: services.Wish) -> bool:
    asked = None
    with pages.refusals_on(form):
        asked = services.ask(wish=wish, at=timezone.now(), by=request.actor)
    if asked:
        messages.success(
            request, f"申请已提交{asked.org.name}，将在{asked.due_on.isoformat()}前答复您。"
        )
    return asked is not None


def _form(
    request: Request, form: BaseForm, *, title: str, submit: str, duties: list[str]
) -> HttpResponse:
    wrong = form.is_bound and bool(form.errors)
    return pages.page(
        request,
        "privacy/me/ask.html",
        status=422 if wrong else 200,
        form=form,
        title=title,
        submit=submit,
        duties=duties,
        within=rules.ANSWER_WITHIN,
    )

"""The one page on which somebody says why, for what is sent back or disputed."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import redirect

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.systems.returns import forms


def ask(
    request: Request,
    *,
    title: str,
    submit: str,
    back: pages.Link,
    then: Callable[[str], object],
    note: str = "",
) -> HttpResponse:
    """Ask why, do it with that reason, and go back; a refusal stays on the form."""
    form = forms.ReasonForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            then(form.cleaned_data["reason"])
            return redirect(back.url)
    return pages.form_page(request, title=title, form=form, note=note, submit=submit, back=back)

"""The one page on which somebody says why, for all that is turned down, ended or struck out."""

from collections.abc import Callable

from django.http import HttpResponse

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.systems.volunteering import forms


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

    def do() -> str:
        then(form.cleaned_data["reason"])
        return back.url

    return pages.act_page(
        request, title=title, form=form, do=do, note=note, submit=submit, back=back
    )

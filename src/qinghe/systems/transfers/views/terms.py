"""The limits of transfers: what held when, and new ones from a coming day on."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.transfers import forms, queries, services
from qinghe.systems.transfers.access import Act

TITLE = "转接期限"


@require_safe
def terms(request: Request) -> HttpResponse:
    """Show all limits, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    in_force = queries.terms_on(request.actor, timezone.localdate())
    url = reverse("transfers:terms_new")
    return pages.page(
        request,
        "transfers/terms.html",
        title=TITLE,
        rows=[
            (one, one.pk == in_force.pk, queries.numbers_of(request.actor, one))
            for one in queries.all_terms(request.actor)
        ],
        actions=[pages.Action("调整期限", url, primary=True)]
        if doors.may_for_the_house(request.actor, Act.SET_TERMS)
        else [],
        back=pages.Link("组织关系转接", reverse("transfers:transfers")),
    )


def terms_new(request: Request) -> HttpResponse:
    """Set limits from a coming day on."""
    if not doors.may_for_the_house(request.actor, Act.SET_TERMS):
        raise doors.closed()
    in_force = queries.terms_on(request.actor, timezone.localdate())
    initial = {name: getattr(in_force, name) for name in (*queries.TERM_NUMBERS, "lapses")}
    form = forms.TermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("transfers:terms")

    return pages.act_page(
        request,
        title="调整转接期限",
        form=form,
        do=do,
        note="从施行日期起到达的转接按新期限办理；已经到达的期限不变。",
        back=pages.Link(TITLE, reverse("transfers:terms")),
    )

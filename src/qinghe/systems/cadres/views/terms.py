"""The numbers by which cadres are kept: what held when, and new ones from a coming day on."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.cadres import forms, queries, services
from qinghe.systems.cadres.access import Act

TITLE = "团干部工作规定"


@require_safe
def terms(request: Request) -> HttpResponse:
    """Show all numbers, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    in_force = queries.terms_on(request.actor, timezone.localdate())
    rows = [*queries.all_terms(request.actor), queries.shipped(request.actor)]
    actions = []
    if doors.may_for_the_house(request.actor, Act.SET_TERMS):
        actions.append(pages.Action("调整规定", reverse("cadres:terms_new"), primary=True))
    return pages.page(
        request,
        "cadres/terms.html",
        title=TITLE,
        rows=[(one, one.pk == in_force.pk, queries.numbers_of(request.actor, one)) for one in rows],
        actions=actions,
        back=pages.Link("团干部队伍", reverse("cadres:board")),
    )


def terms_new(request: Request) -> HttpResponse:
    """Set numbers from a coming day on."""
    if not doors.may_for_the_house(request.actor, Act.SET_TERMS):
        raise doors.closed()
    in_force = queries.terms_on(request.actor, timezone.localdate())
    initial = {name: getattr(in_force, name) for name in queries.TERM_NUMBERS}
    form = forms.TermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("cadres:terms")

    return pages.act_page(
        request,
        title="调整团干部工作规定",
        form=form,
        do=do,
        note="从施行日期起的选举、储备和互兼互挂按新规定办理；已经登记的届满日期不变。",
        back=pages.Link(TITLE, reverse("cadres:terms")),
    )

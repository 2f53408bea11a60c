"""The numbers of founding: what held when, and new ones from a coming day on."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.founding import forms, queries, services
from qinghe.systems.founding.access import Act

TITLE = "建团参数"


@require_safe
def terms(request: Request) -> HttpResponse:
    """Show all terms, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if doors.may_for_the_house(request.actor, Act.SET):
        actions = [pages.Action("调整参数", reverse("founding:terms_new"), primary=True)]
    held = queries.terms_on(request.actor, local_day(timezone.now()))
    every = list(queries.all_terms(request.actor))
    rows = every if held.pk else [*every, held]
    return pages.page(
        request,
        "founding/terms.html",
        title=TITLE,
        rows=[(one, one is held or one.pk == held.pk, _numbers(one)) for one in rows],
        actions=actions,
        back=pages.Link("建团进度", reverse("founding:board")),
    )


def _numbers(one: queries.Terms) -> list[tuple[str, int]]:
    labels = forms.TermsForm()
    return [(str(labels[name].label), getattr(one, name)) for name in queries.TERM_NUMBERS]


def terms_new(request: Request) -> HttpResponse:
    """Set numbers from a coming day on."""
    if not doors.may_for_the_house(request.actor, Act.SET):
        raise doors.closed()
    held = queries.terms_on(request.actor, local_day(timezone.now()))
    initial = {name: getattr(held, name) for name in queries.TERM_NUMBERS}
    form = forms.TermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("founding:terms")

    return pages.act_page(
        request,
        title="调整建团参数",
        form=form,
        do=do,
        note="施行日期起的申请和进度按新参数办理；已经在办的申请期限不变。",
        back=pages.Link(TITLE, reverse("founding:terms")),
    )

"""The measures of supervision: what held when, and new ones from a coming day on."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.targets.access import Act, Charging
from qinghe.systems.targets.forms.progress import MeasuresForm
from qinghe.systems.targets.queries import terms as queries
from qinghe.systems.targets.services import terms as services

TITLE = "督办参数"


@require_safe
def measures(request: Request) -> HttpResponse:
    """Show all measures, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    actions = []
    if doors.may_for_the_house(request.actor, Charging.SET):
        actions = [pages.Action("调整参数", reverse("targets:measures_new"), primary=True)]
    held = queries.terms_on(request.actor, local_day(timezone.now()))
    every = list(queries.all_terms(request.actor))
    rows = every if held.pk else [*every, held]
    return pages.page(
        request,
        "targets/measures.html",
        title=TITLE,
        rows=[(one, one is held or one.pk == held.pk, _numbers(one)) for one in rows],
        actions=actions,
        back=pages.Link("督办清单", reverse("targets:charges")),
    )


def _numbers(one: queries.Terms) -> list[tuple[str, int]]:
    labels = MeasuresForm()
    return [(str(labels[name].label), getattr(one, name)) for name in queries.TERM_NUMBERS]


def measures_new(request: Request) -> HttpResponse:
    """Set measures from a coming day on."""
    if not doors.may_for_the_house(request.actor, Charging.SET):
        raise doors.closed()
    held = queries.terms_on(request.actor, local_day(timezone.now()))
    initial = {name: getattr(held, name) for name in queries.TERM_NUMBERS}
    form = MeasuresForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("targets:measures")

    return pages.act_page(
        request,
        title="调整督办参数",
        form=form,
        do=do,
        note="施行日期起按新参数亮灯和提醒；以前亮的灯、办过的步骤不变。",
        back=pages.Link(TITLE, reverse("targets:measures")),
    )

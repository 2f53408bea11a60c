"""The numbers by which hours are doubted: what held when, and new ones from a coming day on."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act

TITLE = "服务时长核查参数"


@require_safe
def hours_terms(request: Request) -> HttpResponse:
    """Show all terms, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.REVIEW_FINDING)
    actions = []
    if _may_set(request):
        url = reverse("volunteering:hours_terms_new")
        actions.append(pages.Action("调整参数", url, primary=True))
    today = local_day(timezone.now())
    in_force = queries.terms_on(request.actor, today)
    rows = queries.all_hours_terms(request.actor)
    return pages.page(
        request,
        "volunteering/hours_terms.html",
        title=TITLE,
        rows=[(one, one.pk == in_force.pk, queries.numbers_of(request.actor, one)) for one in rows],
        actions=actions,
        back=pages.Link("异常核查", reverse("volunteering:findings")),
    )


def hours_terms_new(request: Request) -> HttpResponse:
    """Set numbers from a coming day on."""
    if not _may_set(request):
        raise doors.closed()
    in_force = queries.terms_on(request.actor, local_day(timezone.now()))
    initial = {name: getattr(in_force, name) for name in queries.TERM_NUMBERS}
    form = forms.HoursTermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_hours_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("volunteering:hours_terms")

    return pages.act_page(
        request,
        title="调整服务时长核查参数",
        form=form,
        do=do,
        note="核查、补录和异议从施行日期起按新参数办理；已经施行的参数不改动，已有的核查结论不变。",
        back=pages.Link(TITLE, reverse("volunteering:hours_terms")),
    )


def _may_set(request: Request) -> bool:
    return doors.may_for_the_house(request.actor, Act.SET_HOURS_TERMS)

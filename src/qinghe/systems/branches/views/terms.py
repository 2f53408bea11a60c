"""How often branches meet: what held when, and new terms from a coming year on."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.branches import forms, queries, services
from qinghe.systems.branches.access import Act
from qinghe.systems.branches.queries import Every, MeetingKind

TITLE = "会议要求"


@require_safe
def terms(request: Request) -> HttpResponse:
    """Show all terms, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if doors.may_for_the_house(request.actor, Act.SET_TERMS):
        actions.append(pages.Action("调整要求", reverse("branches:terms_new"), primary=True))
    in_force = queries.terms_on(request.actor, timezone.localdate())
    return pages.page(
        request,
        "branches/terms.html",
        title=TITLE,
        rows=[
            (one, one.pk == in_force.pk, _numbers(request, one))
            for one in queries.all_terms(request.actor)
        ],
        actions=actions,
        back=pages.Link("支部工作", reverse("branches:board")),
    )


def terms_new(request: Request) -> HttpResponse:
    """Set what is asked from a coming year on."""
    if not doors.may_for_the_house(request.actor, Act.SET_TERMS):
        raise doors.closed()
    in_force = queries.terms_on(request.actor, timezone.localdate())
    duties = queries.duties_of(request.actor, in_force)
    form = forms.TermsForm(
        request.POST or None, initial=forms.TermsForm.beginning_with(in_force, duties)
    )

    def do() -> str:
        made = services.set_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("branches:terms")

    return pages.act_page(
        request,
        title="调整会议要求",
        form=form,
        do=do,
        note="从所填年度的1月1日起按新要求计算；已经施行的要求不改动，以前的会议不受影响。",
        back=pages.Link(TITLE, reverse("branches:terms")),
    )


def _numbers(request: Request, one: queries.MeetingTerms) -> list[tuple[str, str]]:
    return [
        (MeetingKind(duty.kind).label, _says(duty.every, duty.times))
        for duty in queries.duties_of(request.actor, one)
    ] + [("设支委会的团员人数", f"{one.committee_from}人")]


def _says(every: str, times: int) -> str:
    label = Every(every).label
    return label if every == Every.NEED else f"{label}{times}次"

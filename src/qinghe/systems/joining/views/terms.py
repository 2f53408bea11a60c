"""What is asked of applicants: what held when, and new terms from a coming day on (T-13)."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.joining import forms, queries, services
from qinghe.systems.joining.access import Act

TITLE = "发展团员的条件和期限"


@require_safe
def joining_terms(request: Request) -> HttpResponse:
    """Show all terms, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if doors.may_for_the_house(request.actor, Act.SET_TERMS):
        actions.append(pages.Action("调整", reverse("joining:terms_new"), primary=True))
    rows = queries.all_terms(request.actor)
    return pages.page(
        request,
        "joining/terms.html",
        title=TITLE,
        rows=[(one, queries.told_of(request.actor, one)) for one in rows],
        actions=actions,
        back=pages.Link("发展团员", reverse("joining:home")),
    )


def joining_terms_new(request: Request) -> HttpResponse:
    """Set terms from a coming day on."""
    if not doors.may_for_the_house(request.actor, Act.SET_TERMS):
        raise doors.closed()
    in_force = queries.terms_for(request.actor, sector="", on=local_day(timezone.now()))
    names = (*queries.NUMBERS, queries.FLAG)
    initial = {name: getattr(in_force, name) for name in names}
    form = forms.JoiningTermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_joining_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起的申请按此办理。")
        return reverse("joining:terms")

    return pages.act_page(
        request,
        title="调整发展团员的条件和期限",
        form=form,
        do=do,
        note="施行日期起提交的申请按新的办理；在办的申请仍按提交时的办理。",
        back=pages.Link(TITLE, reverse("joining:terms")),
    )

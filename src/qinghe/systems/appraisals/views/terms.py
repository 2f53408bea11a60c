"""The numbers of review and registration: what held when, and new ones from a coming day on."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.appraisals import forms, queries, services
from qinghe.systems.appraisals.access import Act

TITLE = "评议注册参数"
NUMBERS = ("top_percent", "quorum_part", "quorum_whole", "defer_least", "defer_most")


@require_safe
def terms(request: Request) -> HttpResponse:
    """Show all terms, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if doors.may_for_the_house(request.actor, Act.SET_TERMS):
        actions.append(pages.Action("调整参数", reverse("appraisals:terms_new"), primary=True))
    in_force = queries.terms_on(request.actor, timezone.localdate())
    return pages.page(
        request,
        "appraisals/terms.html",
        title=TITLE,
        rows=queries.all_terms(request.actor),
        in_force=in_force,
        actions=actions,
        back=pages.Link("年度评议", reverse("appraisals:campaigns")),
    )


def terms_new(request: Request) -> HttpResponse:
    """Set numbers from a coming day on."""
    if not doors.may_for_the_house(request.actor, Act.SET_TERMS):
        raise doors.closed()
    in_force = queries.terms_on(request.actor, timezone.localdate())
    initial = {name: getattr(in_force, name) for name in NUMBERS} if in_force else {}
    form = forms.TermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("appraisals:terms")

    return pages.act_page(
        request,
        title="调整评议注册参数",
        form=form,
        do=do,
        note="施行日期以后发起的年度评议按新参数办理；已经发起的不变。",
        back=pages.Link(TITLE, reverse("appraisals:terms")),
    )

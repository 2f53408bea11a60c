"""What ceremonies follow: versions by kind."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.pioneers import forms, queries, services
from qinghe.systems.pioneers.access import Act


def outlines(request: Request) -> HttpResponse:
    """Show all versions, the latest of each kind first."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if _may_set(request):
        url = reverse("pioneers:outline_new")
        actions.append(pages.Action("编制新版本", url, primary=True))
    return pages.page(
        request,
        "pioneers/outlines.html",
        title="仪式要点",
        rows=queries.outlines(request.actor),
        actions=actions,
        back=pages.Link("少先队", reverse("pioneers:board")),
    )


def outline_new(request: Request) -> HttpResponse:
    """Set the next version of one kind."""
    if not _may_set(request):
        raise doors.closed()
    form = forms.OutlineForm(request.POST or None)

    def do() -> str:
        made = services.set_outline(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存{made}，{made.starts_on.isoformat()}起用。")
        return reverse("pioneers:outlines")

    return pages.act_page(
        request,
        title="编制仪式要点",
        note="每个版本保存后不再改动：已登记的仪式保留当时的要点，以后的按新版本。",
        form=form,
        do=do,
        submit="保存新版本",
        back=pages.Link("仪式要点", reverse("pioneers:outlines")),
    )


def _may_set(request: Request) -> bool:
    return doors.may_for_the_house(request.actor, Act.KEEP_OUTLINES)

"""The inbox: what waits for the actor, by limit or queue by queue."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_safe

from qinghe.edges.inbox import Queue
from qinghe.lib.periods import local_day

from . import beginning, inbox, menu, pages
from .inbox import Counts, Page, Tally, Waiting
from .requests import Request

ON_DESK = 6
MOST_WORDS = 40


@dataclass(frozen=True)
class Group:
    """The first of one queue under its heading."""

    tally: Tally
    rows: Sequence[Waiting]


def counts_of(request: Request) -> Counts:
    """Return what waits for whoever asks; a page and its frame ask the database once."""
    if request.counts is None:
        request.counts = inbox.counts_for(request.actor)
    return request.counts


def counts_in_frame(request: Request) -> Counts:
    """Return what the frame shows of it: a page that counted anyway is believed."""
    if request.counts is not None:
        return request.counts
    return inbox.counts_in_frame(request.actor)


def late_counts_of(request: Request) -> Counts:
    """Return what waits, with how much of it is late: for a page that says so."""
    counts = counts_of(request)
    if any(tally.late is None for tally in counts.tallies):
        today = local_day(timezone.now())
        request.counts = inbox.with_late(request.actor, counts, on=today)
    return counts_of(request)


def top_of(request: Request) -> Page:
    """Return what presses most, for the desk."""
    return inbox.page_of(request.actor, _waiting_in(counts_of(request)), size=ON_DESK)


@require_safe
def inbox_page(request: Request) -> HttpResponse:
    """Show what waits: `?view=groups` queue by queue, else by limit; `?queue=` and `?from=` filter."""
    counts = late_counts_of(request)
    org = request.GET.get("from", "").strip()[:MOST_WORDS]
    chosen = request.GET.get("queue", "")
    queues = [queue for queue in _waiting_in(counts) if chosen in ("", queue.code)]
    grouped = request.GET.get("view") == "groups" and not chosen
    shown = Page((), 1, more=False)
    groups: Sequence[Group] = ()
    if grouped:
        groups = _groups(request, counts, org=org)
    else:
        shown = inbox.page_of(request.actor, queues, org=org, number=_number(request))
    return pages.page(
        request,
        "web/inbox.html",
        part="list",
        counts=counts,
        tallies=[tally for tally in counts.tallies if tally.count or tally.queue.code == chosen],
        chosen=chosen,
        org=org,
        grouped=grouped,
        groups=groups,
        shown=shown,
        filtered=bool(org or chosen),
        first_steps=_first_steps(request),
    )


@require_GET
def inbox_count(request: Request) -> HttpResponse:
    """Show the counts of the frame again, after something left the inbox; there, its heading too."""
    shown = (request.htmx.current_url_abs_path or "").split("?")[0]
    with_sum = shown == reverse("web:inbox")
    counts = late_counts_of(request) if with_sum else counts_of(request)
    return render(request, "web/parts/inbox_count.html", {"counts": counts, "with_sum": with_sum})


def _waiting_in(counts: Counts) -> list[Queue]:
    return [tally.queue for tally in counts.tallies if tally.count]


def _groups(request: Request, counts: Counts, *, org: str) -> list[Group]:
    found = [
        Group(
            tally,
            inbox.page_of(request.actor, [tally.queue], org=org, size=inbox.FIRST_OF_EACH).rows,
        )
        for tally in counts.tallies
        if tally.count
    ]
    return [group for group in found if group.rows]


def _first_steps(request: Request) -> Sequence[beginning.Shown]:
    """Return what an empty house asks of those whose work begins here; others read it on the desk."""
    begins_here = menu.first_url(request.actor) == request.path
    return beginning.steps_for(request.actor) if begins_here else ()


def _number(request: Request) -> int:
    asked = request.GET.get("page", "")
    return int(asked) if asked.isdecimal() and len(asked) < 6 else 1

"""The pages of the frame itself: coming in, going out, choosing, searching, health."""

import sqlite3

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from qinghe.analytics import store
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

from . import doors, menu, scope, search
from .forms import NumberForm, refusals_on
from .requests import Request

MOST_CHOICES = 30


@require_safe
def home(request: Request) -> HttpResponse:
    """Lead to the first page of the actor's work, keeping a choice made on the way."""
    url = menu.first_url(request.actor)
    chosen = request.GET.urlencode()
    return redirect(f"{url}?{chosen}" if chosen else url)


@require_GET
def search_page(request: Request) -> HttpResponse:
    """Show organisations and people by name or number."""
    words = request.GET.get("q", "").strip()
    enough = len(words) >= search.LEAST_LETTERS
    context = {
        "words": words,
        "enough": enough,
        "orgs": search.orgs_found(request.actor, words) if enough else [],
        "people": search.people_found(request.actor, words) if enough else [],
        "finds_people": bool(search.PEOPLE_ACT),
        "most": search.MOST,
        "number_form": NumberForm() if search.finds_by_number(request.actor) else None,
    }
    return render(request, "web/search.html", context)


@never_cache
@require_POST
def search_number(request: Request) -> HttpResponse:
    """Show whose phone or identity number it is; the number is in no address and no log."""
    if not search.finds_by_number(request.actor):
        raise doors.closed()
    form, hits = NumberForm(request.POST), None
    if form.is_valid():
        with refusals_on(form):
            hits = search.people_with_number(
                request.actor, form.cleaned_data["number"], at=timezone.now()
            )
    context = {"number_form": form, "hits": hits}
    return render(request, "web/search.html", context, status=200 if form.is_valid() else 422)


@require_GET
def org_choices(request: Request) -> HttpResponse:
    """Show the organisations to switch to, up, down and beside, or by name; `as=options` for a box."""
    words = request.GET.get("pick", "").strip()
    seen = scope.orgs_in_sight(request.actor)
    org = request.scope.org
    if words:
        above, found = [], search.orgs_named(request.actor, words)
    else:
        codes = codes_in(org.path)[:-1]
        above = list(seen.filter(code__in=codes).order_by("path"))
        found = seen.filter(parent=org, closed_on__isnull=True).order_by("path")
    context = {
        "above": above,
        "choices": found[:MOST_CHOICES],
        "more": found.count() > MOST_CHOICES,
        "words": words,
    }
    options = request.GET.get("as") == "options"
    part = "web/parts/org_options.html" if options else "web/parts/org_choices.html"
    return render(request, part, context)


@require_GET
def period_choices(request: Request) -> HttpResponse:
    """Show the periods to switch to."""
    today = periods.local_day(timezone.now())
    years = scope.offered_years(today)
    return render(request, "web/parts/period_choices.html", {"years": years})


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Tell a watchdog whether the database answers and how fresh the facts are."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        database = "ok"
    except DatabaseError:
        database = "failed"
    try:
        facts_as_of = store.current().as_of.isoformat()
    except Refused:
        facts_as_of = None
    told = {
        "database": database,
        "engine": connection.vendor,
        "sqlite": sqlite3.sqlite_version if connection.vendor == "sqlite" else None,
        "facts_as_of": facts_as_of,
    }
    return JsonResponse(told, status=200 if database == "ok" else 503)

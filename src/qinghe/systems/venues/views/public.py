"""What anybody may see without signing in: the open places, and the way to say what one thinks."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qinghe.edges.web import limits, pages
from qinghe.edges.web.requests import Request
from qinghe.systems.venues import forms, queries, services

VISITOR = "现场访客"
LOOKS, RATINGS, HOUR = 240, 5, 3600
# The one page that may ask the telephone where it is: on a tap, and the answer never leaves it.
WITH_PLACE = "camera=(), geolocation=(self), microphone=(), payment=()"


@require_safe
def public(request: Request) -> HttpResponse:
    """Show the open places by street; a tap sorts them by distance, on the telephone itself."""
    limits.check(request, what="venues", most=LOOKS)
    kind = request.GET.get("kind", "")
    response = pages.page(
        request,
        "venues/public.html",
        title="附近阵地",
        kinds=queries.kinds(request.actor),
        kind=kind,
        streets=queries.by_street(request.actor, kind=kind, at=timezone.now()),
    )
    response["Permissions-Policy"] = WITH_PLACE
    return response


@never_cache
def rate(request: Request, venue_code: str) -> HttpResponse:
    """Take what a visitor thinks of a place; five an hour from one address."""
    found = get_object_or_404(queries.open_venues(request.actor), code=venue_code)
    form = forms.RateForm(request.POST or None)
    is_done = False
    if form.is_valid():
        limits.check(request, what=f"rate:{found.pk}", most=RATINGS, seconds=HOUR)
        with pages.refusals_on(form):
            services.rate(venue=found, **form.cleaned_data, at=timezone.now(), by=VISITOR)
            is_done = True
    return pages.page(
        request,
        "venues/rate.html",
        status=422 if form.errors else 200,
        title=f"评价{found.name}",
        venue=found,
        form=form,
        done=is_done,
        told=queries.told_of(request.actor, [found], at=timezone.now())[found.pk],
        words=queries.shown_words(request.actor, found),
    )

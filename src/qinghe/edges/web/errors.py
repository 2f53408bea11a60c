"""What a page says when it cannot do what was asked: what happened, what was kept, what to do."""

import sys
from urllib.parse import urlsplit, urlunsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme

from qinghe.lib.verdicts import Refused

from . import outages

NO_FACTS = "no_facts"
STATUS = {"not_allowed": 403, "too_often": 429}


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Show a refusal: 403 for a lack of rights, 404 for what is unknown, 429 for haste, else 409.

    That nothing was counted yet is no refusal: a page of figures then says when there will be some.
    """
    status = _status(refusal.code)
    context = {"status": status, "reason": refusal.reason, **_ways_out(request)}
    if getattr(request, "htmx", None):
        return render(request, "web/parts/refused.html", context, status=status)
    if refusal.code == NO_FACTS:
        return render(request, "web/no_figures.html", context)
    return render(request, "web/refused.html", context, status=status)


def without_a_post(request: HttpRequest) -> HttpResponse:
    """Tell somebody who is signed in but holds no role today why there is nothing to see."""
    return render(request, "web/without_a_post.html", status=403)


def too_large(request: HttpRequest) -> HttpResponse:
    """Say that what was sent is too large."""
    return render(request, "413.html", status=413)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a page had grown too old to be sent; `reason` is Django's, for its log."""
    return render(request, "403_csrf.html", _ways_out(request), status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that the request could not be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that the actor may not."""
    return render(request, "403.html", _ways_out(request), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here, or nothing in the actor's sight."""
    return render(request, "404.html", _ways_out(request), status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something failed, with nothing on the page that could fail again.

    Django calls this while it handles the error. A database or a disk that is away is no fault of
    the page: it is told apart, so that people know what became of what they sent (bars 3, 5 and 8).
    """
    if outage := outages.behind(sys.exception()):
        return outages.answer(request, outage)
    return HttpResponse(render_to_string("500.html"), status=500)


def _ways_out(request: HttpRequest) -> dict[str, str]:
    """Say where somebody came from, if it was a page of this house and not the one that refused."""
    came_from = request.headers.get("Referer", "")
    parts = urlsplit(came_from)
    back = urlunsplit(("", "", parts.path, parts.query, ""))
    ours = url_has_allowed_host_and_scheme(came_from, allowed_hosts={request.get_host()})
    # A path may begin like another host: //elsewhere.example.
    if not ours or not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return {}
    if request.method == "GET" and parts.path == request.path:
        return {}
    return {"back": back}


def _status(code: str) -> int:
    if code in STATUS:
        return STATUS[code]
    return 404 if code.startswith("unknown_") else 409

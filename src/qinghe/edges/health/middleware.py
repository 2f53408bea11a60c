"""Around everything: answers the probes, measures the rest, and writes one line for each request."""

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from . import metrics, slow
from .views import PROBES

SAFE = ("GET", "HEAD")
logger = logging.getLogger("qinghe.requests")


class WatchMiddleware:
    """Stands before all others, so that it sees what they refuse too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a probe; else have it answered, and measure that."""
        if request.method in SAFE and (probe := PROBES.get(request.path)):
            return probe(request)
        started = time.perf_counter()
        with metrics.UNDER_WAY.track_inprogress(), slow.watched() as counted:
            response = self.get_response(request)
        _note(request, response, seconds=time.perf_counter() - started, counted=counted)
        return response


def _note(
    request: HttpRequest, response: HttpResponseBase, *, seconds: float, counted: slow.Counted
) -> None:
    found = request.resolver_match
    view = found.view_name if found else ""
    method, status = request.method or "", response.status_code
    metrics.note(view=view, method=method, status=status, seconds=seconds, counted=counted)
    if not logger.isEnabledFor(logging.INFO):
        return
    told = {
        "view": view or "none",
        "method": method[:10],
        "status": status,
        "ms": round(seconds * 1000),
        "statements": counted.statements,
        "account": _account(request),
        "request_id": response.headers.get("X-Request-ID", "-"),
    }
    logger.info("answered", extra=told)


def _account(request: HttpRequest) -> int:
    """Return the number of the account that asked, if its session was looked at at all."""
    user = request.__dict__.get("user")
    return getattr(user, "pk", None) or 0

"""The demo's door: whoever holds the address printed on the machine may look through any role."""

import secrets

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from qinghe.edges.accounts import guard
from qinghe.kernel.notices import queries as notices

from . import queries

FIRST_PAGE = "/report/?org=440307&period=2022H1&computed=1"
BACKEND = "qinghe.edges.accounts.backends.Backend"
LATEST = 50  # messages shown of what a demo would have sent
SESSION_KEY = "demo_visitor"


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Sign a visitor in as the district officer and show the report."""
    mark = queries.mark()
    if mark is None or not secrets.compare_digest(mark.token, token):
        raise Http404
    return _as(request, account_id=queries.cast()[0].account_id, to=FIRST_PAGE)


def choose(request: HttpRequest) -> HttpResponse:
    """Show a visitor whom to look through."""
    _check_visitor(request)
    return render(request, "demo/choose.html", {"cast": queries.cast()})


def outbox(request: HttpRequest) -> HttpResponse:
    """Show a visitor what this demo would have sent: nothing leaves it."""
    _check_visitor(request)
    return render(request, "demo/outbox.html", {"sent": notices.outgoing()[:LATEST]})


@require_POST
def look_as(request: HttpRequest, account_id: int) -> HttpResponse:
    """Let a visitor look through another role."""
    _check_visitor(request)
    return _as(request, account_id=account_id, to="/")


def _check_visitor(request: HttpRequest) -> None:
    if not (queries.is_demo() and request.session.get(SESSION_KEY)):
        raise Http404


def _as(request: HttpRequest, *, account_id: int, to: str) -> HttpResponse:
    account = queries.account(account_id)
    if account is None:
        raise Http404
    request.session.flush()
    login(request, account.user, backend=BACKEND)
    request.session[SESSION_KEY] = True
    request.session[guard.DOOR] = True
    return redirect(to)

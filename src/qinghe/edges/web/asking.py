"""Asking a list once more, by its address, as somebody: for an export, now or in a job."""

from datetime import datetime

from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.models import AnonymousUser, User
from django.contrib.sessions.backends.base import SessionBase
from django.http import Http404, QueryDict
from django.urls import resolve
from django_htmx.middleware import HtmxDetails

from qinghe.kernel.access.actors import Actor
from qinghe.lib import periods

from . import scope
from .export import Ledger, Taker
from .requests import Request

ELSEWHERE = ("//", "/accounts/", "/api/", "/demo/", "/static/")  # no lists, and not to be asked


def ledger_at(address: str, *, actor: Actor, user: User | AnonymousUser, at: datetime) -> Ledger:
    """Return what the list at this address holds for this actor.

    Raises Http404 when there is no list, or none that this actor may see; Refused as the list does.
    """
    path, _, query = address.partition("?")
    if not path.startswith("/") or path.startswith(ELSEWHERE) or not actor.holdings:
        raise Http404
    match = resolve(path)
    request = _request(path, query)
    request.user, request.actor, request.resolver_match = user, actor, match
    request.scope = scope.chosen(
        actor=actor, query=request.GET, session=request.session, today=periods.local_day(at)
    )
    taker = Taker()
    request.taker = taker
    try:
        match.func(request, *match.args, **match.kwargs)
    except ReauthenticationRequired:  # no list asks for it, and this request leads to no form
        raise Http404 from None
    if taker.ledger is None:
        raise Http404
    return taker.ledger


def _request(path: str, query: str) -> Request:
    request = Request()
    request.method, request.path, request.path_info = "GET", path, path
    request.GET = QueryDict(query)
    request.META = {"SERVER_NAME": "localhost", "SERVER_PORT": "80", "QUERY_STRING": query}
    request.session = SessionBase()
    request.htmx = HtmxDetails(request)
    return request

"""Between who somebody is and what they see: is the session still good, and was enough shown?"""

from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from qinghe.edges.api import errors as api
from qinghe.edges.web import errors
from qinghe.edges.web.requests import Request
from qinghe.kernel.access.queries import NOBODY
from qinghe.lib.verdicts import Refused

from . import guard, trail
from .guard import Held

OWN = "/accounts/"
API = "/api/"
OPEN = (OWN, "/static/", "/healthz", "/favicon.ico")
# What a visitor of a demo may do with an account that many look through.
DOOR_MAY = ("/accounts/security/", "/accounts/logout/", "/accounts/login/")


class GuardMiddleware:
    """Ends sessions that are over, asks for what is missing, and keeps pages out of caches."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        """Answer, or lead to what has to be done first."""
        user = request.user
        if not isinstance(user, User):
            if request.session.get(SESSION_KEY):
                request.session.flush()  # the account is disabled or gone
            return self.get_response(request)
        if reason := guard.why_over(request, request.actor):
            return _over(request, user=user, reason=reason)
        guard.note_seen(request)
        response = self._guarded(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store, private"
        return response

    def _guarded(self, request: Request) -> HttpResponseBase:
        held = guard.held_back(request, request.actor)
        request.held_back = held
        if held and not request.path.startswith(OPEN):
            return _led_to(request, held)
        changes_account = request.path.startswith(OWN) and not request.path.startswith(DOOR_MAY)
        if changes_account and guard.came_by_the_door(request):
            return errors.refused(request, AT_THE_DOOR)
        return self.get_response(request)


AT_THE_DOOR = Refused(
    "not_allowed", "这是演示身份，很多人共用，不能修改它的安全设置；没有任何改动。"
)


def _over(request: Request, *, user: User, reason: str) -> HttpResponse:
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    request.user, request.actor = AnonymousUser(), NOBODY
    trail.tell("sign_out", user=user, reason=reason)
    if request.path.startswith(API):
        return api.problem(code="signed_out", title=reason, status=401)
    messages.warning(request, reason)
    return _go(request, reverse("account_login"))


def _led_to(request: Request, held: Held) -> HttpResponse:
    if request.path.startswith(API):
        return api.problem(code=held.code, title=held.reason, status=403)
    return _go(request, held.url)


def _go(request: Request, url: str) -> HttpResponse:
    if request.htmx:
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)

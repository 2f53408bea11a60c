"""What every request to the API passes, and in which shape every failure leaves it."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from qinghe.edges.web.requests import Request
from qinghe.kernel.audit import asking
from qinghe.lib.verdicts import Refused

from . import bearers, errors, limits, once

PREFIX = "/api/"


class ProblemMiddleware:
    """Gives every failure under /api/ one shape, also those that no operation answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        response = self.get_response(request)
        return errors.in_shape(response) if request.path.startswith(PREFIX) else response


class ApiMiddleware:
    """Knows who asks by a token, counts requests, and does a repeated POST once."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        """Answer, or refuse before any operation begins."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        now = timezone.now()
        try:
            who = _known(request)
        except Refused as refusal:
            return errors.refused(refusal)
        if seconds := limits.seconds_to_wait(who=who, method=request.method or "", at=now):
            answer = errors.refused(limits.refusal(seconds))
            answer["Retry-After"] = str(seconds)
            return answer
        user = request.user
        if request.method == "POST" and once.HEADER in request.headers and isinstance(user, User):
            return once.answer(request, user=user, at=now, work=self.get_response)
        return self.get_response(request)


def _known(request: Request) -> str:
    """Find out who asks, and return under which name they are counted. Raises Refused: bad_token."""
    now = timezone.now()
    request.by_token = False
    token = bearers.token_in(request, at=now)
    if token is not None:
        request.actor, request.user = bearers.actor_of(token, at=now), token.user
        request.by_token = True
        asking.is_account(token.user_id)
        return f"token-{token.pk}"
    if request.user.is_authenticated:
        return f"account-{request.user.pk}"
    return f"address-{asking.current().address}"

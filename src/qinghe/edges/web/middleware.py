"""Who asks, and about what: settled before any view runs."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from qinghe.kernel.access import queries as access
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

from . import errors, scope
from .requests import Request

LARGEST = 2**63 - 1  # of the numbers of rows
# What nobody has to sign in for. The API answers for itself.
PUBLIC = [
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/inactive/",
    "/accounts/2fa/",
    "/accounts/keys/login/",
    "/accounts/password/new/",
    "/accounts/by/",
    "/api/",
    "/favicon.ico",
    "/health/live",
    "/health/ready",
    "/healthz",
    "/join/",
    "/metrics",
    "/register/",
    "/static/",
    "/training/public/",
    "/venues/public/",
    "/volunteering/public/",
]
# What is about oneself: whoever is signed in may open it, with a post or without.
PERSONAL = [
    "/accounts/",
    "/appraisals/mine/",
    "/branches/mine/",
    "/cadres/mine/",
    "/dashboard/mine/",
    "/help/",
    "/inbox/",
    "/joining/mine/",
    "/me/",
    "/notices/",
    "/rolls/mine/",
    "/training/mine/",
    "/transfers/mine/",
    "/venues/mine/",
    "/volunteering/mine/",
]


class ActorMiddleware:
    """Gives each request its actor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        """Answer, knowing who asks."""
        if "%00" in request.META.get("QUERY_STRING", "") or "\0" in request.path:
            return errors.bad_request(request)  # no text here holds one, and PostgreSQL takes none
        now = timezone.now()
        request.actor = access.actor_of(request.user, periods.local_day(now), at=now)
        request.counts = request.held_back = None
        return self.get_response(request)


class ScopeMiddleware:
    """Gives each request its scope, keeps strangers out, answers what is refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        """Answer, or send to sign-in, or say why not."""
        if request.path.startswith(tuple(PUBLIC)):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        if request.held_back:
            return self.get_response(request)  # with nothing around that cannot be opened yet
        if not request.actor.holdings:
            personal = request.path == "/" or request.path.startswith(tuple(PERSONAL))
            return self.get_response(request) if personal else errors.without_a_post(request)
        try:
            request.scope = scope.chosen(
                actor=request.actor,
                query=request.GET,
                session=request.session,
                today=periods.local_day(timezone.now()),
            )
        except Refused as refusal:
            return errors.refused(request, refusal)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, arguments: object, names: dict[str, object]
    ) -> None:
        """Find nothing under a number that no table holds: some questions would break on it."""
        if any(isinstance(value, int) and value > LARGEST for value in names.values()):
            raise Http404

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show a refusal that no form took as a page with its reason."""
        return errors.refused(request, exception) if isinstance(exception, Refused) else None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    sign_in = reverse("account_login")
    if getattr(request, "htmx", None):
        return HttpResponse(status=204, headers={"HX-Redirect": sign_in})
    if request.path == "/":
        return redirect(sign_in)
    return redirect(f"{sign_in}?{urlencode({'next': request.get_full_path()})}")

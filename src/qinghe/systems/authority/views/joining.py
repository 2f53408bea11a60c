"""The public page on which somebody invited opens their account."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import asking
from qinghe.systems.authority import forms, services

MOST_WRONG_CODES = 10
WITHIN_SECONDS = 600


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Request, code: str) -> HttpResponse:
    """Show who invites to what, and open the account of whoever holds the code."""
    if request.user.is_authenticated:
        return pages.page(request, "authority/join_signed_in.html", status=409)
    if _wrong_codes(request) >= MOST_WRONG_CODES:
        return pages.page(request, "authority/join_too_often.html", status=429)
    at = timezone.now()
    invitation = access.open_invitation(code=code, at=at)
    if invitation is None:
        _count_wrong_code(request)
        return pages.page(request, "authority/join_unusable.html", status=404)
    form = forms.JoinForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            user = services.join(
                code=code,
                username=form.cleaned_data["username"],
                password=form.cleaned_data["password"],
                at=at,
                by=Actor(invitation.person_id, invitation.person.name),
            )
            record_authentication(request, user, "password", username=user.username)
            get_adapter(request).login(request, user)
            return redirect("web:home")
    wrong = form.is_bound and bool(form.errors)
    return pages.page(
        request,
        "authority/join.html",
        status=422 if wrong else 200,
        invitation=invitation,
        form=form,
    )


def _key(request: Request) -> str:
    address = asking.current().address or request.META.get("REMOTE_ADDR", "")
    return f"join-wrong-codes:{address}"


def _wrong_codes(request: Request) -> int:
    return int(cache.get(_key(request), 0))


def _count_wrong_code(request: Request) -> None:
    if not cache.add(_key(request), 1, WITHIN_SECONDS):
        cache.incr(_key(request))

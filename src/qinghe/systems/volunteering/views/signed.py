"""The page on which anybody checks words that the house has signed, and the keys to do it elsewhere."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from qinghe.edges.web import limits, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.secrets import signing
from qinghe.systems.volunteering import forms, queries

from .own_certificates import CHECKING


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_signed(request: Request) -> HttpResponse:
    """Tell anybody who holds the signed words of a certificate whether we signed just these."""
    form = forms.SignedForm(request.POST or None)
    found, asked = None, form.is_valid()
    if asked:
        limits.check(request, what=CHECKING)
        found = queries.genuine(request.actor, form.cleaned_data["text"])
    return pages.page(
        request,
        "volunteering/check_signed.html",
        status=422 if form.errors else 200,
        title="志愿服务凭证验签",
        form=form,
        asked=asked,
        found=found,
    )


@require_safe
def signing_keys(request: HttpRequest) -> HttpResponse:
    """Publish the keys by which anybody checks our signatures without asking us."""
    return JsonResponse(
        {"algorithm": "Ed25519", "keys": signing.public_keys()},
        headers={"Cache-Control": "public, max-age=3600"},
    )

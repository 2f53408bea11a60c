"""How the API says no: one shape for every refusal (RFC 9457)."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, ValidationError

from qinghe.lib.verdicts import Refused

STATUS = {"not_allowed": 403}


def problem(*, code: str, title: str, status: int) -> JsonResponse:
    """Return one problem document."""
    body = {"type": f"/problems/{code}", "title": title, "status": status}
    return JsonResponse(body, status=status, content_type="application/problem+json")


def install(api: NinjaAPI) -> None:
    """Make every failure of this API answer with a problem document."""

    @api.exception_handler(Refused)
    def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
        status = STATUS.get(refusal.code, 409)
        return problem(code=refusal.code, title=refusal.reason, status=status)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(code="not_found", title="没有找到，或者不在您可见的范围内。", status=404)

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = "、".join(sorted({str(part["loc"][-1]) for part in error.errors}))
        title = f"请求内容不合格式，没有任何改动：请检查{fields}。"
        return problem(code="malformed", title=title, status=422)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return problem(code="not_signed_in", title="请先登录。", status=401)

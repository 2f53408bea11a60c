"""How the API says no: one shape for every refusal (RFC 9457)."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from qinghe.lib.verdicts import Refused

MEDIA_TYPE = "application/problem+json"
STATUS = {
    "not_allowed": 403,
    "bad_token": 401,
    "malformed": 422,
    "other_request": 422,
    "too_many": 429,
    "too_often": 429,
}
# What the API's answers say when no rule of ours chose the words.
WORDS = {
    400: ("malformed", "请求内容读不懂，没有任何改动；请核对格式后再发。"),
    401: ("not_signed_in", "请先登录。"),
    403: ("not_allowed", "这项请求不被允许，没有任何改动。"),
    404: ("not_found", "没有找到，或者不在您可见的范围内。"),
    405: ("wrong_method", "这个地址不接受这种请求方法，没有任何改动。"),
    411: ("no_length", "请求没有说明大小，没有接收。"),
    413: ("too_large", "请求内容过大，没有接收。"),
    415: ("wrong_type", "请求内容的类型不被接受，没有任何改动。"),
    429: ("too_many", "请求过于频繁，没有任何改动；请稍后再试。"),
    503: ("too_crowded", "现在访问的人太多，这次没有办理，没有任何改动；请稍后再试。"),
    500: ("broken", "系统出现故障，没有任何改动；请稍后再试，仍不行请联系系统管理员。"),
}
# A program may also be refused what its holder may do: the holder should know where to look.
LOOK_HERE = "令牌只能办理生成时勾选的权限，可在“接口令牌”里核对。"
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate", "X-Request-ID")


def problem(*, code: str, title: str, status: int) -> JsonResponse:
    """Return one problem document."""
    body = {"type": f"/problems/{code}", "title": title, "status": status}
    answer = JsonResponse(body, status=status, content_type=MEDIA_TYPE)
    if status == 401:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def refused(refusal: Refused) -> JsonResponse:
    """Return a refusal as a problem document."""
    unknown = refusal.code.startswith("unknown_")
    status = STATUS.get(refusal.code, 404 if unknown else 409)
    return problem(code=refusal.code, title=refusal.reason, status=status)


def in_shape(response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer as it is, or as a problem document when it is a failure of another shape."""
    told = response.headers.get("Content-Type", "")
    if response.status_code < 400 or told.startswith(MEDIA_TYPE):
        return response
    status = response.status_code
    if outage := getattr(response, "outage", None):
        code, title = outage.code, outage.reason
    else:
        code, title = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    shaped = problem(code=code, title=title, status=status)
    for name in KEPT_HEADERS:
        if name in response.headers:
            shaped[name] = response.headers[name]
    return shaped


def install(api: NinjaAPI) -> None:
    """Make every failure of this API answer with a problem document."""

    @api.exception_handler(Refused)
    def not_done(request: HttpRequest, refusal: Refused) -> HttpResponse:
        if refusal.code == "not_allowed" and getattr(request, "by_token", False):
            return refused(Refused(refusal.code, f"{refusal.reason}{LOOK_HERE}"))
        return refused(refusal)

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return _plain(404)

    @api.exception_handler(ValidationError)
    def malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
        fields = "、".join(sorted({str(part["loc"][-1]) for part in error.errors}))
        title = f"请求内容不合格式，没有任何改动：请检查{fields}。"
        return problem(code="malformed", title=title, status=422)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return _plain(401)

    @api.exception_handler(HttpError)
    def other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return _plain(error.status_code)


def _plain(status: int) -> HttpResponse:
    code, title = WORDS.get(status, WORDS[400])
    return problem(code=code, title=title, status=status)

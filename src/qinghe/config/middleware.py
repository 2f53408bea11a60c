"""What every request passes before anything of it is read."""

import ipaddress
import logging
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from qinghe.kernel.audit import asking

from .engines.postgresql import patience
from .serving import WAITED

Answer = Callable[[HttpRequest], HttpResponse]

COME_AGAIN = 5  # seconds
PAGE = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8">'
    "<title>未接收</title><h1>未接收</h1><p>{sentence}</p></html>"
)


class PatienceMiddleware:
    """Has nobody wait for a database that keeps silent (docs/adr/0088)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, with seconds for each answer of the database."""
        with patience.no_longer_than(patience.ANSWER):
            return self.get_response(request)


class BodyLimitMiddleware:
    """Refuses a body that is too large, or of untold size, before reading it."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse by the size the request announces."""
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            return _refuse(411, "请求没有说明大小，未接收，原有数据没有改动；请换用浏览器上传。")
        announced = request.headers.get("Content-Length", "") or "0"
        if not announced.isdecimal() or int(announced) > settings.MAX_UPLOAD_BYTES:
            most = settings.MAX_UPLOAD_BYTES // 1024 // 1024
            return _refuse(
                413, f"文件超过 {most} MB，未接收，原有数据没有改动；请拆成几个小文件再上传。"
            )
        return self.get_response(request)


class CrowdMiddleware:
    """Refuses what stood in line for a thread too long, before it costs anything (docs/adr/0078)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, unless too many came at once; then say when to come again."""
        if request.META.get(WAITED, 0.0) <= settings.LONGEST_WAIT_SECONDS:
            return self.get_response(request)
        answer = _refuse(
            503, f"现在访问的人太多，这次没有办理，原有数据没有改动；请过{COME_AGAIN}秒再试一次。"
        )
        answer["Retry-After"] = str(COME_AGAIN)
        # Metrics count it. A line in the log for each of thousands would cost more than it tells.
        answer._has_been_logged = True  # type: ignore[attr-defined]  # Django's own mark
        return answer


class PermissionsPolicyMiddleware:
    """Keeps every page from camera, microphone and place, but one that says what it needs."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policy."""
        response = self.get_response(request)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response


class AskerMiddleware:
    """Tells the audit trail and the log who sends a request, from where, and under which id."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the id of the request, which its entries and log lines carry too."""
        asker = asking.Asker(
            address=client_address(request),
            request_id=uuid.uuid4().hex,
            account_id=request.user.pk or 0,
        )
        with asking.asked_by(asker):
            response = self.get_response(request)
        response["X-Request-ID"] = asker.request_id
        return response


class RequestFilter(logging.Filter):
    """Puts the id of the request on each line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the id, unless the line has it already; nothing is left out."""
        if not hasattr(record, "request_id"):
            record.request_id = asking.current().request_id or "-"
        return True


def client_address(request: HttpRequest) -> str:
    """Return the address that a request came from.

    X-Forwarded-For says whatever its sender likes, so only as many of its last words count as
    there are proxies of ours in front; with none, the other end of the connection is the client.
    """
    ours = settings.TRUSTED_PROXIES
    passed = [word.strip() for word in request.headers.get("X-Forwarded-For", "").split(",")]
    connected = request.META.get("REMOTE_ADDR", "")
    told = passed[-ours] if 0 < ours <= len(passed) else connected
    return _as_address(told) or _as_address(connected)


def _as_address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return ""


def _refuse(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(PAGE.format(sentence=sentence), status=status)

"""What every request passes before anything of it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

PAGE = (
    '<!doctype html><html lang="zh-Hans"><meta charset="utf-8">'
    "<title>未接收</title><h1>未接收</h1><p>{sentence}</p></html>"
)


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


class PermissionsPolicyMiddleware:
    """Keeps every page from camera, microphone and place."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the policy."""
        response = self.get_response(request)
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=()"
        return response


def _refuse(status: int, sentence: str) -> HttpResponse:
    return HttpResponse(PAGE.format(sentence=sentence), status=status)

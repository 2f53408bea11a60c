"""Answers for watchdogs, load balancers and Prometheus; and the page for the system administrator."""

import ipaddress
import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request

from . import metrics, probes
from .access import Act

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")
TAGS = {
    probes.State.OK: pages.Tag("正常", pages.Tone.GOOD),
    probes.State.WARN: pages.Tag("需要处理", pages.Tone.WAIT),
    probes.State.FAILED: pages.Tag("没有通过", pages.Tone.LATE),
}
WHOLE = {
    probes.State.OK: "平台运行正常。",
    probes.State.WARN: "平台在运行，有需要处理的事项，见下表。",
    probes.State.FAILED: "有一项没有通过，请先处理它。",
}


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer, without asking anything else: this process serves."""
    return _plain(JsonResponse({"live": True}))


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Tell whether requests may be sent here; what is wrong is told to insiders only."""
    found = probes.ask_all(timezone.now())
    is_ready = probes.is_ready(found)
    told: dict[str, object] = {
        "ready": is_ready,
        "state": probes.worst(found),
        "checks": {each.probe.code: each.answer.state for each in found},
    }
    if is_insider(request):
        told["told"] = {
            each.probe.code: {"words": each.answer.words, "value": each.answer.value}
            for each in found
        }
    in_chinese = {"ensure_ascii": False}
    return _plain(JsonResponse(told, status=200 if is_ready else 503, json_dumps_params=in_chinese))


@require_safe
def scrape(request: HttpRequest) -> HttpResponse:
    """Give Prometheus what is measured; to anybody else there is nothing here."""
    if not is_insider(request):
        return _plain(HttpResponse(status=404))
    return _plain(HttpResponse(metrics.text(), content_type=CONTENT_TYPE_LATEST))


@require_safe
def status(request: Request) -> HttpResponse:
    """Show the system administrator how the platform runs, and what to do where it does not."""
    doors.require_anywhere(request.actor, Act.SEE)
    now = timezone.now()
    found = probes.ask_all(now)
    return pages.page(
        request,
        "health/status.html",
        title="运行状态",
        whole=WHOLE[probes.worst(found)],
        rows=[(each.probe.label, TAGS[each.answer.state], each.answer.words) for each in found],
        at=now,
    )


def is_insider(request: HttpRequest) -> bool:
    """Test if it comes from this machine, not through a proxy, or shows the token where one is set."""
    token = settings.QINGHE_METRICS_TOKEN
    if token:
        shown = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return secrets.compare_digest(shown.encode(), token.encode())
    passed_on = any(name in request.META for name in FORWARDED)
    return not passed_on and _is_loopback(request.META.get("REMOTE_ADDR", ""))


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == ""  # a Unix socket: whoever reaches it is on this machine


def _plain(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


# Answered before anything else is asked of a request: a probe knows no host name and has no session.
PROBES = {"/health/live": live, "/health/ready": ready, "/metrics": scrape}

"""The door of a session on the leader's phone and on a screen; goes on without a network (ADR 0036)."""

from datetime import datetime

from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Session, SessionState

WORKER = "volunteering/spot-worker.js"
CAMERA = "camera=(self), geolocation=(self), microphone=(), payment=()"


def ways_in(request: Request, found: Session) -> list[pages.Action]:
    """Return the ways from a session's page to its door, for those who keep it."""
    if not actors.may(request.actor, Act.CHECK_IN, at=found.org):
        return []
    if found.state != SessionState.PUBLISHED:
        return []
    key = [found.pk]
    return [
        pages.Action("现场签到", reverse("volunteering:spot", args=key), primary=True),
        pages.Action("大屏动态码", reverse("volunteering:spot_screen", args=key)),
        pages.Action("签到位置", reverse("volunteering:spot_place", args=key)),
    ]


@require_safe
def spot(request: Request, session_id: int) -> HttpResponse:
    """Show the door on a phone: cards are scanned, the roster is ticked, the code is shown.

    The page says nothing about any person: it is what a device keeps for later.
    """
    return _door(request, session_id, template="volunteering/spot.html")


@require_safe
def spot_screen(request: Request, session_id: int) -> HttpResponse:
    """Show the code alone, for a screen that all see."""
    return _door(request, session_id, template="volunteering/spot_screen.html")


@never_cache
@require_safe
def spot_kept(request: Request, session_id: int) -> JsonResponse:
    """Tell a device what it needs for the next hours: codes of this session, and numbers."""
    found = _kept_by(request, session_id)
    now = timezone.now()
    step = rules.step_at(now) - rules.EITHER_SIDE
    last = rules.step_at(min(now + rules.AHEAD, _closes(found)))
    codes = {
        kind: [rules.Code(found.pk, kind, one) for one in range(step, last + 1)]
        for kind in rules.KINDS
    }
    return JsonResponse(
        {
            "session": found.pk,
            "person": request.actor.person_id,
            "now": int(now.timestamp() * 1000),
            "step": step,
            "codes": {
                kind: [queries.code_text(request.actor, one) for one in codes[kind]]
                for kind in codes
            },
            "digits": {
                kind: [queries.digits_of(request.actor, one) for one in codes[kind]]
                for kind in codes
            },
            "address": _address(request),
            "numbers": [
                {"number": one.number, "inside": one.is_inside, "come": one.has_come}
                for one in queries.expected_at(request.actor, found, now)
            ],
            "token": get_token(request),
        }
    )


def spot_place(request: Request, session_id: int) -> HttpResponse:
    """Say where a session is, and how near one has to be to check oneself in."""
    found = _kept_by(request, session_id)
    initial = {
        "latitude": found.latitude,
        "longitude": found.longitude,
        "metres": found.place_check_metres,
    }
    form = forms.PlaceCheckForm(request.POST if request.method == "POST" else None, initial=initial)
    back = reverse("volunteering:session", args=[found.pk])

    def do() -> str:
        services.set_place_check(
            session=found, new=form.as_new(), at=timezone.now(), by=request.actor
        )
        return back

    return pages.act_page(
        request,
        title=f"{found.title}的签到位置",
        form=form,
        do=do,
        note="设了范围后，本人扫动态码签到时要核对位置；负责人扫志愿者卡不核对。"
        "位置只保留到约100米，供核查使用。",
        back=pages.Link(found.title, back),
    )


@require_safe
def spot_worker(request: Request) -> HttpResponse:
    """Send the script that keeps the door's pages on a device; its address is its reach."""
    path = finders.find(WORKER)
    with open(str(path), encoding="utf-8") as script:
        answer = HttpResponse(script.read(), content_type="text/javascript; charset=utf-8")
    answer["Cache-Control"] = "no-cache"
    return answer


def _door(request: Request, session_id: int, *, template: str) -> HttpResponse:
    found = _kept_by(request, session_id)
    starts, ends = timezone.localtime(found.starts_at), timezone.localtime(found.ends_at)
    answer = pages.page(
        request,
        template,
        title=found.title,
        session=found,
        when=f"{starts:%Y-%m-%d %H:%M} 至 {ends:%H:%M}",
        kinds=rules.KINDS.items(),
    )
    answer["Permissions-Policy"] = CAMERA
    return answer


def _kept_by(request: Request, session_id: int) -> Session:
    """Find a session whose door this actor keeps, and which takes place."""
    found = queries.session_in_sight(request.actor, session_id)
    if found is None:
        raise Http404
    actors.require(request.actor, Act.CHECK_IN, at=found.org)
    rules.check_takes_part(cancelled=found.state == SessionState.CANCELLED, registered=True)
    return found


def _closes(found: Session) -> datetime:
    return rules.Frame(found.starts_at, found.ends_at).closes_at


def _address(request: Request) -> str:
    return request.build_absolute_uri(reverse("volunteering:own_scan"))

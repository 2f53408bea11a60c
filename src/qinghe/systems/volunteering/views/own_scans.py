"""A volunteer at the door: the code is scanned with the phone's own camera, then one tap."""

from datetime import datetime, timedelta
from uuid import uuid4

import segno
from django.conf import settings
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qinghe.edges.web import limits, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.queries import Session, Volunteer

from .spot import CAMERA

SALT = "volunteering.seen"
PHONE, PHONE_LENGTH, A_YEAR = "qinghe_phone", 40, timedelta(days=365)
WORDS = {
    "in": "已签到。离开时请扫签退码，签退后计算时长。",
    "out": "已签退，服务时长已计算。",
}


@never_cache
@require_safe
def own_card(request: Request) -> HttpResponse:
    """Show one's card: number, name, star, and the QR that a leader scans."""
    volunteer = _own(request)
    drawn = segno.make(queries.card_text(request.actor, volunteer.number), error="m")
    stars = queries.stars_of(request.actor, [volunteer.pk], local_day(timezone.now()))
    return pages.page(
        request,
        "volunteering/own_card.html",
        title="我的志愿者卡",
        volunteer=volunteer,
        star=stars.get(volunteer.pk, 0),
        # drawn by segno from our own text
        picture=mark_safe(drawn.svg_inline(border=2, omitsize=True)),  # noqa: S308
    )


@never_cache
def own_scan(request: Request) -> HttpResponse:
    """Check oneself in by the six digits on the screen, where a camera fails."""
    volunteer = _own(request)
    form = forms.DigitsForm(request.POST or None)
    if not form.is_valid():
        return _page(request, form=form, status=422 if form.errors else 200)
    try:
        code = _typed(request, form.cleaned_data)
        found = get_object_or_404(queries.sessions_with_a_code(request.actor), pk=code.session_id)
        answer = _record(request, found, volunteer, code=code, form=form)
    except Refused as refusal:
        return _said_no(request, refusal, form=form)
    return _done(request, found, code=code, answer=answer)


@never_cache
def own_scan_code(request: Request, scan_code: str) -> HttpResponse:
    """Show what the scanned code is for; a tap checks in or out. The tap may take two minutes."""
    volunteer = _own(request)
    form = forms.OwnScanForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    try:
        seen_at = _seen_at(request, scan_code, now=now)
        code = _read(request, scan_code, at=seen_at)
        found = get_object_or_404(queries.sessions_with_a_code(request.actor), pk=code.session_id)
        if form.is_valid():
            answer = _record(request, found, volunteer, code=code, form=form)
            return _done(request, found, code=code, answer=answer)
    except Refused as refusal:
        return _said_no(request, refusal, form=forms.DigitsForm())
    seen = signing.dumps([request.actor.person_id, scan_code, seen_at.timestamp()], salt=SALT)
    return _page(
        request,
        form=forms.OwnScanForm(initial={"seen": seen}),
        session=found,
        act=rules.KINDS[code.kind],
        place=found.place_check_metres,
        wards=queries.wards_signed(request.actor, found) if code.kind == rules.IN else [],
        leaving=[] if code.kind == rules.IN else queries.wards_inside(request.actor, found),
    )


def _own(request: Request) -> Volunteer:
    volunteer = queries.own_volunteer(request.actor)
    if volunteer is None:
        raise Refused("not_allowed", "您还不是注册志愿者，没有登记；请先在“我的”里申请注册。")
    limits.check_mistakes(request.actor.person_id, what=rules.DOOR_CODES, most=rules.MOST_WRONG)
    return volunteer


def _seen_at(request: Request, scan_code: str, *, now: datetime) -> datetime:
    """Return when this person opened this code, as the page that they tap says under our seal."""
    try:
        person_id, code, seen = signing.loads(request.POST.get("seen", ""), salt=SALT)
    except signing.BadSignature:
        return now
    opened = datetime.fromtimestamp(seen, timezone.get_default_timezone())
    ours = (person_id, code) == (request.actor.person_id, scan_code)
    return opened if ours and now - opened <= rules.TO_TAP else now


def _read(request: Request, scan_code: str, *, at: datetime) -> rules.Code:
    """Read a code and see that it is fresh. Raises Refused: bad_code, old_code, early_code."""
    try:
        code = queries.read_code(request.actor, scan_code)
    except Refused:
        limits.count_mistake(request.actor.person_id, what=rules.DOOR_CODES)
        raise
    rules.check_fresh(step=code.step, at=at)
    return code


def _typed(request: Request, given: dict[str, object]) -> rules.Code:
    """Return the code whose digits were typed, for coming or for leaving. Raises Refused: bad_code."""
    step = rules.step_at(timezone.now())
    for kind in rules.KINDS:
        try:
            return queries.code_of_digits(
                request.actor,
                str(given["digits"]),
                session_id=int(str(given["session"])),
                kind=kind,
                step=step,
            )
        except Refused as refusal:
            wrong = refusal
    limits.count_mistake(request.actor.person_id, what=rules.DOOR_CODES)
    raise wrong


def _record(
    request: Request,
    found: Session,
    volunteer: Volunteer,
    *,
    code: rules.Code,
    form: forms.OwnScanForm,
) -> services.Answer:
    return services.scan_code(
        session=found,
        code=code,
        volunteer=volunteer,
        tap=services.Tap(
            there=form.there,
            by_digits=isinstance(form, forms.DigitsForm),
            device=request.COOKIES.get(PHONE, "")[:PHONE_LENGTH],
            wards=_named(request, found),
        ),
        at=timezone.now(),
        by=request.actor,
    )


def _named(request: Request, found: Session) -> list[Volunteer]:
    """Return the children whom the guardian ticked; the six digits bring all who are signed up."""
    signed = queries.wards_signed(request.actor, found)
    if "digits" in request.POST:
        return list(signed)
    named = {key for key in request.POST.getlist("ward") if key.isdecimal()}
    return [one for one in signed if str(one.pk) in named]


def _done(
    request: Request, found: Session, *, code: rules.Code, answer: services.Answer
) -> HttpResponse:
    verdict = str(answer.finding.verdict)
    return _page(
        request,
        session=found,
        act=rules.KINDS[code.kind],
        words=WORDS[code.kind] if verdict == "recorded" else answer.finding.reason,
        done=answer,
        recorded=verdict in ("recorded", "already"),
    )


def _said_no(request: Request, refusal: Refused, *, form: forms.OwnScanForm) -> HttpResponse:
    asks = refusal.code == "place_unknown"  # then the next tap asks the browser for the place
    return _page(request, form=form, refusal=refusal.reason, asks_place=asks, status=409)


def _page(request: Request, *, status: int = 200, **shown: object) -> HttpResponse:
    context = {
        "title": "签到签退",
        "typed": isinstance(shown.get("form"), forms.DigitsForm),
        "typed_url": reverse("volunteering:own_scan"),
        **shown,
    }
    answer = render(request, "volunteering/own_scan.html", context, status=status)
    answer["Permissions-Policy"] = CAMERA
    _mark_phone(request, answer)
    return answer


def _mark_phone(request: Request, answer: HttpResponse) -> None:
    """Have a phone known again as the same, so that one that checks in many people is seen (bar 16)."""
    if PHONE not in request.COOKIES:
        answer.set_cookie(
            PHONE,
            uuid4().hex,
            max_age=A_YEAR,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )

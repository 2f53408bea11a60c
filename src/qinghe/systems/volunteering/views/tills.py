"""The page at a sponsor's till: no account, one secret address, one code at a time."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from qinghe.edges.web import limits, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.queries import CourtesyClaim, SponsorKey

COOKIE, SALT, KEPT = "courtesy_till", "volunteering.till", 180 * 24 * 60 * 60
OPENED, WRONG = "till", "till_wrong"
MOST_WRONG = 10  # bar 15
UNKNOWN = "没有这个码，或者它不是本商家的礼遇；请核对后重新输入。"


@never_cache
def till(request: Request, till_secret: str) -> HttpResponse:
    """Look a code up, show what it is for, and use it once the clerk says so."""
    limits.check(request, what=OPENED, most=300)
    key = queries.key_of(request.actor, till_secret)
    if key is None:
        raise Http404
    form = forms.TillForm(request.POST or None)
    told: dict[str, object] = {}
    if form.is_valid():
        typed = form.cleaned_data["code"]
        told = _redeemed(request, key, typed) if "redeem" in request.POST else _looked_up(
            request, key, typed
        )  # fmt: skip
        form = forms.TillForm()
    response = _page(request, key, form=form, action=request.path, told=told)
    response.set_signed_cookie(
        COOKIE, till_secret, salt=SALT, max_age=KEPT, path="/volunteering/public/courtesy/",
        secure=request.is_secure(), httponly=True, samesite="Lax",
    )  # fmt: skip
    return response


@never_cache
@require_safe
def courtesy_code(request: Request, courtesy_token: str) -> HttpResponse:
    """Answer a phone that read the QR code: at a till, what it is for; elsewhere, what to do."""
    limits.check(request, what=OPENED, most=300)
    secret = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KEPT)
    key = queries.key_of(request.actor, secret) if secret else None
    if key is None:
        return pages.page(request, "volunteering/courtesy_code.html", title="志愿者礼遇码")
    return _page(
        request,
        key,
        form=forms.TillForm(),
        action=reverse("volunteering:till", args=[secret]),
        told=_looked_up(request, key, courtesy_token),
    )


def _page(
    request: Request, key: SponsorKey, *, form: forms.TillForm, action: str, told: dict[str, object]
) -> HttpResponse:
    return pages.page(
        request,
        "volunteering/till.html",
        status=422 if form.errors else 200,
        title=f"{key.sponsor.name} 礼遇核销",
        key=key,
        form=form,
        action=action,
        told=told,
    )


def _looked_up(request: Request, key: SponsorKey, typed: str) -> dict[str, object]:
    claim = _claim(request, key, typed)
    if claim is None:
        return {"tone": "late", "verdict": "无效", "words": UNKNOWN}
    try:
        rules.check_code_works(
            state=claim.state,
            redeemed=claim.first_use,
            valid_until=claim.valid_until,
            weekdays=claim.item.weekdays,
            today=local_day(timezone.now()),
        )
    except Refused as refusal:
        return _told(request, claim, "late", "不能核销", refusal.reason)
    words = "请核对后按“确认核销”。"
    return {**_told(request, claim, "good", "可以核销", words), "code": claim.code}


def _redeemed(request: Request, key: SponsorKey, typed: str) -> dict[str, object]:
    claim = _claim(request, key, typed)
    if claim is None:
        return {"tone": "late", "verdict": "无效", "words": UNKNOWN}
    try:
        done = services.redeem_courtesy(claim=claim, at=timezone.now(), by=key)
    except Refused as refusal:
        return _told(request, claim, "late", "没有核销", refusal.reason)
    return _told(request, claim, "good", "已核销", done.first_use)


def _claim(request: Request, key: SponsorKey, typed: str) -> CourtesyClaim | None:
    """Find a code; who typed many that are none is held up for a minute, right or wrong."""
    here = limits.address_of(request)
    limits.check_mistakes(here, what=WRONG, most=MOST_WRONG)
    found = queries.claim_at(request.actor, key, typed)
    if found is None:
        limits.count_mistake(here, what=WRONG)
    return found


def _told(
    request: Request, claim: CourtesyClaim, tone: str, verdict: str, words: str
) -> dict[str, object]:
    today = local_day(timezone.now())
    return {
        "tone": tone,
        "verdict": verdict,
        "words": words,
        "item": claim.item.title,
        "about": claim.item.about,
        "name": queries.public_name(request.actor, claim.volunteer.person, today=today),
    }

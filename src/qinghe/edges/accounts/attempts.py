"""Who may try a password how often: five failures in five minutes for an account, ten a minute for
an address (bar 33, S-31), counted by allauth in the cache that all processes share.

An account is counted apart for each browser in which its owner has signed in before, so whoever
tries the name from elsewhere cannot keep the owner out; and every delay ends by itself.
"""

import re
import secrets
import time
from collections.abc import Sequence
from datetime import datetime, timedelta

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib.auth.models import User
from django.core import signing
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from qinghe.kernel.access.models import Account
from qinghe.kernel.people import queries as people
from qinghe.lib.periods import TZ

APP, FAILED = "allauth.account", "login_failed"  # under which allauth counts them
COOKIE = "qinghe_device"
SALT = "qinghe.edges.accounts.device"
REMEMBERED = 180 * 24 * 60 * 60
MOST_OWNERS = 8
PHONE = re.compile(r"1\d{10}")
DELAY = 5 * 60


def candidates(login: str) -> list[User]:
    """Return whom a typed account name or phone may mean; the password decides among them."""
    named = list(User.objects.filter(username=login))
    if named or not PHONE.fullmatch(login):
        return named
    persons = [person.pk for person in people.by_phone(login)]
    accounts = Account.objects.filter(person_id__in=persons).select_related("user")
    return [account.user for account in accounts.order_by("pk")]


def key_for(request: HttpRequest, *, login: str, users: Sequence[User]) -> str:
    """Return under which name failures of this attempt are counted."""
    if len(users) != 1:
        return f"name:{login.casefold()}"
    device = _devices(request).get(str(users[0].pk))
    return f"device:{users[0].pk}:{device}" if device else f"user:{users[0].pk}"


def remember_device(request: HttpRequest, response: HttpResponse, *, user: User) -> None:
    """Let this browser keep a counter of its own for its owner's account."""
    devices = _devices(request)
    device = devices.pop(str(user.pk), "") or secrets.token_urlsafe(16)
    kept = dict([*devices.items(), (str(user.pk), device)][-MOST_OWNERS:])
    response.set_cookie(
        COOKIE,
        signing.dumps(kept, salt=SALT),
        max_age=REMEMBERED,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
        path="/accounts/",
    )


def locked_until(request: HttpRequest, *, key: str) -> datetime:
    """Return the minute from which somebody who is locked out may try again.

    By then the oldest of the failures that fill a limit is old enough to count no more.
    """
    ends = [time.time()]
    for rate in ratelimit.get_rates(app=APP, action=FAILED):
        counted = ratelimit.get_cache_key(request, app=APP, action=FAILED, rate=rate, key=key)
        failures = cache.get(counted, [])  # the newest first
        if len(failures) >= rate.amount:
            ends.append(failures[rate.amount - 1] + rate.duration)
    return datetime.fromtimestamp(max(ends), tz=TZ) + timedelta(minutes=1)


def is_first_told(key: str) -> bool:
    """Test if this lock-out is to be written down: once for each delay, however many tries."""
    return cache.add(f"accounts:locked:{key}", "told", timeout=DELAY)


def _devices(request: HttpRequest) -> dict[str, str]:
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=REMEMBERED)
    except signing.BadSignature:
        return {}
    return dict(kept)

"""Lists from a replica, where there is one: never older than what their reader changed last.

A replica follows a moment behind. After a change the browser keeps for a while where the log of the
primary stood; a list comes from the replica only once that has arrived there. Everything else is
read where it is written: rights, forms, records, whatever is inside a transaction (ADR 0080).
"""

import re
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connection, connections
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponseBase

ALIAS = "read"
COOKIE = "qinghe_wrote"
KEPT = 10 * 60  # seconds; a replica further behind than MOST is not asked at all
MOST = 10  # seconds
REST = 15.0  # seconds until one that did not answer is asked again
UNKNOWN = "FFFFFFFF/FFFFFFFF"  # nothing has arrived yet that is newer
STANDS = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")
SAFE = ("GET", "HEAD", "OPTIONS")
# A standby that lost its primary replays nothing and looks up to date: so it must be receiving.
ARRIVED = """
SELECT pg_is_in_recovery()
   AND EXISTS (SELECT FROM pg_stat_wal_receiver)
   AND (pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
        OR clock_timestamp() - pg_last_xact_replay_timestamp() < make_interval(secs => %s))
   AND (%s = '' OR pg_last_wal_replay_lsn() >= nullif(%s, '')::pg_lsn)
"""
Row = TypeVar("Row", bound=Model)


class _Rest:
    """Until when a replica that did not answer is left alone by this process."""

    until = 0.0


def rows(request: HttpRequest, asked: QuerySet[Row]) -> QuerySet[Row]:
    """Return the rows of a list from the replica, if this reader may have them from there."""
    return asked.using(ALIAS) if _may(request) else asked


class WroteMiddleware:
    """Lets a browser keep where the log of the primary stood after its change."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        if ALIAS not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; after anything but a look, with the place."""
        response = self.get_response(request)
        if request.method not in SAFE:
            response.set_cookie(
                COOKIE,
                _stands(),
                max_age=KEPT,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def _may(request: HttpRequest) -> bool:
    if ALIAS not in settings.DATABASES or request.method not in SAFE:
        return False
    if connection.in_atomic_block or time.monotonic() < _Rest.until:
        return False
    wrote = request.COOKIES.get(COOKIE, "")
    if wrote and not STANDS.fullmatch(wrote):
        return False
    try:
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(ARRIVED, [MOST, wrote, wrote])
            found = cursor.fetchone()
    except Error:
        connections[ALIAS].close()
        _Rest.until = time.monotonic() + REST
        return False
    return bool(found and found[0])


def _stands() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_wal_insert_lsn()")
            return str(cursor.fetchone()[0])
    except Error:
        return UNKNOWN

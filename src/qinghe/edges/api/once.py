"""The same request sent twice is done once: Idempotency-Key on any POST.

The key is claimed, the work done and the answer kept in one transaction. A second request under
the same key waits at the claim until the first one stands, and is then answered from what was kept.
Only what was done is kept: a refusal changed nothing, so a repeat may try again.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from qinghe.lib.verdicts import Refused

from . import errors, models

HEADER = "Idempotency-Key"
LONGEST_KEY = 100
KEPT = timedelta(days=31)  # bar 12: scans made offline come in up to thirty days later
PATIENCE = 5  # seconds that a repeat waits for the first one, on PostgreSQL

MALFORMED = Refused(
    "malformed", f"{HEADER} 应为 1 至 {LONGEST_KEY} 个字符的可见文字，没有任何改动。"
)
OTHER = Refused(
    "other_request", "这个幂等键已用于另一项内容不同的请求，没有任何改动；请换一个新的键。"
)
UNDER_WAY = Refused("under_way", "同一个幂等键的请求正在办理，没有重复办理；请稍后再试。")


def answer(
    request: HttpRequest,
    *,
    user: User,
    at: datetime,
    work: Callable[[HttpRequest], HttpResponseBase],
) -> HttpResponseBase:
    """Answer a request under its key: by doing it, or as it was answered the first time."""
    key = request.headers[HEADER].strip()
    if not (0 < len(key) <= LONGEST_KEY and key.isprintable()):
        return errors.refused(MALFORMED)
    try:
        with transaction.atomic():
            return _claimed(request, user=user, key=key, at=at, work=work)
    except OperationalError as error:
        if not _gave_up_waiting(error):
            raise
        busy = errors.refused(UNDER_WAY)
        busy["Retry-After"] = "1"
        return busy


def _claimed(
    request: HttpRequest,
    *,
    user: User,
    key: str,
    at: datetime,
    work: Callable[[HttpRequest], HttpResponseBase],
) -> HttpResponseBase:
    _wait_no_longer_than_patience()
    asked = _fingerprint(request)
    kept, is_first = models.Answer.objects.get_or_create(
        user=user, key=key, defaults={"asked": asked, "made_at": at}
    )
    if not is_first:
        return _again(kept) if kept.asked == asked else errors.refused(OTHER)
    done = work(request)
    if not isinstance(done, HttpResponse) or done.status_code >= 300:
        if done.status_code >= 500 or connection.needs_rollback:
            transaction.set_rollback(True)
        else:
            kept.delete()
        return done
    kept.status, kept.body = done.status_code, done.content.decode()
    kept.media_type = done.headers.get("Content-Type", "")
    kept.save(update_fields=["status", "body", "media_type"])
    return done


def _again(kept: models.Answer) -> HttpResponse:
    told = HttpResponse(kept.body, status=kept.status, content_type=kept.media_type)
    told["Idempotency-Replayed"] = "true"
    return told


def _fingerprint(request: HttpRequest) -> str:
    head = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(head + _sent(request)).hexdigest()


def _sent(request: HttpRequest) -> bytes:
    """Return what was sent; of a form with files what its parts say, for each sending divides them anew."""
    if request.content_type != "multipart/form-data":
        return request.body
    parts = [f"{name}={values}" for name, values in sorted(request.POST.lists())]
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest = hashlib.sha256()
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
            parts.append(f"{name}={file.name} {digest.hexdigest()}")
    return "\n".join(parts).encode()


def _wait_no_longer_than_patience() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")


def _gave_up_waiting(error: OperationalError) -> bool:
    return any(words in str(error) for words in ("lock timeout", "database is locked"))

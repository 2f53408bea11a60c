"""The product's own application, told by each request what time it is: it lives half a year in minutes."""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from qinghe.config.wsgi import application as product

HEADER = "HTTP_X_REPLAY_AT"
_now, _of_this_thread = timezone.now, threading.local()


def application(environ: dict[str, object], start_response: Callable) -> Iterable[bytes]:
    """Answer one request at the moment that it names."""
    said = environ.get(HEADER)
    _of_this_thread.at = datetime.fromisoformat(str(said)) if said else None
    return product(environ, start_response)


def now() -> datetime:
    """Return what time it is for the request of this thread."""
    return getattr(_of_this_thread, "at", None) or _now()


timezone.now = now
settings.API_LIMITS = {"read": 10**9, "write": 10**9}

"""gunicorn's thread worker, which also tells how long a request stood in line for a thread.

A request that nobody has begun with is worth nothing to whoever has given it up already, and every
request behind it pays. `middleware.CrowdMiddleware` refuses what has waited too long, so that under
ten times the load those that are done are done in time (docs/adr/0078).
"""

import threading
import time
from collections.abc import Callable, Iterable

from gunicorn.workers.gthread import TConn, ThreadWorker

WAITED = "qinghe.waited"  # in the environment of a request; no header can put it there
Wsgi = Callable[[dict[str, object], Callable[..., object]], Iterable[bytes]]


class Worker(ThreadWorker):
    """A thread worker whose requests know how long they waited."""

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)
        self._here = threading.local()

    def load_wsgi(self) -> None:
        """Load the application, and have it told."""
        super().load_wsgi()
        self.wsgi = self._told(self.wsgi)  # type: ignore[has-type]  # gunicorn ships no types

    def enqueue_req(self, conn: TConn) -> None:
        """Put a connection that has something to read in line for a thread."""
        conn.enqueued_at = time.monotonic()
        super().enqueue_req(conn)

    def handle(self, conn: TConn) -> object:
        """Begin with what a connection sent: from here on a slow sender makes no wait of ours."""
        self._here.waited = time.monotonic() - conn.enqueued_at
        return super().handle(conn)

    def _told(self, wsgi: Wsgi) -> Wsgi:
        def answer(environ: dict[str, object], begin: Callable[..., object]) -> Iterable[bytes]:
            environ[WAITED] = self._here.waited
            return wsgi(environ, begin)

        return answer

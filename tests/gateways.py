"""Servers of other houses that a test plays: each answers as its handler says."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def listening(
    handler: type[BaseHTTPRequestHandler], **told: object
) -> Iterator[ThreadingHTTPServer]:
    """Yield a server on loopback that answers until the end; the handler finds in it what it is told."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        vars(server).update(told)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()

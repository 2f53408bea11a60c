"""What carries the house's messages outside: it answers, hangs or is not there at all, as it is told."""

import threading
from collections import Counter
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from bench._served import free_port

HANGS = 30.0  # seconds at most


class Gateway:
    """The gateways of SMS, e-mail and other houses' systems, all behind one port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.came: Counter[str] = Counter()  # letters that were begun, by their way
        self.taken: list[tuple[str, dict[str, str], bytes]] = []  # path, headers, body
        self._well = threading.Event()
        self._server: ThreadingHTTPServer | None = None
        self.answer()

    @property
    def environment(self) -> dict[str, str]:
        """Return what a house is told whose messages go here."""
        here = f"json://127.0.0.1:{self.port}"
        return {
            "QINGHE_SMS": f"{here}/sms/{{to}}",
            "QINGHE_SMTP": f"{here}/mail/{{to}}",
            "QINGHE_HOOKS_HTTP": "1",
            "QINGHE_HOOKS_INSIDE": "127.0.0.0/8",
        }

    @property
    def hook(self) -> str:
        """Return the address of another house's system."""
        return f"http://127.0.0.1:{self.port}/hook/"

    def bodies(self, way: str) -> list[bytes]:
        """Return what was taken by one way: sms, mail or hook."""
        return [body for path, _, body in self.taken if _way(path) == way]

    def answer(self) -> None:
        """Take and answer everything from now on."""
        self._well.set()
        if self._server is None:
            self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _Door)
            self._server.gateway = self
            threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def hang(self) -> None:
        """Let everybody in, and neither read to the end nor answer."""
        self.answer()
        self._well.clear()

    def refuse(self) -> None:
        """Be gone: whoever connects is refused."""
        self._well.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def goes_on(self) -> bool:
        """Tell whether a letter that came in may be taken; wait while it hangs."""
        if self._well.is_set():
            return True
        self._well.wait(HANGS)
        return False


class _Door(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        gateway = self.server.gateway
        gateway.came[_way(self.path)] += 1
        if not gateway.goes_on():
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers["Content-Length"]))
        named = {name.lower(): words for name, words in self.headers.items()}
        gateway.taken.append((self.path, named, body))
        with suppress(OSError):  # whoever asked was killed
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

    def log_message(self, *said: object) -> None:
        """Keep quiet."""


def _way(path: str) -> str:
    return urlsplit(path).path.strip("/").split("/")[0]

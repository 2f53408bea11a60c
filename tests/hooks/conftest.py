"""Another house's system: a real server on this machine that writes down what it is sent."""

import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from qinghe.edges.hooks import services
from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from tests.cast import CLERK, make_cast
from tests.kept import kept

NOW = datetime(2022, 7, 3, 6, 0, tzinfo=UTC)
EVENTS = ("volunteering.hours_confirmed", "volunteering.hours_taken_back")


@dataclass
class House:
    """What came in, and what is answered."""

    address: str = ""
    statuses: list[int] = field(default_factory=list)  # one after the other, then 200
    got: list[tuple[dict, bytes]] = field(default_factory=list)

    def answer(self):
        return self.statuses.pop(0) if self.statuses else 200


@pytest.fixture
def house(settings):
    settings.QINGHE_HOOKS_INSIDE = ["127.0.0.0/8"]
    settings.QINGHE_HOOKS_HTTP = True
    told = House()

    class Door(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.got.append(({key.lower(): word for key, word in self.headers.items()}, body))
            status = told.answer()
            self.send_response(status)
            if status in (301, 302):
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *said):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told.address = f"http://127.0.0.1:{server.server_port}/hook?from=qinghe"
    yield told
    server.shutdown()
    server.server_close()


@kept
def cast():
    people = make_cast()
    for actor in (people.lin, people.chen):
        person = Person.objects.get(pk=actor.person_id)
        access.open_account(person=person, username=person.number, at=NOW, by=CLERK)
    return people


def subscribe(org, *, by, address="https://hooks.example/hook", events=EVENTS, at=NOW):
    """Subscribe; return the subscription and its secret."""
    new = services.NewSubscription(org=org, name="数据平台", address=address, events=events)
    return services.subscribe(new=new, at=at, by=by)

"""The people of a Saturday morning, played by locust: a program that bench/load.py starts.

It reads what was prepared from its standard input and writes there what each was answered. Everybody
goes by the doors of the web or the API, with the form's own CSRF token; a cookie stands for having
signed in. For the middle third of the time the doors of all sessions open: those who check in come
twice as often.
"""

import json
import re
import secrets
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import count, cycle

import gevent
from locust import FastHttpUser, task
from locust.env import Environment
from locust.exception import StopUser

CSRF = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
SEEN = re.compile(r'name="seen" value="([^"]+)"')
QUEUED, LAST_WORDS = 40, 10  # scans a device kept; seconds to end what was begun
STEP = 30  # seconds that a code is on the screen


class Morning:
    """What all people share: who is still to come, what was answered, what was acknowledged."""

    def __init__(self, asked: dict) -> None:
        told = asked["told"]
        self.told, self.seconds = told, asked["seconds"]
        self.began = time.monotonic()
        self.cards: Iterator[str] = iter(told["cards"])
        arriving, looking = told["phones"][: asked["arriving"]], told["phones"][asked["arriving"] :]
        self.arriving, self.looking = iter(arriving), cycle(looking)
        self.tokens, self.doors = cycle(told["tokens"]), cycle(told["doors"])
        self.filings, self.turns = iter(told["filings"]), count()
        self.acknowledged: dict[str, list] = defaultdict(list)
        self.texts: dict[int, str] = {}
        self.waits: dict[str, list[float]] = defaultdict(list)
        self.faults: Counter[str] = Counter()

    def is_burst(self) -> bool:
        """Test if the doors are opening now."""
        return 1 / 3 <= (time.monotonic() - self.began) / self.seconds < 2 / 3

    def heard(self, *, name: str, response_time: float, response, exception, **_: object) -> None:
        """Note one answer."""
        self.waits[name].append(response_time / 1000)
        status = getattr(response, "status_code", 0)
        if exception or status >= 400:
            self.faults[f"{name}: {status or type(exception).__name__}"] += 1


class Person(FastHttpUser):
    """Somebody who comes every so many seconds."""

    abstract = True
    pace = 1.0
    hurries = False
    network_timeout = connection_timeout = 30.0

    def wait_time(self) -> float:
        """Return when to come next."""
        faster = 2 if self.hurries and self.morning.is_burst() else 1
        return self.pace / faster * (0.5 + secrets.randbelow(1000) / 1000)

    @property
    def morning(self) -> Morning:
        """Return what all share."""
        return self.environment.morning

    def come(self, key: str) -> None:
        """Be the one whose cookie this is, on a phone that was here before."""
        self.csrf = secrets.token_hex(16)
        self.head = {"Cookie": f"sessionid={key}; csrftoken={self.csrf}"}

    def read(self, path: str, kind: str) -> str:
        """Open a page."""
        return self.client.get(path, name=kind, headers=self.head).text or ""

    def send(self, path: str, page: str, kind: str, **typed: object):
        """Send a form with the token that its page had."""
        found = CSRF.search(page)
        data = {"csrfmiddlewaretoken": found[1] if found else "", **typed}
        return self.client.post(
            path, name=kind, headers=self.head, data=data, allow_redirects=False
        )


class Leader(Person):
    """A leader's device: scans one card after the other."""

    hurries = True

    @task
    def scan(self) -> None:
        card, nonce = next(self.morning.cards, None), secrets.token_hex(16)
        if card is None:
            raise StopUser
        answer = self.client.post(
            f"/api/v1/volunteering/sessions/{next(self.morning.doors)}/check-ins",
            name="check in: card",
            headers={"Authorization": f"Bearer {next(self.morning.tokens)}"},
            json={"volunteer": card, "nonce": nonce},
        )
        if answer.status_code == 200:
            self.morning.acknowledged["scans"].append(nonce)


class Device(Person):
    """A device that was without a network for a while, and sends what it kept."""

    pace = 10.0

    @task
    def bring(self) -> None:
        cards = [card for _ in range(QUEUED) if (card := next(self.morning.cards, None))]
        if not cards:
            raise StopUser
        now = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime())
        scans = [{"nonce": secrets.token_hex(16), "volunteer": card, "at": now} for card in cards]
        answer = self.client.post(
            f"/api/v1/volunteering/sessions/{next(self.morning.doors)}/check-ins/batch",
            name="check in: queue",
            headers={"Authorization": f"Bearer {next(self.morning.tokens)}"},
            json={"sent_at": now, "scans": scans},
        )
        if answer.status_code == 200:
            told = [one["nonce"] for one in answer.json() if one["verdict"] == "recorded"]
            self.morning.acknowledged["scans"] += told
            self.morning.faults["check in: queue: not recorded"] += len(scans) - len(told)


class AtTheDoor(Person):
    """A volunteer who scans the code at the door with a phone, and taps."""

    pace, hurries = 10.0, True

    @task
    def check_in(self) -> None:
        volunteer, key = next(self.morning.arriving, (0, ""))
        if not key:
            raise StopUser
        self.come(key)
        door = next(self.morning.doors)
        code = self.morning.told["codes"][str(door)][str(int(time.time()) // STEP)]
        path = f"/volunteering/mine/scan/{code}/"
        page = self.read(path, "check in: code, page")
        seen = SEEN.search(page)
        answer = self.send(path, page, "check in: code, tap", seen=seen[1] if seen else "")
        if answer.status_code == 200 and "v-good" in answer.text:
            self.morning.acknowledged["codes"].append((volunteer, door))


class Looking(Person):
    """A volunteer who looks through what there is, and signs up now and then."""

    pace = 10.0

    @task
    def look(self) -> None:
        volunteer, key = next(self.morning.looking)
        self.come(key)
        self.read("/volunteering/mine/find/", "browse: find")
        turn = next(self.morning.turns)
        people = len(self.morning.told["phones"])
        session, post = self.morning.told["posts"][turn // people % len(self.morning.told["posts"])]
        page = self.read(f"/volunteering/mine/sessions/{session}/", "browse: session")
        if f"/mine/posts/{post}/" in page:
            path = f"/volunteering/mine/posts/{post}/sign-up/"
            answer = self.send(path, page, "sign up")
            if answer.status_code == 302:
                self.morning.acknowledged["sign ups"].append((volunteer, post))
        self.read("/volunteering/mine/sign-ups/", "browse: own")


class Secretary(Person):
    """A secretary who fills in a return and sends it."""

    pace = 15.0

    @task
    def file(self) -> None:
        filing, code, key = next(self.morning.filings, (0, "", ""))
        if not key:
            raise StopUser
        self.come(key)
        self.read("/returns/", "file: list")
        page = self.read(f"/returns/filings/{filing}/", "file: page")
        amount = 2 + secrets.randbelow(12)
        seen = re.search(f'name="seen-{code}" value="([^"]*)"', page)
        typed = {f"v-{code}": str(amount), f"seen-{code}": seen[1] if seen else ""}
        self.send(f"/returns/filings/{filing}/keep/", page, "file: keep", **typed)
        page = self.read(f"/returns/filings/{filing}/submit/", "file: look over")
        answer = self.send(f"/returns/filings/{filing}/submit/", page, "file: send")
        if answer.status_code == 302:
            self.morning.acknowledged["filings"].append((filing, amount))


class Officer(Person):
    """The district's officer, who writes in the half-year report."""

    pace = 8.0

    def on_start(self) -> None:
        """Sit down at the report."""
        self.report = self.morning.told["report"]
        self.passages = [list(one) for one in self.report["passages"]]
        self.come(self.report["session"])

    @task
    def write(self) -> None:
        page = self.read(f"/drafting/{self.report['report']}/", "report: page")
        found = self.passages[next(self.morning.turns) % len(self.passages)]
        pk, heading, text, lock = found
        text = f"{text.partition('（改')[0]}（改{secrets.token_hex(4)}）"
        token = CSRF.search(page)
        answer = self.client.post(
            f"/drafting/passages/{pk}/",
            name="report: keep",
            headers=self.head | {"Accept": "application/json"},
            data={
                "csrfmiddlewaretoken": token[1] if token else "",
                "heading": heading,
                "text": text,
                "lock": lock,
            },
        )
        if answer.status_code == 200:
            said = answer.json()
            found[2:] = [said["text"], said["lock"]]
            self.morning.texts[pk] = said["text"]
        path = f"/drafting/{self.report['report']}/report.docx"
        self.client.get(path, name="report: document", headers=self.head)


PEOPLE = (Leader, Device, AtTheDoor, Looking, Secretary, Officer)


def main() -> None:
    """Play the morning that standard input describes."""
    asked = json.load(sys.stdin)
    for kind in PEOPLE:
        kind.fixed_count = asked["people"][kind.__name__]
    environment = Environment(user_classes=list(PEOPLE), host=asked["host"])
    environment.stop_timeout = LAST_WORDS
    morning = environment.morning = Morning(asked)
    environment.events.request.add_listener(morning.heard)
    runner = environment.create_local_runner()
    number = sum(asked["people"].values())
    runner.start(number, spawn_rate=number)
    gevent.sleep(asked["seconds"])
    seconds = time.monotonic() - morning.began
    runner.quit()
    told = {
        "seconds": seconds,
        "waits": morning.waits,
        "faults": +morning.faults,
        "acknowledged": morning.acknowledged | {"passages": list(morning.texts.items())},
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()

"""What the processes of a load cost: memory of each and its slope, processor time, who waits for whom."""

import os
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import psutil
import psycopg

EVERY, MEGABYTE, HOUR = 1.0, 1024 * 1024, 3600
WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
LINE = re.compile(r"^qinghe_line_seconds_total ([0-9.e+-]+)$", re.MULTILINE)
Point = tuple[float, float]


class Watch:
    """Looks at the processes of a server, its database and its clients while something is measured."""

    def __init__(self, server: int, *, port: int) -> None:
        self.server, self.port = psutil.Process(server), port
        self.postmaster = _postmaster()
        self.memory: dict[str, list[Point]] = defaultdict(list)
        self.waiting: list[int] = []
        self._over = threading.Event()
        self._looking = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self.began, self._before = time.monotonic(), self._spent()
        self._sample()
        self._looking.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._over.set()
        self._looking.join()
        self._sample()
        self.seconds, self._after = time.monotonic() - self.began, self._spent()

    def told(self) -> dict[str, object]:
        """Return what was seen: cores in use, writers that wait, memory of each process."""
        used = {
            name: round((self._after[name] - self._before[name]) / self.seconds, 2)
            for name in self._after
        }
        waits = used.pop("line")
        if self.postmaster:
            waits = round(sum(self.waiting) / max(len(self.waiting), 1), 2)
        return {
            **{f"cores that the {name} used": cores for name, cores in used.items()},
            "writers in the line on average": waits,
            "what saturates first": self._full(used, waits),
            **dict(self._memory()),
        }

    def _full(self, used: dict[str, float], waits: float) -> str:
        cores = os.cpu_count() or 1
        most = max(used, key=lambda name: used[name])
        if sum(used.values()) >= 0.85 * cores:
            return f"processor: {most} ({used[most]} of {cores} cores)"
        if waits >= 1:
            return f"the line of writers ({waits} wait on average)"
        return f"nothing: {sum(used.values()):.2f} of {cores} cores, {waits} in the line"

    def _memory(self) -> Iterable[tuple[str, object]]:
        for name, points in self.memory.items():
            first, last = points[0][1], points[-1][1]
            said = f"{first:.0f} → {last:.0f}, {slope(points) * HOUR:+.0f} an hour"
            yield f"memory of {name}, MB", said

    def grown(self) -> float:
        """Return how many times what it had at the start the server has at its highest."""
        served = [points for name, points in self.memory.items() if name.startswith("server")]
        return max(max(size for _, size in points) / points[0][1] for points in served)

    def _look(self) -> None:
        while not self._over.wait(EVERY):
            self._sample()

    def _sample(self) -> None:
        now = time.monotonic() - self.began
        workers = sorted(self.server.children(), key=lambda one: one.pid)
        for number, process in enumerate([self.server, *workers]):
            self.memory[f"server {number}"].append((now, _own([process])))
        if self.postmaster:
            self.memory["the database"].append(
                (now, _own([self.postmaster, *self.postmaster.children()]))
            )
            with psycopg.connect(os.environ["DATABASE_URL"]) as asked:
                self.waiting.append(asked.execute(WAITING).fetchone()[0])

    def _spent(self) -> dict[str, float]:
        """Return the seconds of processor that each has used, and of waiting for the line."""
        spent = {
            "server": _seconds([self.server, *self.server.children(recursive=True)]),
            "clients": _seconds([psutil.Process()]),
        }
        if self.postmaster:
            spent["database"] = _seconds([self.postmaster, *self.postmaster.children()])
        spent["rest of the machine"] = _busy() - sum(spent.values())
        return spent | {"line": self._line()}

    def _line(self) -> float:
        with urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=30) as answer:
            found = LINE.search(answer.read().decode())
        return float(found[1]) if found else 0.0


def _busy() -> float:
    """Return the processor seconds of the whole machine."""
    times = psutil.cpu_times()
    return sum(times) - times.idle - times.iowait - times.guest - times.guest_nice


def slope(points: list[Point]) -> float:
    """Return by how much a value grows in a second, by least squares."""
    middle = sum(at for at, _ in points) / len(points)
    spread = sum((at - middle) ** 2 for at, _ in points)
    return sum((at - middle) * value for at, value in points) / spread if spread else 0.0


def _postmaster() -> psutil.Process | None:
    """Return the first process of the PostgreSQL that DATABASE_URL names, where it is of this machine."""
    asked = parse_qs(urlsplit(os.environ.get("DATABASE_URL", "")).query)
    said = Path(asked.get("host", ["/nowhere"])[0], "data", "postmaster.pid")
    return psutil.Process(int(said.read_text().split()[0])) if said.exists() else None


def _own(processes: Iterable[psutil.Process]) -> float:
    """Return the megabytes that only these processes have; one that has just ended has none."""
    found = 0.0
    for one in processes:
        try:
            found += one.memory_full_info().uss / MEGABYTE
        except psutil.NoSuchProcess:
            continue
    return found


def _seconds(processes: Iterable[psutil.Process]) -> float:
    """Return the processor seconds of processes, and of children of theirs that have ended."""
    found = 0.0
    for one in processes:
        try:
            found += sum(one.cpu_times()[:4])
        except psutil.NoSuchProcess:
            continue
    return found

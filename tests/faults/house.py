"""A house as it is served: processes of its own by `serve`, on a data folder or database of its own."""

import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

from bench import _apart
from bench._served import ROOT, free_port

PATIENCE = 240  # seconds for a start on a machine that has much else to do


class House:
    """A server that is started, killed and started again at the same address."""

    def __init__(self, folder: Path, *, log: Path, **settings: str) -> None:
        self.folder, self.log, self.port = folder, log, free_port()
        self.environment = _apart.environment(str(folder)) | settings
        self.process: subprocess.Popen | None = None
        self.work: subprocess.Popen | None = None

    def start(self) -> None:
        """Serve; come back when it says that it does."""
        self.process = self._begin("serve", "--port", str(self.port), log=self.log)
        until(lambda: self._is_up() or self.process.poll() is not None, seconds=PATIENCE)
        assert self.process.poll() is None, self.log.read_text()

    def serve(self) -> None:
        """Serve, unless it does: a test before may have killed it."""
        if self.process is None or self.process.poll() is not None:
            self.start()

    def begin_work(self) -> None:
        """Start the worker in a process of its own, for a house with QINGHE_WORKER=separate."""
        self.work = self._begin("worker", log=self.log.with_name("work"))

    def _begin(self, *words: str, log: Path) -> subprocess.Popen:
        with log.open("w") as said:  # a pipe that nobody reads would stop it
            return subprocess.Popen(
                [sys.executable, ROOT / "manage.py", *words],
                env=self.environment,
                stdout=said,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def _is_up(self) -> bool:
        return "已启动" in self.log.read_text()

    def kill(self) -> None:
        """End all of its processes as the kernel ends them when memory runs out."""
        self.kill_work()
        _kill(self.process)
        self.process = None

    def kill_work(self) -> None:
        """End the worker so, where there is one."""
        _kill(self.work)
        self.work = None

    def kill_worker(self) -> int:
        """End the process that answers, and not the one that watches it; return which it was."""
        worker = self.workers()[0]
        os.kill(worker, signal.SIGKILL)
        return worker

    def workers(self) -> list[int]:
        """Return the processes that answer."""
        return children(self.process.pid)

    def get(self, path: str, *, key: str = "") -> tuple[int, str]:
        """Ask for a page, signed in by the key of a session or not; return status and text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers={"Cookie": f"sessionid={key}"} if key else {})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def ask(self, words: str) -> int:
        """Ask the database of a house on SQLite for one number, while others write."""
        with closing(
            sqlite3.connect(f"file:{self.folder}/qinghe.sqlite3?mode=ro", uri=True)
        ) as own:
            return own.execute(words).fetchone()[0]

    def script(self, name: str, *words: str, given: str = "") -> str:
        """Run a script of this folder on the house's records, and return what it prints."""
        return self.run(Path(__file__).with_name(name), *words, given=given)

    def manage(self, *words: str) -> str:
        """Run a command of `manage`."""
        return self.run(ROOT / "manage.py", *words)

    def run(self, *words: object, given: str = "") -> str:
        """Run a program on the house's records, and return what it prints."""
        done = subprocess.run(
            [sys.executable, *words],
            env=self.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def _kill(process: subprocess.Popen | None) -> None:
    if process is not None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(holds, *, seconds: float, pause: float = 0.02) -> None:
    """Wait until something holds; fail when that is not in time."""
    ends = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < ends, "it did not come in time"
        time.sleep(pause)


def children(pid: int) -> list[int]:
    """Return the processes that a process started, oldest first."""
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return sorted(int(word) for word in found.read_text().split()) if found.exists() else []

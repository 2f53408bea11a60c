"""The product's own server for a bench: `serve` on a free port, in a process group of its own."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(folder: str) -> dict[str, str]:
    """Return what a process is started with that works on this folder, and on DATABASE_URL."""
    path = os.pathsep.join([str(ROOT / "src"), str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {**os.environ, "QINGHE_DATA": folder, "PYTHONPATH": path}


class Server:
    """The default server, as an operator starts it."""

    def __init__(
        self, folder: str, *, port: int, settings: Mapping[str, str] | None = None
    ) -> None:
        self._heard = False
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "serve", "--port", str(port)],
            env=environment(folder) | dict(settings or {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            text=True,
        )

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *error: object) -> None:
        self.kill()

    def started(self) -> None:
        """Wait until it says that it answers."""
        said = []
        for line in self.process.stdout or []:
            said.append(line)
            if "已启动" in line:
                # What it says from now on is read away: a full pipe would hold it up.
                self._heard = True
                threading.Thread(target=self._hear_out, daemon=True).start()
                return
        raise AssertionError("".join(said))

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        if not self._heard:
            self.process.stdout.close()

    def _hear_out(self) -> None:
        with self.process.stdout as told:
            for _ in told:
                continue

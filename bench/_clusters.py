"""PostgreSQL servers of a run's own, on loopback: several, killed, copied, promoted."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench._served import free_port

PLACES = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: path.parts[-2])
MISSING = "" if PLACES else "no PostgreSQL (apt-get install postgresql)"


@dataclass(frozen=True)
class Cluster:
    """One server: its folder, and the port it listens on."""

    folder: Path
    port: int

    def url(self, *, name: str = "qinghe", **options: str) -> str:
        """Return the address of a database of it."""
        asked = "&".join(f"{key}={word}" for key, word in options.items())
        return f"postgresql://qinghe@127.0.0.1:{self.port}/{name}?{asked}"

    def ask(self, statement: str) -> list[tuple]:
        """Ask in a connection of its own."""
        with psycopg.connect(self.url(), autocommit=True, connect_timeout=5) as own:
            asked = own.execute(statement)
            return asked.fetchall() if asked.description else []

    def start(self) -> None:
        """Start it, and wait until it answers."""
        call("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "start")

    def kill(self) -> None:
        """End all its processes as a power cut would."""
        leader = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        told = subprocess.run(
            ["ps", "-o", "pid=", "--ppid", str(leader)], capture_output=True, check=False
        )
        for pid in (leader, *map(int, told.stdout.split())):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        while listens(self.port):
            time.sleep(0.02)

    def promote(self) -> None:
        """Make the server of a standby, and wait until it takes writes."""
        call("pg_ctl", "-D", self.folder / "data", "-w", "promote")

    def copied(self) -> "Cluster":
        """Return a standby of it that streams, started."""
        copy = Cluster(self.folder.with_name(f"{self.folder.name}-copy"), free_port())
        copy.folder.mkdir()
        _give(copy.folder)
        call(
            "pg_basebackup", "-d", f"host=127.0.0.1 port={self.port} user=qinghe application_name=copy",
            "-D", copy.folder / "data", "-R", "-X", "stream", "-c", "fast",
        )  # fmt: skip
        with (copy.folder / "data/postgresql.auto.conf").open("a") as told:
            told.write(f"port = {copy.port}\n")
        copy.start()
        return copy

    def stop(self) -> None:
        """Stop it, if it runs."""
        call("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop", check=False)


@contextmanager
def cluster(**options: str) -> Iterator[Cluster]:
    """Yield a new server with an empty database, durable unless options say otherwise."""
    root = Path(tempfile.mkdtemp(prefix="qinghe-pair-"))
    _give(root)
    made = Cluster(root / "one", free_port())
    made.folder.mkdir()
    _give(made.folder)
    try:
        call("initdb", "-k", "-D", made.folder / "data", "-U", "qinghe", "-A", "trust",
            "-E", "UTF8", "--locale=C.UTF-8")  # fmt: skip
        told = {"port": made.port, "listen_addresses": "'127.0.0.1'",
                "unix_socket_directories": "''", **options}  # fmt: skip
        with (made.folder / "data/postgresql.auto.conf").open("a") as file:
            file.writelines(f"{name} = {word}\n" for name, word in told.items())
        made.start()
        with psycopg.connect(made.url(name="postgres"), autocommit=True) as own:
            own.execute("CREATE DATABASE qinghe")
        yield made
    finally:
        for folder in root.glob("*"):
            Cluster(folder, 0).stop()
        shutil.rmtree(root, ignore_errors=True)


def call(program: str, *words: object, check: bool = True) -> None:
    """Run a program of PostgreSQL."""
    subprocess.run(
        [*_dropping(), PLACES[-1] / program, *map(str, words)],
        check=check, capture_output=True, cwd="/",
    )  # fmt: skip


def begin(program: str, *words: object) -> subprocess.Popen:
    """Begin a program that, as PostgreSQL does, refuses to be root."""
    return subprocess.Popen([*_dropping(), program, *map(str, words)], cwd="/")


def listens(port: int) -> bool:
    """Test if somebody listens on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _dropping() -> list[str]:
    if (own := owner()) is None:
        return []
    return ["setpriv", f"--reuid={own.pw_uid}", f"--regid={own.pw_gid}", "--clear-groups"]


def owner() -> pwd.struct_passwd | None:
    """Return as whom PostgreSQL runs: as ourselves, or as its own user, since it refuses root."""
    if os.getuid():
        return None
    names = {one.pw_name: one for one in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _give(folder: Path) -> None:
    if own := owner():
        os.chown(folder, own.pw_uid, own.pw_gid)

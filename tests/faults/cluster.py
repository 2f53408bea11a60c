"""A PostgreSQL of its own, as an administrator would set it up, that is killed and started again."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

import psycopg

from bench._clusters import PLACES, owner

from .house import children, until

USER = "qinghe"


class Cluster:
    """One cluster in a folder, listening on a socket there, with what is on by default left on."""

    def __init__(self, folder: Path, *, checksums: bool = True, **settings: str) -> None:
        self.folder, self._bin = folder, PLACES[-1]
        self.owner = owner()
        if self.owner:
            shutil.chown(folder, self.owner.pw_name)
        initdb = [self._bin / "initdb", "-D", folder / "data", "-U", USER, "-A", "trust"]
        initdb += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync", *(["-k"] if checksums else [])]
        self._done(initdb)
        self.settings = {"listen_addresses": "", "unix_socket_directories": folder} | settings
        self.process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        """Return what DATABASE_URL has to be."""
        return f"postgresql://{USER}@/{USER}?host={self.folder}"

    def start(self) -> None:
        """Start it, and come back when it answers."""
        (self.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
        given = [
            word for name, value in self.settings.items() for word in ("-c", f"{name}={value}")
        ]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(
                [self._bin / "postgres", "-D", self.folder / "data", *given],
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd=self.folder,
                **self._as_owner(),
            )
        until(self._answers, seconds=60)

    def stand_still(self) -> None:
        """Have none of its processes do anything more, as when the machine below them hangs."""
        self._tell(signal.SIGSTOP)

    def go_on(self) -> None:
        """Have them go on where they stood."""
        self._tell(signal.SIGCONT)

    def _tell(self, word: signal.Signals) -> None:
        os.kill(self.process.pid, word)  # first: it starts no other meanwhile
        for pid in children(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, word)

    def kill(self) -> None:
        """End all of its processes at once, and none of them in order."""
        if self.process is None:
            return
        os.kill(self.process.pid, signal.SIGSTOP)  # so that it starts no other meanwhile
        for pid in [*children(self.process.pid), self.process.pid]:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def load(self, template: str) -> None:
        """Make the database of the house, as a copy of another."""
        self._done([self._bin / "createdb", "-h", self.folder, "-U", USER, USER])
        copied = subprocess.run(
            [self._bin / "pg_dump", template], check=True, stdout=subprocess.PIPE
        )
        into = [self._bin / "psql", "-q", "-o", os.devnull, "-v", "ON_ERROR_STOP=1", self.address]
        self._done(into, input=copied.stdout)

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "log").read_text()
        try:
            psycopg.connect(self.address.replace(f"/{USER}?", "/postgres?")).close()
        except psycopg.OperationalError:
            return False
        return True

    def _done(self, words: list, **given: object) -> None:
        subprocess.run(
            words,
            check=True,
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            **given,
            **self._as_owner(),
        )

    def _as_owner(self) -> dict[str, object]:
        if self.owner is None:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": ()}

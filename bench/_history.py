"""Earlier versions of the house, from the history of the repository."""

import io
import subprocess
import tarfile
from pathlib import Path

from bench._served import ROOT

FIRST = "9e87de9"  # the first that runs: those before it lay parts of the ground
MIGRATIONS = "src/**/migrations/[0-9]*.py"


def laid_out(commit: str, into: Path) -> Path:
    """Lay the house as it was at a commit into a folder, and return the folder."""
    if MISSING:
        raise AssertionError(MISSING)
    with tarfile.open(fileobj=io.BytesIO(_git("archive", commit).stdout)) as packed:
        packed.extractall(into, filter="data")
    return into


def before_the_last_migration() -> str:
    """Return the last commit that did not know the newest migration."""
    found = _git("log", "-1", "--diff-filter=A", "--format=%H", "--", f":(glob){MIGRATIONS}")
    return f"{found.stdout.decode().strip()}^"


def _git(*words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)


def _is_there() -> bool:
    try:
        return _git("cat-file", "-e", FIRST).returncode == 0
    except OSError:  # no git
        return False


MISSING = "" if _is_there() else f"no history of the repository here, so no commit {FIRST}"

"""Reads what the environment says, so that settings.py stays a list of settings."""

import os
import secrets
from datetime import date
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

SEVERAL = (
    "PROMETHEUS_MULTIPROC_DIR"  # where several processes write what they measure; `serve` sets it
)


def flag(name: str) -> bool:
    """Tell whether a variable is switched on; only "1" is on."""
    return os.environ.get(name, "") == "1"


def words(name: str, *, default: list[str]) -> list[str]:
    """Return the comma-separated words of a variable."""
    given = [word.strip() for word in os.environ.get(name, "").split(",")]
    return [word for word in given if word] or default


def number(name: str, *, default: int) -> int:
    """Return a variable as a positive whole number."""
    text = os.environ.get(name, "") or str(default)
    if not text.isdecimal() or int(text) == 0:
        raise ImproperlyConfigured(f"{name} must be a positive whole number, not {text!r}.")
    return int(text)


def count(name: str, *, default: int) -> int:
    """Return a variable as a whole number that may be 0."""
    text = os.environ.get(name, "") or str(default)
    if not text.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {text!r}.")
    return int(text)


def day(name: str) -> date | None:
    """Return the day that a variable names, as 2027-03-01; none where it is empty."""
    given = os.environ.get(name, "")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a day, not {given!r}.") from error


def choice(name: str, *, default: str, among: tuple[str, ...]) -> str:
    """Return a variable that names one of a few ways."""
    chosen = os.environ.get(name, "") or default
    if chosen not in among:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(among)}, not {chosen!r}.")
    return chosen


def folder(name: str, *, default: Path) -> Path:
    """Return the folder that a variable names, or the usual one; whoever writes there makes it."""
    given = os.environ.get(name, "")
    return Path(given).expanduser().absolute() if given else default


def data_folder(*, root: Path) -> Path:
    """Return the folder that holds everything a run writes, made if need be."""
    given = os.environ.get("QINGHE_DATA", "")
    folder = Path(given).expanduser().absolute() if given else root / "var"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def secret_key(*, folder: Path) -> str:
    """Return the given secret key, else the one kept in the data folder, drawn on the first run."""
    if given := os.environ.get("QINGHE_SECRET_KEY", ""):
        return given
    path = folder / "secret.key"
    if not path.exists():
        _keep_new_key(path)
    key = path.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"{path} is damaged: delete it, and everyone signs in again.")
    return key


def _keep_new_key(path: Path) -> None:
    # Two processes may start at once: each writes its own file whole, and the first link wins.
    own = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    descriptor = os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))
        file.flush()
        os.fsync(file.fileno())  # else a loss of power leaves an empty one, and no start
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()

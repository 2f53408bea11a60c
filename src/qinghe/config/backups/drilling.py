"""Trying a backup out: restored aside, signed in to, sealed texts opened (bar 10).

Each step is a command of its own in a folder and a database of its own, which go at the end: what is
tried is what another machine would do, and nothing here is touched.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.contrib.auth import SESSION_KEY, get_user_model
from django.db import connection
from django.test import Client
from django.urls import reverse
from psycopg import sql

from qinghe.kernel.access.models import Account
from qinghe.kernel.secrets import queries as secrets
from qinghe.lib.verdicts import Refused

from . import databases, manifest

MOST_SEALED = 5  # texts of each sealed column
OWN = ("QINGHE_DATA", "QINGHE_KEYS", "QINGHE_SECRET_KEY")
ONLY_PAGES = ("DATABASE_POOL_URL", "DATABASE_READ_URL")


@dataclass(frozen=True)
class Tried:
    """What came of a try: what was restored, and what the commands said of it."""

    backup: str
    said: tuple[str, ...]


def drill(*, backup: Path, keys: Path, passphrase: Path | None) -> Tried:
    """Restore a backup aside, look at all of it, sign in and open sealed texts.

    Raises Refused: no_backup, other_backup, not_restored, no_room.
    """
    chosen = manifest.newest(backup)
    asked = ["restore", str(chosen), "--keys", str(keys)]
    if passphrase:
        asked += ["--passphrase", str(passphrase)]
    with databases.aside("drill") as folder, _database(folder) as url:
        told = _surroundings(folder / "house", url)
        said = [_run(words, told) for words in (asked, ["drill", "--inside"])]
    return Tried(chosen.name, tuple(line for text in said for line in text.splitlines()))


def look_inside() -> Iterator[str]:
    """Sign in, and open sealed texts, in what was restored; yield what was done.

    Whoever signs in gets a password that is drawn here: this house is thrown away. Raises Refused:
    not_aside, no_sign_in, key_missing, key_damaged, sealed_damaged.
    """
    if os.environ.get("QINGHE_DRILL") != "1":
        raise Refused("not_aside", "这一步只在演练恢复出来的数据里进行，没有做任何改动。")
    yield _signed_in()
    yield _opened()


def _signed_in() -> str:
    account = Account.objects.filter(user__is_active=True).order_by("pk").first()
    if account is None:
        return "登录：备份里还没有账号"
    user, drawn = get_user_model().objects.get(pk=account.user_id), token_urlsafe(24)
    user.set_password(drawn)
    user.save(update_fields=["password"])
    client = Client(raise_request_exception=False, headers={"host": _host()})
    answer = client.post(
        reverse("account_login"), {"login": user.get_username(), "password": drawn}, secure=True
    )
    second = reverse("mfa_authenticate") in answer.get("Location", "")
    if SESSION_KEY not in client.session and not second:
        raise Refused("no_sign_in", f"恢复出来的数据登录不了（{answer.status_code}）。")
    return "登录：可以登录" if not second else "登录：口令正确，已要求第二重验证"


def _host() -> str:
    known = [name for name in settings.ALLOWED_HOSTS if not name.startswith((".", "*"))]
    return known[0] if known else "localhost"


def _opened() -> str:
    count = secrets.open_some(MOST_SEALED)
    return f"敏感信息：试读{count}项，都读得出" if count else "敏感信息：备份里还没有"


@contextmanager
def _database(folder: Path) -> Iterator[str]:
    """Yield the address of an empty database, which goes at the end; none for SQLite's own file."""
    (folder / "house").mkdir(mode=0o700)
    if connection.vendor == databases.SQLITE:
        yield ""
        return
    name = f"{connection.settings_dict['NAME']}_drill"
    known = urlsplit(os.environ["DATABASE_URL"])
    try:
        _on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)
        _on_server("CREATE DATABASE {}", name)
    except psycopg.Error as error:
        raise Refused(
            "no_room",
            f"没有建成演练用的数据库{name}（{str(error).strip()[:200]}），没有演练；"
            "请给数据库账号 CREATEDB 权限再运行。",
        ) from None
    try:
        yield known._replace(path=f"/{name}").geturl()
    finally:
        _on_server("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)


def _on_server(statement: str, name: str) -> None:
    known = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(known._replace(path="/postgres").geturl(), autocommit=True) as server:
        server.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _surroundings(house: Path, url: str) -> Mapping[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in (*OWN, *ONLY_PAGES, "DATABASE_URL")
    }
    own = {"QINGHE_DATA": str(house), "QINGHE_DRILL": "1"}
    return {**kept, **own, **({"DATABASE_URL": url} if url else {})}


def _run(words: list[str], told: Mapping[str, str]) -> str:
    done = subprocess.run(  # noqa: S603  our own commands
        [sys.executable, str(settings.ROOT / "manage.py"), *words],
        env=dict(told),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-400:]
        raise Refused("not_restored", f"演练没有通过，在用的数据没有改动：{said}")
    return done.stdout

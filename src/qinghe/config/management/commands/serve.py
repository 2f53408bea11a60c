"""`./qinghe serve`: the pages, by a production server."""

import os
import shutil
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import connection, connections

from qinghe.config import collecting, environment, migrating
from qinghe.edges.health import durable


class Command(BaseCommand):
    """This will serve the pages until it is told to stop."""

    help = "Serve the pages until told to stop."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address to serve at."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", default="8000")
        parser.add_argument("--only-check", action="store_true", help="look at the port, no more")

    def handle(self, *, host: str, port: str, only_check: bool, **_: object) -> None:
        """Check the port, bring the tables and the static files up to date, become the server."""
        check_port(host=host, port=port)
        if only_check:
            return
        check_durable(self.stderr)
        bring_tables_up_to_date(self.stderr)
        bring_static_files_up_to_date(self.stderr)
        say_how_to_begin(self.stderr)
        connections.close_all()
        measure_anew(told := server_environment(host=host, port=port))
        os.execve(  # noqa: S606  the server takes this process's place, so that signals reach it
            sys.executable,
            [sys.executable, "-m", "gunicorn", "--config", "python:qinghe.config.server"],
            told,
        )


def bring_static_files_up_to_date(told: OutputWrapper) -> None:
    """Collect the static files, unless they stand there as they are."""
    if collecting.is_up_to_date():
        return
    told.write("▸ 准备静态文件 (collecting the static files)")
    try:
        collecting.collect()
    except collecting.Incomplete:
        raise CommandError(
            "静态文件没有备好，见上文 (the static files could not be collected)."
        ) from None


def check_durable(told: OutputWrapper) -> None:
    """Refuse a database that may forget what it acknowledged, unless it is said to be thrown away."""
    if off := durable.switched_off():
        names = "、".join(off)
        if not settings.QINGHE_THROWAWAY:
            raise CommandError(
                f"PostgreSQL 关闭了 {names}，断电或崩溃时会丢失已确认保存的内容，所以没有启动，没有改动任何数据；"
                f"请在 postgresql.conf 里打开后重新加载 (these settings lose acknowledged writes in a crash:"
                " nothing was started or changed; switch them on)."
            )
        told.write(f"▸ {names} 已关闭：这个数据库只能用于试验 (throw-away database)")
    if not durable.has_checksums():
        told.write(
            "▸ PostgreSQL 没有启用数据校验，磁盘出错时不会被发现；请停库后运行 pg_checksums --enable"
            " (data checksums are off)"
        )


def bring_tables_up_to_date(told: OutputWrapper) -> None:
    """Run the migrations that wait, and say so."""
    if migrating.is_behind(connection):
        told.write("▸ 更新数据表 (bringing the tables up to date)")
        call_command("migrate", verbosity=0)


def say_how_to_begin(told: OutputWrapper) -> None:
    """Say how the first account is made, while there is none: the sign-in page opens nothing yet."""
    if not User.objects.exists():
        told.write(
            "▸ 还没有账号，请在本机另开一个终端依次运行 (no account yet; run on this machine):\n"
            "    ./qinghe manage seed\n"
            "    ./qinghe manage first-admin --role secadmin --name 姓名 --username 账号"
        )


def server_environment(*, host: str, port: str) -> dict[str, str]:
    """Return what the server's process is told."""
    source = str(Path(settings.ROOT) / "src")
    several = {environment.SEVERAL: str(Path(settings.QINGHE_DATA) / "metrics")}
    return {
        **os.environ,
        **(several if os.environ.get("DATABASE_URL") else {}),
        "PYTHONPATH": os.pathsep.join([source, os.environ.get("PYTHONPATH", "")]).rstrip(":"),
        "QINGHE_DATA": str(settings.QINGHE_DATA),
        "QINGHE_COLLECTED": "1",
        "QINGHE_WEB": "1",
        "QINGHE_BIND": f"{host}:{port}",
    }


def measure_anew(told: dict[str, str]) -> None:
    """Forget what processes of an earlier run measured: it would be added up too."""
    if folder := told.get(environment.SEVERAL):
        shutil.rmtree(folder, ignore_errors=True)
        Path(folder).mkdir(parents=True)


def check_port(*, host: str, port: str) -> None:
    """Refuse a port that is no port, or that somebody else listens on."""
    if not port.isdecimal() or not 0 < int(port) < 65_536:
        raise CommandError(
            f"端口要是 1 到 65535 之间的整数，不能是“{port}”，没有改动任何数据"
            f" (the port must be a number from 1 to 65535; nothing was changed)."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except OSError as error:
            raise CommandError(
                f"端口 {port} 不能用（{error.strerror}），没有改动任何数据；请用 --port 换一个"
                f" (port {port} on {host} cannot be used; nothing was changed: choose another"
                " with --port)."
            ) from error

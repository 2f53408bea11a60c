"""`manage migrate`: Django's, in a fraction of its time, and with care for what is there (bar 11).

Before it changes a database that has records it makes a backup. On PostgreSQL one machine migrates
while others wait for it; no statement waits longer than three seconds for a table that others use,
since whoever comes next would wait behind it; what gave up is tried again (ADR 0080).
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from qinghe.config import backups, migrating
from qinghe.config.backups import manifest
from qinghe.lib.verdicts import Refused

LOCK_SECONDS, TRIES, PAUSE = 3, 5, 2.0
GENERATIONS = 3  # backups made here that are kept
TURN = 0x71696E67  # "qing": the number under which one machine at a time migrates


class Command(migrate.Command):
    """Bring the database up to date."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what Django takes, and the wish to go without a backup."""
        super().add_arguments(parser)
        parser.add_argument(
            "--no-backup", action="store_true", help="有待执行的迁移时也不先备份（已另有备份）"
        )

    def handle(self, *args: object, **options: object) -> None:
        """Migrate; make a backup before, if there is anything to lose."""
        setattr(migrate, "MigrationExecutor", migrating.Executor)  # noqa: B010 - the stubs hide it
        connection = connections[str(options["database"])]
        if options["plan"] or options["check_unapplied"] or connection.in_atomic_block:
            super().handle(*args, **options)
            return
        with _turn(connection):
            if settings.QINGHE_BACKUP_FIRST and not options["no_backup"]:
                self._back_up(connection)
            with _patience(connection):
                self._until_done(*args, **options)

    def _back_up(self, connection: BaseDatabaseWrapper) -> None:
        behind = connection.alias == "default" and migrating.is_behind(connection)
        if not behind or not _is_used(connection):
            return
        into = Path(settings.QINGHE_DATA) / "before-migrating"
        try:
            made = backups.make(into=into, at=timezone.localtime())
        except Refused as refused:
            raise CommandError(
                f"更新数据表之前的备份没有做成，数据表没有改动：{refused.reason}"
                "已另有备份的，可用 manage migrate --no-backup。"
            ) from None
        for old in manifest.whole_ones(into)[:-GENERATIONS]:
            shutil.rmtree(old)
        self.stderr.write(f"▸ 更新数据表之前已备份到 {made.folder}")

    def _until_done(self, *args: object, **options: object) -> None:
        """Migrate, again where a table was in use; each migration is whole or not there."""
        for left in reversed(range(TRIES)):
            try:
                super().handle(*args, **options)
                return
            except OperationalError as error:
                if "lock timeout" not in str(error):
                    raise
                if not left:
                    raise CommandError(
                        f"有表一直在使用，等了{TRIES}次、每次{LOCK_SECONDS}秒都没有等到；"
                        "已完成的迁移保留，其余的没有改动。请在使用较少时再运行。"
                    ) from error
                time.sleep(PAUSE)


def _is_used(connection: BaseDatabaseWrapper) -> bool:
    """Test if anybody ever did anything here: whatever is done leaves an entry in the trail."""
    if not MigrationRecorder(connection).has_table():
        return False
    with connection.cursor() as cursor:
        if "audit_head" not in connection.introspection.table_names(cursor):
            return False
        cursor.execute("SELECT seq FROM audit_head WHERE seq > 0")
        return cursor.fetchone() is not None


@contextmanager
def _turn(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Wait until no other machine migrates; PostgreSQL lets go when the connection ends."""
    if connection.vendor != "postgresql":
        yield  # the server on SQLite is one, and its port keeps a second one out
        return
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0; SET statement_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
    try:
        yield
    finally:
        connection.close()


@contextmanager
def _patience(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let no statement wait for a lock, or run, for longer than others can bear."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{LOCK_SECONDS}s'")
            cursor.execute(f"SET statement_timeout = '{settings.QINGHE_MIGRATION_SECONDS}s'")
    yield

"""`./qinghe manage worker`: the long work, in a process of its own (QINGHE_WORKER=separate)."""

import signal
import time
from argparse import ArgumentParser
from types import FrameType

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.db import OperationalError, connection

from qinghe.config import migrating, schedule
from qinghe.edges.jobs import worker

GLANCE = 2.0  # seconds between looks at tables that are not up to date


class Command(BaseCommand):
    """This will do what waits in the queue until it is told to stop."""

    help = "Run background jobs until told to stop; --once runs what waits and exits."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the wish to stop when nothing waits."""
        parser.add_argument("--once", action="store_true", help="只办现在排队的，办完退出")

    def handle(self, *, once: bool, **_: object) -> None:
        """Work; on SIGTERM or Ctrl+C the job that runs is ended first."""
        if once:
            if not worker.work_off_alone():
                raise CommandError("另有一个任务进程正在办理，没有重复开始。")
            return
        if settings.QINGHE_WORKER == "embedded":
            self.stderr.write(
                "▸ 网页服务内已含任务线程（QINGHE_WORKER=embedded）；它停止后由本进程接着办"
            )
        wait_for_tables(self.stderr)
        shift = worker.Shift(schedule.OFTEN)

        def stop(_signal: int, _frame: FrameType | None) -> None:
            shift.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        shift.start()
        self.stderr.write("▸ 任务进程已启动，按 Ctrl+C 停止 (stops it)")
        shift.wait()


def wait_for_tables(told: OutputWrapper) -> None:
    """Wait until whoever serves the pages has brought the tables up to date, and say so once."""
    said = False
    while _is_behind():
        if not said:
            told.write("▸ 等网页服务更新数据表 (waiting for the tables to be brought up to date)")
            said = True
        time.sleep(GLANCE)


def _is_behind() -> bool:
    try:
        return migrating.is_behind(connection)
    except OperationalError:  # the database is not there yet either
        connection.close()
        return True

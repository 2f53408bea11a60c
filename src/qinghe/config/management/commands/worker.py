"""`./qinghe manage worker`: the long work, in a process of its own (QINGHE_WORKER=separate)."""

import signal
from argparse import ArgumentParser
from types import FrameType

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qinghe.config import schedule
from qinghe.edges.jobs import worker


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
        shift = worker.Shift(schedule.OFTEN)

        def stop(_signal: int, _frame: FrameType | None) -> None:
            shift.stop()

        signal.signal(signal.SIGTERM, stop)
        signal.signal(signal.SIGINT, stop)
        shift.start()
        self.stderr.write("▸ 任务进程已启动，按 Ctrl+C 停止 (stops it)")
        shift.wait()

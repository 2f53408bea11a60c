"""`./qinghe manage nightly`: what a timer calls once a night."""

import logging
from argparse import ArgumentParser

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, close_old_connections

from qinghe.config import schedule

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """This will do the night's jobs, one after the other."""

    help = "依次执行每晚的任务（config/schedule.py）；由 cron 或 systemd 定时调用。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the wish to look only."""
        parser.add_argument("--list", action="store_true", help="只列出任务，不执行")

    def handle(self, *args: object, **options: object) -> None:
        """Run each job; one that is refused does not keep the next from running."""
        refused = []
        for job in schedule.NIGHTLY:
            self.stdout.write(f"{job.when:%H:%M} {job.command}：{job.purpose}")
            if options["list"]:
                continue
            try:
                call_command(*job.command.split(), stdout=self.stdout, stderr=self.stderr)
            except CommandError as error:
                refused.append(f"{job.command}：{error}")
            except (DatabaseError, OSError):  # away for a while: the next may find it back
                logger.exception("%s broke", job.command)
                refused.append(f"{job.command}：数据库或磁盘没有应答，没有办完；下次运行时补办")
                close_old_connections()
        if refused:
            raise CommandError("；".join(refused))

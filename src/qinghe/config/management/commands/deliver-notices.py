"""`./qinghe manage deliver-notices`: send what is due and has not gone."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.kernel.notices import sending


class Command(BaseCommand):
    """This will send what is due; the worker does the same by itself when it runs."""

    help = "发送到期的通知（邮件、短信、群机器人）；任务进程运行时会自动发送。"

    def handle(self, *args: object, **options: object) -> None:
        """Send once, and print what went."""
        run = sending.deliver_due(at=timezone.now())
        self.stdout.write(
            f"已发送 {run.sent} 条，未成功 {run.failed} 条，稍后再发 {run.later} 条。"
        )

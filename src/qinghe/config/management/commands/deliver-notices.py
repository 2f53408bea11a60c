"""`./qinghe manage deliver-notices`: send what is due and has not gone."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.kernel.notices import sending


class Command(BaseCommand):
    """This will send what is due; the worker does the same every minute, beside sending at once."""

    help = "发送到期的通知（邮件、短信、群机器人）；任务进程运行时会自动发送。"

    def handle(self, *args: object, **options: object) -> None:
        """Send until nothing is due, and print what went."""
        sent = failed = later = 0
        more = True
        while more:
            run = sending.deliver_due(at=timezone.now())
            sent, failed, later = sent + run.sent, failed + run.failed, later + run.later
            more = run.more and run.sent > 0
        self.stdout.write(f"已发送 {sent} 条，未成功 {failed} 条，稍后再发 {later} 条。")

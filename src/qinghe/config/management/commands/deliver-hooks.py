"""`./qinghe manage deliver-hooks`: send the events that other houses' systems subscribed to."""

from django.core.management.base import BaseCommand

from qinghe.edges.hooks import sending
from qinghe.kernel.notices import channels


class Command(BaseCommand):
    """This will send what is due; the worker does the same every few seconds."""

    help = "向订阅的系统推送新发生的事件；任务进程运行时会自动推送。演示环境不向外推送。"

    def handle(self, *args: object, **options: object) -> None:
        """Send until nothing is due, and print what went."""
        if channels.IN_A_DEMO():  # nothing leaves a demo
            self.stdout.write("演示环境不向外推送。")
            return
        sent = failed = 0
        more = True
        while more:
            run = sending.deliver_due()
            sent, failed, more = sent + run.sent, failed + run.failed, run.more and run.sent > 0
        self.stdout.write(f"已送达 {sent} 条，未送达 {failed} 条。")

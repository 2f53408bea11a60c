"""`./qinghe manage supervise`: lights of tasks change, and the ladder's steps are taken once."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.systems.targets import tasks


class Command(BaseCommand):
    """This will do what every day since the last run asked for, each step once."""

    help = "更新任务亮灯，到期提醒、黄灯、红灯和点名通报各办一次；停机期间的逐日补办。"

    def handle(self, *args: object, **options: object) -> None:
        """Do it once, and print what was done."""
        done = tasks.supervise(at=timezone.now())
        self.stdout.write(f"查看 {done.charges} 项责任，办理 {done.steps} 个督办步骤。")

"""`./qinghe manage log-open-days`: write down how long places were open on the days that are over."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.systems.venues import services


class Command(BaseCommand):
    """This will write the open days that are over and not yet written, also after a pause."""

    help = "记下各阵地已经过去的每一天开放和有人值班的时间；每晚由 nightly 执行，补记漏掉的日子。"

    def handle(self, *args: object, **options: object) -> None:
        """Write the days, and print how many."""
        written = services.log_days(at=timezone.now())
        self.stdout.write(f"记入开放日志 {written} 天。")

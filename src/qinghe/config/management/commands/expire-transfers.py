"""`./qinghe manage expire-transfers`: transfers of membership that ran out of their days are void."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.systems.transfers import tasks


class Command(BaseCommand):
    """This will void what is late; the worker does the same at its start and every hour."""

    help = "把超过办理期限的组织关系转接作废；任务进程启动时和每小时自动办理。"

    def handle(self, *args: object, **options: object) -> None:
        """Do it once, and print what was done."""
        self.stdout.write(f"{tasks.expire(at=timezone.now())} 件转接超期作废。")

"""`./qinghe manage begin-secondments`: secondments that both sides agreed begin on their first day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.systems.cadres import tasks


class Command(BaseCommand):
    """This will let them begin; the worker does the same at its start and every hour."""

    help = "让双方已经同意、到了起始日期的互兼互挂到岗；任务进程启动时和每小时自动办理。"

    def handle(self, *args: object, **options: object) -> None:
        """Do it once, and print what was done."""
        self.stdout.write(f"{tasks.begin_secondments(at=timezone.now())} 件互兼互挂到岗。")

"""`./qinghe manage carry-out-plans`: approved plans to reorganise are done on their day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.systems.reorganising import tasks


class Command(BaseCommand):
    """This will carry out what is due, once; after a time out of service it is made up for."""

    help = "执行已批准、生效日期已到的机构调整方案；每天凌晨和任务进程启动时自动办理，每个方案只执行一次。"

    def handle(self, *args: object, **options: object) -> None:
        """Do it, and print what was done."""
        done, refused = tasks.carry_out(at=timezone.now())
        self.stdout.write(f"{done} 个机构调整方案已执行，{refused} 个不能执行、已退回。")

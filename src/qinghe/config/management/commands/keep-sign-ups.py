"""`./qinghe manage keep-sign-ups`: what is due on sign-ups for volunteers' activities."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.systems.volunteering import tasks


class Command(BaseCommand):
    """This will do what is due; the worker does the same every minute."""

    help = "办理到期的活动报名事项（候补顺延、提醒、未到场标记）；任务进程运行时每分钟自动办理。"

    def handle(self, *args: object, **options: object) -> None:
        """Do it once, and print what was done."""
        done = tasks.keep_sign_ups(at=timezone.now())
        self.stdout.write(
            f"顺延 {done.expired} 个候补名额，提醒 {done.reminded} 人，标记未到场 {done.absent} 人。"
        )

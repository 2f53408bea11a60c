"""`./qinghe manage remind`: tell those who can act what is newly late."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.edges.web import reminders


class Command(BaseCommand):
    """This will write a notice for each newly late thing, once, also after days without a run."""

    help = "向能办理的人提醒新逾期的待办，每项只提醒一次；每晚由 nightly 执行，也可每小时执行。"

    def handle(self, *args: object, **options: object) -> None:
        """Remind, and print how many notices were written."""
        told = reminders.remind(at=timezone.now())
        self.stdout.write(f"写入逾期提醒 {told} 条。" if told else "没有新逾期的待办。")

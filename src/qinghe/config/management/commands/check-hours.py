"""`./qinghe manage check-hours`: doubt newly recorded hours and hold what is doubted."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from qinghe.systems.volunteering import tasks

BY = "manage check-hours"


class Command(BaseCommand):
    """This will run the checks of recorded hours; what was found before is not found again."""

    help = "核查新登记的服务时长，存疑的暂停计入；每晚由 nightly 执行，可重复执行。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Let all records be looked at."""
        parser.add_argument("--whole", action="store_true", help="核查全部记录，不只是新登记的")

    def handle(self, *args: object, **options: object) -> None:
        """Run the checks and print what they met."""
        made = tasks.sweep(
            whole=bool(options["whole"]), at=timezone.now(), by=BY, progress=lambda done: None
        )
        self.stdout.write(f"核查签到 {made.stays:,} 次，新发现 {made.found:,} 件。")

"""`./qinghe manage purge`: wipes what was only kept for a while."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.edges.jobs import services as jobs
from qinghe.edges.sheets import services as sheets
from qinghe.edges.web import drafts, watching


class Command(BaseCommand):
    """This will wipe result files, uploads with numbers, and drafts whose time is over."""

    help = "清除过期的结果文件、含号码的上传文件和草稿；由每晚任务调用。"

    def handle(self, *args: object, **options: object) -> None:
        """Wipe, and say how much."""
        now = timezone.now()
        files = jobs.purge(at=now, by="夜间任务")
        uploads = sheets.purge(at=now, by="夜间任务")
        forgotten = drafts.drop_old(at=now)
        watching.drop_old(at=now)
        self.stdout.write(
            f"已清除{files}个过期结果文件、{uploads}个含号码的上传文件、{forgotten}份草稿。"
        )

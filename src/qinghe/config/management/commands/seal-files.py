"""`./qinghe manage seal-files`: seal the files that an older house kept in clear."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.kernel.files import services as files
from qinghe.lib.verdicts import Refused

BY = "manage seal-files"


class Command(BaseCommand):
    """This will seal what lies in clear; it may be stopped and started again."""

    help = "加密旧版本以明文存放的附件和上传文件；可以中断，每晚由 nightly 执行一次。"

    def handle(self, *args: object, **options: object) -> None:
        """Seal, and tell how many files there were."""
        try:
            done = files.seal_older(at=timezone.now(), by=BY)
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from None
        self.stdout.write(f"已加密{done:,}个文件。" if done else "没有明文存放的文件。")

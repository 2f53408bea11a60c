"""`./qinghe manage rebuild-facts`: read all records into a new facts file and swap it in."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.analytics import figures, rebuild
from qinghe.lib.verdicts import Refused


class Command(BaseCommand):
    """This will bring the figures up to date with the records."""

    help = "重新汇总全部数据；完成前各页继续显示原有数字。"

    def handle(self, *args: object, **options: object) -> None:
        """Rebuild and tell how much was read."""
        try:
            built = rebuild.in_this_process(at=timezone.now())
        except Refused as refused:
            raise CommandError(refused.reason, returncode=rebuild.REFUSED) from None
        figures.prepare()
        for name, rows in built.rows.items():
            self.stdout.write(f"{name}：{rows:,}行")
        speed = built.total / built.seconds
        self.stdout.write(
            f"共{built.total:,}行，用时{built.seconds:.1f}秒（每秒{speed:,.0f}行），已启用新数据。"
        )

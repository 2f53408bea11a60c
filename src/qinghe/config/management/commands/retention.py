"""`./qinghe manage retention`: do what the retention table says (S-08)."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.edges import system
from qinghe.systems.privacy import services

BY = "manage retention"


class Command(BaseCommand):
    """This will delete or anonymise what has been kept long enough."""

    help = "按保存期限表删除或匿名化到期的记录；每晚由 nightly 执行一次。"

    def handle(self, *args: object, **options: object) -> None:
        """Run the table once and print what it met."""
        entries = [entry for installed in system.INSTALLED for entry in installed.retention]
        run = services.apply_retention(entries=entries, at=timezone.now(), by=BY)
        met = [f"{label} {count} 条" for label, count in run.counts.items() if count]
        self.stdout.write("、".join(met) or "没有到期的记录。")

"""Enter the reference data that every installation starts from."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.kernel.orgs import divisions, services


class Command(BaseCommand):
    help = "录入基础数据（区、街道、社区）；已有的不重复录入。"

    def handle(self, *args: object, **options: object) -> None:
        entered = services.enter_missing(
            new=divisions.new_areas(), at=timezone.now(), by="manage seed"
        )
        self.stdout.write(f"录入行政区划 {entered} 个。")

"""Enter the reference data that every installation starts from."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from qinghe.kernel.consent import services as consent
from qinghe.kernel.orgs import divisions, services

from .serve import bring_tables_up_to_date


class Command(BaseCommand):
    help = "录入基础数据（区、街道、社区，个人信息告知书）；已有的不重复录入。"

    def handle(self, *args: object, **options: object) -> None:
        bring_tables_up_to_date(self.stderr)
        now = timezone.now()
        entered = services.enter_missing(new=divisions.new_areas(), at=now, by="manage seed")
        told = consent.enter_missing(at=now, by="manage seed")
        self.stdout.write(f"录入行政区划 {entered} 个、告知书 {told} 份。")

"""`./qinghe facts export DIR`: share this district's facts with whoever counts many districts."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.analytics import rebuild, shared, store
from qinghe.lib.verdicts import Refused


class Command(BaseCommand):
    """This will write all facts and the tree as Parquet files, as of the last rebuild."""

    help = "把最近一次汇总的全部事实和组织树导出为Parquet文件夹，供市、省与各区合并计算。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do and where."""
        parser.add_argument("act", choices=["export"], help="export：导出")
        parser.add_argument("into", type=Path, help="各区共用的文件夹；本区以前的导出会被替换")

    def handle(self, *, into: Path, **_: object) -> None:
        """Write, and say what was written."""
        try:
            made = shared.export(
                now=store.current(),
                into=into.expanduser().absolute(),
                at=timezone.now(),
                by="facts export",
            )
        except Refused as refused:
            raise CommandError(refused.reason, returncode=rebuild.REFUSED) from None
        self.stdout.write(
            f"已导出{made.district}：{len(made.rows)}类事实共{sum(made.rows.values()):,}行，"
            f"{made.files:,}个文件，清单是{made.manifest}。其中没有姓名、电话和证件号码，"
            "人员编号已重新编排；仍是逐条记录，请只交给有权汇总的单位。"
        )

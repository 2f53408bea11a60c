"""`./qinghe verify`: whether everything that is kept is whole; nothing is changed."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from qinghe.config import backups
from qinghe.config.backups import manifest
from qinghe.lib.verdicts import Refused


class Command(BaseCommand):
    """This will look at the records, the audit, the keys, the files and the freezings."""

    help = "核对数据库、操作记录链、密钥、附件和封存的总结；加 --backup 核对一份备份。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a backup to look at instead."""
        parser.add_argument(
            "--backup", type=Path, help="一份备份，或放多份备份的目录（取最新一份）"
        )

    def handle(self, *, backup: Path | None, **_: object) -> None:
        """Say what was found, one line for each look."""
        wrong = 0
        try:
            found = (
                backups.check_backup(manifest.newest(backup.expanduser().absolute()))
                if backup
                else backups.check_here()
            )
            for each in found:
                wrong += len(each.faults)
                said = "；".join(each.faults) if each.faults else "完好"
                self.stdout.write(f"{each.what}：{each.said}，{said}")
        except Refused as refused:
            raise CommandError(refused.reason) from None
        if wrong:
            raise CommandError("有不完好的地方，见上；没有改动任何数据。请保留现场并查明原因。")
        self.stdout.write("全部完好。")

"""`./qinghe verify`: whether everything that is kept is whole; nothing is changed."""

from argparse import ArgumentParser
from collections.abc import Iterable
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
        parser.add_argument(
            "--passphrase", type=Path, metavar="FILE", help="加密的备份：做备份时的口令文件"
        )

    def handle(self, *, backup: Path | None, passphrase: Path | None, **_: object) -> None:
        """Say what was found, one line for each look."""
        try:
            if backup is None:
                wrong = self._say(backups.check_here())
            else:
                chosen = manifest.newest(backup.expanduser().absolute())
                phrase = backups.passphrase(passphrase.expanduser()) if passphrase else None
                with backups.opened(chosen, phrase=phrase) as folder:
                    wrong = self._say(backups.check_backup(folder))
        except Refused as refused:
            raise CommandError(refused.reason) from None
        if wrong:
            raise CommandError("有不完好的地方，见上；没有改动任何数据。请保留现场并查明原因。")
        self.stdout.write("全部完好。")

    def _say(self, found: Iterable[backups.Found]) -> int:
        """Say what was found, and return how much is wrong."""
        wrong = 0
        for each in found:
            wrong += len(each.faults)
            said = "；".join(each.faults) if each.faults else "完好"
            self.stdout.write(f"{each.what}：{each.said}，{said}")
        return wrong

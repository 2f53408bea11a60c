"""`./qinghe backup DIR`: a backup in a new folder of DIR, while the application serves."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.config import backups
from qinghe.lib.verdicts import Refused


class Command(BaseCommand):
    """This will write the records of this moment and all that is kept beside them."""

    help = "把这一刻的全部记录、附件和封存的总结备份到一个新文件夹，不用停机。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to, and where the keys go."""
        parser.add_argument("into", type=Path, help="放备份的目录，最好在另一块盘上")
        parser.add_argument("--keys", type=Path, help="密钥另存的目录，必须与备份分开")

    def handle(self, *, into: Path, keys: Path | None, **_: object) -> None:
        """Make it, and say what is in it."""
        try:
            made = backups.make(
                into=into.expanduser().absolute(),
                at=timezone.localtime(),
                keys_into=keys.expanduser().absolute() if keys else None,
            )
        except Refused as refused:
            raise CommandError(refused.reason) from None
        told = made.manifest
        size = sum(each.size for each in told.files)
        self.stdout.write(
            f"已备份到{made.folder}：{sum(told.rows.values()):,}行，{len(told.files):,}个文件"
            f"（新复制{made.copied:,}个），{size:,}字节，操作记录到第{told.audit_seq:,}条。"
        )
        if made.keys:
            self.stdout.write(f"密钥已另存到{made.keys}，请放到没有数据备份的地方。")
        else:
            self.stdout.write("密钥不在备份里，请用 --keys 另存一份，否则敏感信息恢复不了。")

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
        parser.add_argument(
            "--passphrase", type=Path, metavar="FILE", help="口令文件：备份成一个加密的文件"
        )
        parser.add_argument(
            "--keep", type=int, metavar="N",
            help="只留最新N份，以及最近N天、N周每天、每周的最后一份，其余旧备份删除",
        )  # fmt: skip

    def handle(
        self,
        *,
        into: Path,
        keys: Path | None,
        passphrase: Path | None,
        keep: int | None,
        **_: object,
    ) -> None:
        """Make it, say what is in it, and let old ones go."""
        if keep is not None and keep < 1:
            raise CommandError("--keep 要写1以上的整数，没有备份，也没有删除任何备份。")
        into = into.expanduser().absolute()
        keys_into = keys.expanduser().absolute() if keys else None
        at = timezone.localtime()
        try:
            if passphrase:
                phrase = backups.passphrase(passphrase.expanduser())
                made = backups.make_sealed(into=into, at=at, phrase=phrase, keys_into=keys_into)
            else:
                made = backups.make(into=into, at=at, keys_into=keys_into)
        except Refused as refused:
            raise CommandError(refused.reason) from None
        self._say(made)
        if keep:
            gone = backups.drop_old(into, of_each=keep)
            self.stdout.write(f"旧备份删除{len(gone)}份。")

    def _say(self, made: backups.Made) -> None:
        told = made.manifest
        size = sum(each.size for each in told.files)
        self.stdout.write(
            f"已备份到{made.folder}：{sum(told.rows.values()):,}行，{len(told.files):,}个文件"
            f"（新复制{made.copied:,}个），{size:,}字节，操作记录到第{told.audit_seq:,}条。"
        )
        if made.is_sealed:
            self.stdout.write("备份已加密，没有口令文件谁也打不开；请把口令另存一份到别处。")
        if made.keys:
            self.stdout.write(f"密钥已另存到{made.keys}，请放到没有数据备份的地方。")
        else:
            self.stdout.write("密钥不在备份里，请用 --keys 另存一份，否则敏感信息恢复不了。")

"""`./qinghe drill DIR`: the newest backup tried out aside, and written into the trail here."""

import time
from argparse import SUPPRESS, ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.config import backups
from qinghe.kernel.audit import services as audit
from qinghe.kernel.audit.models import Outcome
from qinghe.lib.verdicts import Refused

BY = "本机命令"


class Command(BaseCommand):
    """This will restore a backup beside what is in use, sign in there and open sealed texts."""

    help = "恢复演练：把最新的备份恢复到一旁，核对、登录、试读敏感信息，再删掉；不影响在用的数据。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the backup, and the keys that were kept apart."""
        parser.add_argument(
            "backup", type=Path, nargs="?", help="一份备份，或放多份备份的目录（取最新一份）"
        )
        parser.add_argument("--keys", type=Path, help="密钥备份的目录")
        parser.add_argument(
            "--passphrase", type=Path, metavar="FILE", help="加密的备份：做备份时的口令文件"
        )
        parser.add_argument("--inside", action="store_true", help=SUPPRESS)

    def handle(
        self,
        *,
        backup: Path | None,
        keys: Path | None,
        passphrase: Path | None,
        inside: bool,
        **_: object,
    ) -> None:
        """Try it out, and say and write down what came of it."""
        if inside:
            self._look_inside()
            return
        if backup is None or keys is None:
            raise CommandError("请写明放备份的目录，并用 --keys 写明另存的密钥；没有演练。")
        began = time.monotonic()
        try:
            tried = backups.drill(
                backup=backup.expanduser().absolute(),
                keys=keys.expanduser().absolute(),
                passphrase=passphrase.expanduser().absolute() if passphrase else None,
            )
        except Refused as refused:
            self._note({"code": refused.code}, outcome=Outcome.REFUSED)
            raise CommandError(refused.reason) from None
        seconds = round(time.monotonic() - began)
        self._note({"backup": tried.backup, "seconds": seconds}, outcome=Outcome.DONE)
        self.stdout.write("\n".join(tried.said))
        self.stdout.write(f"演练通过：{tried.backup}恢复得了，用时{seconds}秒；演练数据已删除。")

    def _look_inside(self) -> None:
        try:
            for line in backups.look_inside():
                self.stdout.write(line)
        except Refused as refused:
            raise CommandError(refused.reason) from None

    def _note(self, detail: dict[str, object], *, outcome: Outcome) -> None:
        audit.record_event(
            by=BY, verb="backups.drill", at=timezone.now(), detail=detail, outcome=outcome
        )

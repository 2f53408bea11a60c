"""`./qinghe restore DIR`: a backup in the place of an installation that has nothing yet."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime

from qinghe.config import backups
from qinghe.config.backups import manifest
from qinghe.lib.verdicts import Refused


class Command(BaseCommand):
    """This will restore a backup, bring its tables up to date and build its facts."""

    help = "把备份恢复到空的数据目录和空数据库；已有数据时拒绝。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the backup, and the keys that were kept apart."""
        parser.add_argument("backup", type=Path, help="一份备份，或放多份备份的目录（取最新一份）")
        parser.add_argument("--keys", type=Path, help="密钥备份的目录")
        parser.add_argument(
            "--passphrase", type=Path, metavar="FILE", help="加密的备份：做备份时的口令文件"
        )

    def handle(
        self, *, backup: Path, keys: Path | None, passphrase: Path | None, **_: object
    ) -> None:
        """Restore it, and look at what is there."""
        keys_of = keys.expanduser().absolute() if keys else None
        try:
            chosen = manifest.newest(backup.expanduser().absolute())
            phrase = backups.passphrase(passphrase.expanduser()) if passphrase else None
            with backups.opened(chosen, phrase=phrase) as folder:
                known = backups.restore(backup=folder, keys=keys_of)
        except Refused as refused:
            raise CommandError(refused.reason) from None
        moment = parse_datetime(known.made_at)
        self.stdout.write(
            f"已恢复{chosen.name}：{sum(known.rows.values()):,}行，数据截至{moment:%Y-%m-%d %H:%M:%S}。"
        )
        call_command("migrate", verbosity=0, no_backup=True)  # it lies where this one came from
        call_command("rebuild-facts", stdout=self.stdout)
        call_command("verify", stdout=self.stdout)

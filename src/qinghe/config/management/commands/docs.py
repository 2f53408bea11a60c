"""`./qinghe docs`: write docs/generated and the pages of proof anew, or say what is stale."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qinghe.config import documents


class Command(BaseCommand):
    """This will bring the generated pages in line with the code."""

    help = "按代码重写 docs/generated、assurance.md、performance.md；--check 只检查是否过期。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the wish to look only, and another folder."""
        parser.add_argument("--check", action="store_true", help="只检查，不改动文件")
        parser.add_argument("--folder", type=Path, default=settings.ROOT / "docs", help="写到哪里")

    def handle(self, *args: object, **options: object) -> None:
        """Write, or compare."""
        folder = Path(str(options["folder"]))
        if options["check"]:
            self._check(folder)
            return
        changed = documents.write(folder)
        for name in changed:
            self.stdout.write(f"更新 {folder.name}/{name}")
        if not changed:
            self.stdout.write(f"{folder.name} 已是最新，没有改动。")

    def _check(self, folder: Path) -> None:
        old = documents.stale(folder)
        if old:
            names = "、".join(old)
            raise CommandError(
                f"{folder.name} 中有过期的文件：{names}。没有改动任何文件，请运行 ./qinghe docs"
                " (stale: run ./qinghe docs)."
            )
        self.stdout.write(f"{folder.name} 与代码一致。")

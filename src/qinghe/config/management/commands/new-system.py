"""`./qinghe new-system SLUG LABEL`: begin a system's folder with the fixed names."""

from argparse import ArgumentParser
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from qinghe.config import documents, scaffold
from qinghe.lib.verdicts import Refused


class Command(BaseCommand):
    """This will write the first files of a new system."""

    help = "新建一个业务系统的文件夹：SLUG 是英文代号，LABEL 是中文名称。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the two names, and another place to write to."""
        parser.add_argument("slug", metavar="SLUG", help="英文代号，如 cases")
        parser.add_argument("label", metavar="LABEL", help="中文名称，如 热线与个案")
        parser.add_argument(
            "--systems",
            type=Path,
            default=settings.ROOT / "src" / "qinghe" / "systems",
            help="各系统所在的文件夹",
        )

    def handle(self, *args: object, **options: object) -> None:
        """Check the names, write the folder, say what comes next."""
        slug, label = str(options["slug"]), str(options["label"])
        systems = Path(str(options["systems"]))
        try:
            scaffold.check(slug=slug, label=label, taken=_taken(systems))
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        folder = scaffold.begin(systems=systems, slug=slug, label=label)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                self.stdout.write(f"新建 {slug}/{path.relative_to(folder)}")
        self.stdout.write(f'请在 src/qinghe/config/settings.py 的 SYSTEMS 中加上一个词："{slug}"')
        self.stdout.write("然后运行 ./qinghe docs；步骤见 docs/howto/add-a-system.md。")


def _taken(systems: Path) -> set[str]:
    """Return the words that name a folder, an application or the first part of an address."""
    folders = {path.name for path in systems.iterdir()}
    labels = {config.label for config in apps.get_app_configs()}
    first_words = {address.split("/")[1] for address, _, _ in documents.routes()}
    return folders | labels | first_words

"""`./qinghe manage load-sheet SLUG FILE.xlsx --as PERSON_NUMBER`: the bulk door from the command line."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.edges.sheets import services
from qinghe.edges.sheets.models import Upload
from qinghe.edges.sheets.services import Outcome
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Person
from qinghe.lib.verdicts import Refused

MOST_SHOWN = 20


class Command(BaseCommand):
    """This will load a workbook as one of the house's sheets, or say what is wrong with it."""

    help = "Load an .xlsx as one of the sheets; a load left half-way goes on where it stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the sheet, the file and the person who answers for it; or an upload of the pages."""
        parser.add_argument("slug", nargs="?", help="such as volunteering.attendances")
        parser.add_argument("file", nargs="?", type=Path)
        parser.add_argument("--as", dest="number", help="the person who loads it, by number")
        parser.add_argument("--upload", type=int, help="an upload that was checked on the pages")

    def handle(
        self, *, slug: str | None, file: Path | None, number: str | None, upload: int | None,
        **_: object,
    ) -> None:  # fmt: skip
        """Load, with progress, and answer in one line."""
        try:
            if upload is not None:
                outcome = self._load_upload(upload)
            elif slug and file and number:
                outcome = self._load_file(slug, file=file, number=number)
            else:
                raise CommandError("请给出台账名、文件和 --as 人员编号；没有任何改动。")
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        self._answer(outcome)

    def _load_file(self, slug: str, *, file: Path, number: str) -> Outcome:
        sheet = services.sheet_of(slug)
        if not file.is_file():
            raise CommandError(f"没有找到文件{file}，没有任何改动。")
        person = people.by_number(number)
        if person is None:
            raise CommandError(f"没有编号为{number}的人员，没有任何改动。")
        return services.load_file(
            sheet=sheet,
            path=file,
            by=_actor(person),
            at=timezone.now(),
            progress=self._progress,
        )

    def _load_upload(self, upload_id: int) -> Outcome:
        upload = Upload.objects.select_related("file").filter(pk=upload_id).first()
        if upload is None:
            raise CommandError(f"没有第{upload_id}号上传，没有任何改动。")
        return services.load(
            sheet=services.sheet_of(upload.sheet),
            upload=upload,
            by=_actor(Person.objects.get(pk=upload.person_id)),
            at=timezone.now(),
            progress=self._progress,
        )

    def _progress(self, done: int, total: int) -> None:
        if done == total or done % 20_000 < services.CHUNK:
            self.stderr.write(f"▸ {done:,} / {total:,} 行")

    def _answer(self, outcome: Outcome) -> None:
        if not outcome.problems:
            self.stdout.write(f"已导入{outcome.written:,}行，用时{outcome.seconds:.1f}秒。")
            return
        for problem in outcome.problems[:MOST_SHOWN]:
            where = f"第{problem.line}行{problem.column and f'“{problem.column}”列'}"
            self.stderr.write(f"{where}：{problem.reason}")
        raise CommandError(f"有{len(outcome.problems):,}处问题，没有写入任何新的行；请更正后再试。")


def _actor(person: Person) -> Actor:
    return access.actor_of_person(person.pk, person.name, timezone.localdate())

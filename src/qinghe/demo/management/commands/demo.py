"""Fill an empty data folder with an invented half-year of a whole district."""

import argparse
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.demo import (
    accompanied,
    appraised,
    asked_now,
    assessed,
    at_the_door,
    badged,
    branched,
    brought,
    cast,
    disciplined,
    doubted,
    enlisted,
    filed,
    founded,
    graded,
    hooked,
    inspected,
    joined,
    lived,
    merged,
    met,
    models,
    moved,
    netted,
    numbered,
    placed,
    pledged,
    pressed,
    queries,
    recommended,
    reconciled,
    recruited,
    replanned,
    reported,
    seated,
    shared,
    starred,
    story,
    taught,
    thanked,
    tiered,
    written,
)
from qinghe.demo.sizes import SIZES, Size


class Command(BaseCommand):
    help = "填入虚构的半年工作数据：small、medium 或 full（默认）。"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--size", choices=sorted(SIZES), default="full")

    def handle(self, *args: object, **options: object) -> None:
        self.began = time.monotonic()
        size = SIZES[str(options["size"])]
        mark = queries.mark()
        if queries.is_used():
            raise CommandError(
                "这个数据目录里已有实际数据，没有写入任何演示数据。"
                "请另设 QINGHE_DATA 指向一个空目录再运行。"
            )
        if mark and mark.size != size.name:
            raise CommandError(
                f"这个数据目录里已有 {mark.size} 规模的演示数据，没有任何改动。"
                f"如需 {size.name} 规模，请另设 QINGHE_DATA 指向一个空目录。"
            )
        if mark and mark.complete:
            self._say(f"{size.name} 规模的演示数据已在，没有重复录入")
        else:
            self._fill(size, mark=mark)
        self._open_door()

    def _fill(self, size: Size, *, mark: models.Mark | None) -> None:
        if mark and size.name == "small":
            raise CommandError("上次录入没有完成。请删除数据目录后重新运行，没有任何改动。")
        if mark is None:
            mark = self._begin(size)
        by = cast.officer()
        if size.name == "small":
            lived.tell_by_services(size=size, by=by, say=self._say)
        else:
            folder = Path(settings.QINGHE_DATA) / "demo"
            story.tell_by_ledgers(size=size, folder=folder, by=by, say=self._say)
        if not queries.has_account(cast.VOLUNTEER):
            cast.open_for_a_volunteer(at=timezone.now())
        numbered.tell_years(by=by)
        founded.set_targets()
        enlisted.set_lists()
        self._rebuild()  # what a form takes from records is shown beside what is typed
        reported.tell_returns(size=size, by=by, say=self._say)
        starred.tell(size=size, now=timezone.now(), say=self._say)
        joined.tell(now=timezone.now(), say=self._say)
        shared.tell(now=timezone.now(), say=self._say)
        thanked.tell(now=timezone.now(), say=self._say)
        netted.tell(now=timezone.now(), say=self._say)
        accompanied.tell(now=timezone.now(), say=self._say)
        at_the_door.tell(now=timezone.now(), say=self._say)
        placed.tell(now=timezone.now(), say=self._say)
        taught.tell(now=timezone.now(), say=self._say)
        met.tell(now=timezone.now(), say=self._say)
        filed.tell(now=timezone.now(), say=self._say)
        branched.tell(now=timezone.now(), say=self._say)
        seated.tell(now=timezone.now(), say=self._say)
        moved.tell(now=timezone.now(), say=self._say)
        reconciled.tell(now=timezone.now(), say=self._say)
        graded.tell(now=timezone.now(), say=self._say)
        inspected.tell(now=timezone.now(), say=self._say)
        pledged.tell(now=timezone.now(), say=self._say)
        badged.tell(now=timezone.now(), say=self._say)
        doubted.tell(now=timezone.now(), say=self._say)
        brought.tell(now=timezone.now(), say=self._say)
        founded.tell(now=timezone.now(), say=self._say)
        enlisted.tell(say=self._say)
        pressed.tell(now=timezone.now(), say=self._say)
        tiered.tell(now=timezone.now(), say=self._say)
        hooked.tell(now=timezone.now(), say=self._say)
        numbered.tell_today(now=timezone.now(), say=self._say)
        appraised.tell(now=timezone.now(), say=self._say)
        assessed.tell(now=timezone.now(), say=self._say)
        recruited.tell(now=timezone.now(), say=self._say)
        recommended.tell(now=timezone.now(), say=self._say)
        disciplined.tell(now=timezone.now(), say=self._say)
        replanned.tell(now=timezone.now(), say=self._say)
        merged.tell(now=timezone.now(), say=self._say)
        asked_now.ask(size=size, by=by, now=timezone.now())
        self._rebuild()
        self._say("起草工作总结，印发通报")
        written.tell(by=by, now=timezone.now())
        mark.complete = True
        mark.save(update_fields=["complete"])
        self._say(f"完成：{size.name} 规模的演示数据已备好")

    def _rebuild(self) -> None:
        self._say("汇总：重建指标数据")
        call_command("rebuild-facts", stdout=self.stdout, stderr=self.stderr)

    def _begin(self, size: Size) -> models.Mark:
        """Enter the ground and the mark together: a run cut short here leaves an empty database."""
        self._say("录入区、街道、社区和演示人员")
        return story.begin(size=size, token=secrets.token_urlsafe(18), at=timezone.now())

    def _open_door(self) -> None:
        mark = queries.mark()
        if mark:
            door = Path(settings.QINGHE_DATA) / "demo-entry"
            door.write_text(f"/demo/{mark.token}/\n", encoding="utf-8")
            door.chmod(0o600)

    def _say(self, words: str) -> None:
        self.stdout.write(f"[{time.monotonic() - self.began:6.1f} 秒] {words}")
        self.stdout.flush()

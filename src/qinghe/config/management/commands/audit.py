"""`./qinghe manage audit`: checks the chain of audit entries, anchors it, lets old ones go."""

import json
import time
from argparse import ArgumentParser
from datetime import datetime, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from qinghe.kernel.audit import services, verifying
from qinghe.kernel.audit.verifying import Anchor
from qinghe.lib.verdicts import Refused

BY = "本机命令"


class Command(BaseCommand):
    """This will check, anchor or prune the chain of audit entries."""

    help = "操作记录：verify 校验整条链，anchor 写出锚点，prune 删除超过保存期的记录。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and the file or the days it needs."""
        asked = parser.add_subparsers(dest="what", required=True)
        verify = asked.add_parser("verify", help="从第一条校验到最后一条")
        verify.add_argument("--anchor", type=Path, help="由 anchor 写出、保存在另一台机器上的文件")
        anchor = asked.add_parser("anchor", help="在文件末尾添一行：链头的序号、校验值和时间")
        anchor.add_argument("file", type=Path)
        prune = asked.add_parser("prune", help="删除早于若干天的记录，留下检查点")
        prune.add_argument("--days", type=int, required=True, help="保存的天数，不少于184")

    def handle(self, *args: object, **options: object) -> None:
        """Do it, or say why not."""
        if options["what"] == "verify":
            given = options["anchor"]
            self._verify(_read(given) if isinstance(given, Path) else [])
        elif options["what"] == "anchor":
            self._anchor(Path(str(options["file"])))
        else:
            self._prune(timedelta(days=int(str(options["days"]))))

    def _verify(self, anchors: list[Anchor]) -> None:
        started = time.monotonic()
        checked = verifying.verify(anchors=anchors)
        seconds = time.monotonic() - started
        services.note_check(checked=checked, at=timezone.now(), by=BY)
        if not verifying.is_guarded():
            self.stderr.write(
                "▸ 数据库中阻止改动操作记录的触发器不全，请运行 manage migrate 并查明原因。"
            )
        if checked.fault:
            raise CommandError(
                f"校验未通过：第{checked.fault.seq}条，{checked.fault.kind.label}。"
                f"此前{checked.count:,}条完好；没有改动任何记录。请保留现场，报告审计员和安全管理员。"
            )
        compared = f"，与{len(anchors)}个锚点相符" if anchors else ""
        self.stdout.write(
            f"校验通过：第{checked.first}至{checked.last}条，共{checked.count:,}条{compared}，"
            f"用时{seconds:.1f}秒。"
        )

    def _anchor(self, file: Path) -> None:
        anchor = services.anchor(at=timezone.now(), by=BY)
        line = {"seq": anchor.seq, "hash": anchor.hash, "at": anchor.at.isoformat()}
        try:
            with file.open("a", encoding="utf-8") as kept:
                kept.write(json.dumps(line) + "\n")
        except OSError as error:
            raise CommandError(
                f"锚点没有写入{file}（{error.strerror}）；请换一个位置再试。"
            ) from error
        self.stdout.write(f"已写入锚点：第{anchor.seq}条；请把{file}保存到另一台机器上。")

    def _prune(self, kept: timedelta) -> None:
        at = timezone.now()
        try:
            gone = services.prune(before=at - kept, at=at, by=BY)
        except Refused as refused:
            raise CommandError(refused.reason) from None
        self.stdout.write(f"已删除{kept.days}天以前的{gone:,}条操作记录。")


def _read(file: Path) -> list[Anchor]:
    try:
        lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line]
        return [
            Anchor(line["seq"], line["hash"], datetime.fromisoformat(line["at"])) for line in lines
        ]
    except (OSError, ValueError, KeyError) as error:
        raise CommandError(f"锚点文件{file}读不出来，没有校验；请核对文件。") from error

"""`./qinghe manage recompute`: count a freezing again from its own facts, and say if it is equal."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from qinghe.analytics import frozen
from qinghe.analytics.frozen import Recounted
from qinghe.analytics.models import Freezing
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused

SHOWN = 40
DIFFERENT = 3  # the exit code of a freezing that is not what was kept


class Command(BaseCommand):
    """This will compare every frozen figure with what its facts come to."""

    help = "用封存的事实文件重算一次封存的全部数字，逐个核对数值、状态、记录数和指纹。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which period, and which of its freezings."""
        parser.add_argument("period", help="期间，如 2022H1")
        parser.add_argument("number", nargs="?", type=int, help="第几次封存，不填为最近一次")

    def handle(self, *args: object, **options: object) -> None:
        """Count again and say 一致, or list what differs."""
        try:
            freezing = _chosen(str(options["period"]), options.get("number"))
            found = frozen.recount(freezing)
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from None
        if found.equal:
            self.stdout.write(f"一致：{freezing}的{found.figures:,}个数字重算结果完全相同。")
            return
        for line in _lines(found):
            self.stdout.write(line)
        raise CommandError(f"不一致：{freezing}与封存时不同，见上。", returncode=DIFFERENT)


def _chosen(name: str, number: object) -> Freezing:
    period = periods.parse(name)
    known = Freezing.objects.filter(period=period.name).order_by("-number")
    freezing = known.filter(number=int(str(number))).first() if number else known.first()
    if freezing is None:
        raise Refused("not_frozen", f"{period.label}没有这次封存，请核对期间和次序。")
    return freezing


def _lines(found: Recounted) -> list[str]:
    codes = Org.objects.in_bulk({each.org_id for each in found.differences})
    lines = [f"文件与校验值不符：{name}" for name in found.damaged]
    lines += [
        f"{each.code or '合计'} {codes[each.org_id].code if each.org_id in codes else '—'}"
        f" {each.what}：封存为{each.kept or '空'}，重算为{each.found or '空'}"
        for each in found.differences[:SHOWN]
    ]
    rest = len(found.differences) - SHOWN
    return [*lines, f"……另有{rest:,}处不同"] if rest > 0 else lines

"""`./qinghe manage report`: the half-year report as a file that an office may issue."""

import os
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from qinghe.analytics import store
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.periods import Period, PeriodKind
from qinghe.lib.verdicts import Refused
from qinghe.reports.half_year import blocks, docx
from qinghe.reports.half_year.blocks import Draft

SUFFIX = ".docx"


class Command(BaseCommand):
    """This will write the report of a half-year, whole or not at all."""

    help = "把半年工作总结写成一个.docx文件。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which report, and where to."""
        parser.add_argument("--period", required=True, help="半年，如 2022H1")
        parser.add_argument("--out", required=True, help="写到哪个文件，如 2022H1.docx")
        parser.add_argument("--org", default="", help="组织代码；不填为全区")

    def handle(self, *args: object, **options: object) -> None:
        """Write the file and tell what is in it."""
        try:
            path = target(str(options["out"]))
            draft = drafted(period_name=str(options["period"]), org_code=str(options["org"]))
            write(docx.document(draft), to=path)
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from None
        waiting = f"，其余{draft.waiting}个标为“{blocks.WAITING}”" if draft.waiting else ""
        self.stdout.write(f"已写入{path}：{draft.wanted}个数字中已接入{draft.fed}个{waiting}。")


def target(name: str) -> Path:
    """Return the file to write, before any work is done for it.

    Raises Refused: not_docx, no_folder, unwritable.
    """
    path = Path(name)
    if path.suffix.lower() != SUFFIX:
        raise Refused("not_docx", f"“{name}”不是.docx文件，没有写入；请把文件名改为以.docx结尾。")
    try:
        path = path.resolve()
        if not path.parent.is_dir():
            raise Refused("no_folder", f"没有“{path.parent}”这个文件夹，没有写入；请先建立它。")
        if path.is_dir() or (path.exists() and not os.access(path, os.W_OK)):
            raise _unwritable(path)
    except (OSError, RuntimeError, ValueError):  # too long, a loop of links, a NUL
        raise _unwritable(path) from None
    return path


def drafted(*, period_name: str, org_code: str) -> Draft:
    """Return the report as the facts have it.

    Raises Refused: unknown_period, not_half_year, no_facts, unknown_org, org_not_in_period.
    """
    period = half_year(period_name)
    store.current()  # without facts there is nothing to ask the database for
    return blocks.current(org=organisation(org_code), period=period)


def half_year(name: str) -> Period:
    """Read the name of a half-year. Raises Refused: unknown_period, not_half_year."""
    period = periods.parse(name)
    if period.kind is not PeriodKind.HALF_YEAR:
        raise Refused(
            "not_half_year", f"“{name}”不是半年，没有写入；请填写半年，如{period.start.year}H1。"
        )
    return period


def organisation(code: str) -> Org:
    """Find whose report it is; the district's unless told. Raises Refused: unknown_org, no_orgs."""
    org = orgs.by_code(code) if code else orgs.root()
    if org is None and code:
        raise Refused("unknown_org", f"没有代码为“{code}”的组织，没有写入；请核对代码。")
    if org is None:
        raise Refused("no_orgs", "还没有任何组织，没有可以写的总结；请先录入组织。")
    return org


def write(content: bytes, *, to: Path) -> None:
    """Write beside the target, then put it in its place: nobody ever meets half a file.

    Raises Refused: unwritable.
    """
    beside = to.with_name(f".{os.getpid()}-{to.stem[:20]}.part")
    try:
        with beside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(to)
    except OSError:
        beside.unlink(missing_ok=True)
        raise _unwritable(to) from None
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _unwritable(path: Path) -> Refused:
    return Refused("unwritable", f"“{path}”不能写入，原有文件没有改动；请换一个位置或检查权限。")

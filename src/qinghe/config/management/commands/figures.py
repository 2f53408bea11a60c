"""`./qinghe manage figures`: every figure of a period, one JSON object a line.

With `--facts DIR` those of all organisations of all districts that shared their facts there, counted
by the engine that is named.
"""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from qinghe.analytics import catalogue, figures, shared
from qinghe.analytics.figures import Figure, Figures, State
from qinghe.analytics.layout import DUCKDB
from qinghe.analytics.shared import engines
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.lib.wording import Phrase, Style
from qinghe.reports.half_year import blocks
from qinghe.reports.half_year.required import WANTED, Wanted

Row = dict[str, object]


class Command(BaseCommand):
    """This will print the figures of a period: those the report wants, then all others."""

    help = "列出一个期间的全部数字；--json 时每行一个JSON对象。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which figures."""
        parser.add_argument("--period", required=True, help="期间，如 2022H1")
        parser.add_argument("--facts", type=Path, help="各区导出的文件夹；计算其中所有组织的数字")
        parser.add_argument(
            "--engine", choices=engines.NAMES, default=DUCKDB, help="用什么计算各区的数字"
        )
        parser.add_argument(
            "--master", default="", help="Spark集群，如 spark://10.1.2.3:7077；不填为本机"
        )
        parser.add_argument("--out", type=Path, help="各区的数字写到这个文件，不填则输出到屏幕")
        parser.add_argument("--org", default="", help="组织代码；不填为全区")
        parser.add_argument("--source", default="", help="只列报告中的一个数字，如 F056")
        parser.add_argument("--json", action="store_true", help="以JSON输出，每行一个对象")

    def handle(self, *args: object, **options: object) -> None:
        """Print the figures."""
        if options["facts"]:
            self._shared(options)
            return
        if options["engine"] != DUCKDB or options["out"]:
            raise CommandError(
                "--engine spark 和 --out 要与 --facts 一起用，没有计算。", returncode=2
            )
        try:
            found = rows(
                period_name=str(options["period"]),
                org_code=str(options["org"]),
                source=str(options["source"]),
            )
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from None
        for row in found:
            if options["json"]:
                self.stdout.write(json.dumps(row, ensure_ascii=False))
            else:
                said = row["wording"] or ("—" if row["fed_by"] else "待接入")
                self.stdout.write(
                    f"{row['figure'] or '':5}{row['code']:8}{row['label']}：{_with_unit(said, row)}"
                )

    def _shared(self, options: Mapping[str, object]) -> None:
        """Count the figures of all districts of a folder, and write one object a line."""
        if options["org"] or options["source"]:
            raise CommandError("--facts 不能与 --org、--source 一起用，没有计算。", returncode=2)
        facts, engine = Path(str(options["facts"])).expanduser().absolute(), str(options["engine"])
        out = Path(str(options["out"])) if options["out"] else None
        try:
            period = periods.parse(str(options["period"]))
            with engines.started(engine, master=str(options["master"])) as running:
                found = shared.figures_of(shared.opened(facts), running, period)
                lines = (json.dumps(row, ensure_ascii=False) for row in found)
                if out is None:
                    for line in lines:
                        self.stdout.write(line)
                    return
                out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from None
        self.stdout.write(f"{period.label}的数字已写入{out}。")


def rows(*, period_name: str, org_code: str, source: str) -> list[Row]:
    """Return what is printed, in the order of the report.

    Raises Refused: unknown_period, unknown_org, unknown_figure, no_facts, org_not_in_period.
    """
    period = periods.parse(period_name)
    org = orgs.by_code(org_code) if org_code else orgs.root()
    if org is None and not org_code:
        raise Refused("no_orgs", "还没有录入任何组织，没有可以列出的数字。")
    if org is None:
        raise Refused("unknown_org", f"没有代码为“{org_code}”的组织，请核对代码。")
    if source and source not in {wanted.figure for wanted in WANTED}:
        raise Refused("unknown_figure", f"报告中没有编号为“{source}”的数字，请核对编号。")
    known = figures.cached(period)
    return [row for row in _all(known, org) if source in ("", row["figure"])]


def _all(known: Figures, org: Org) -> Iterator[Row]:
    for wanted in WANTED:
        if wanted.code in known:
            found = known[wanted.code, org.pk]
            yield _fed(found, org, figure=wanted.figure, said=blocks.said(wanted, found))
        else:
            yield _not_fed(wanted, org)
    told = {wanted.code for wanted in WANTED}
    for code in known:
        if code not in told:
            found = known[code, org.pk]
            yield _fed(found, org, figure=None, said=found.said(_usual(found)))


def _with_unit(said: object, row: Row) -> str:
    """Return a figure with its unit, which a percentage has already said."""
    words, unit = str(said), str(row["unit"])
    return words if words.endswith(unit) or not row["wording"] else f"{words}{unit}"


def _usual(found: Figure) -> Phrase:
    """Return how a figure is said that no report has a phrase for."""
    if found.unit == "%":
        return Phrase(Style.PERCENT, decimals=found.decimals)
    return Phrase(Style.EXACT, decimals=found.decimals)


def _fed(found: Figure, org: Org, *, figure: str | None, said: str | None) -> Row:
    return {
        "figure": figure,
        "code": found.code,
        "version": found.version,
        "label": found.label,
        "unit": found.unit,
        "org": org.code,
        "value": None if found.exact is None else f"{found.exact:f}",
        "wording": said,
        "state": found.state.value,
        "fed_by": "returns" if catalogue.indicator(found.code).is_reported else "records",
        "as_of": found.as_of.isoformat(),
    }


def _not_fed(wanted: Wanted, org: Org) -> Row:
    return {
        "figure": wanted.figure,
        "code": wanted.code,
        "version": None,
        "label": wanted.label,
        "unit": wanted.unit,
        "org": org.code,
        "value": None,
        "wording": None,
        "state": State.MISSING.value,
        "fed_by": None,
        "as_of": None,
    }

"""`./qinghe manage trace`: the records behind one figure."""

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from qinghe.analytics import catalogue, figures, store
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused


class Command(BaseCommand):
    """This will print the ids of a figure's records, their number and their fingerprint."""

    help = "列出一个数字背后的记录编号、条数和校验值（SHA-256）。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take which figure."""
        parser.add_argument("--code", required=True, help="指标编号，如 VOL-02")
        parser.add_argument("--period", required=True, help="期间，如 2022H1")
        parser.add_argument("--org", default="", help="组织代码；不填为全区")
        parser.add_argument("--part", default="top", help="比率的分子（top）或分母（bottom）")
        parser.add_argument("--limit", type=int, default=20, help="最多列出多少个编号")
        parser.add_argument("--json", action="store_true", help="以JSON输出")

    def handle(self, *args: object, **options: object) -> None:
        """Print the trace."""
        try:
            answer = traced(
                code=str(options["code"]),
                period_name=str(options["period"]),
                org_code=str(options["org"]),
                part=str(options["part"]),
                limit=max(0, int(str(options["limit"]))),
            )
        except Refused as refused:
            raise CommandError(refused.reason, returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
            return
        for key, value in answer.items():
            self.stdout.write(f"{key}: {value}")


def traced(
    *, code: str, period_name: str, org_code: str, part: str, limit: int
) -> dict[str, object]:
    """Return what is printed.

    Raises Refused: unknown_period, unknown_indicator, unknown_org, unknown_part, no_facts.
    """
    period = periods.parse(period_name)
    indicator = catalogue.indicator(code)
    org = orgs.by_code(org_code) if org_code else orgs.root()
    if org is None and not org_code:
        raise Refused("no_orgs", "还没有录入任何组织，没有可以列出的数字。")
    if org is None:
        raise Refused("unknown_org", f"没有代码为“{org_code}”的组织，请核对代码。")
    now = store.current()
    figures.compute(now, [indicator], period)[code, org.pk]  # an org outside the tree is refused
    found = figures.trace(now, indicator, period, org.pk, part=part)
    return {
        "code": code,
        "period": period.name,
        "org": org.code,
        "model": found.model,
        "ids": found.ids[:limit],
        "count": found.count,
        "sha256": found.sha256,
    }

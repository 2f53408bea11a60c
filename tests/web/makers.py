"""A small facts file over the organisations themselves, for the board."""

from datetime import date
from pathlib import Path

from django.db.models import F, Value
from django.db.models.functions import Coalesce

from qinghe.analytics import building
from qinghe.analytics.facts import Fact
from qinghe.analytics.indicators import Indicator, Kind, Ratio, Time
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from tests import cast

ORGS = Fact(
    name="web_orgs",
    label="组织",
    grain="一个组织一行",
    model="orgs.Org",
    columns={
        "record_id": "int64",
        "org_id": "int64",
        "day": "date",
        "until": "date",
        "org_kind": "string",
    },
    records=lambda: Org.objects.values(
        record_id=F("pk"),
        org_id=F("pk"),
        day=F("opened_on"),
        until=Coalesce(F("closed_on"), Value(date(9999, 12, 31))),
        org_kind=F("kind"),
    ),
)
ALL = Indicator(
    code="WEB-01",
    label="组织总数",
    unit="个",
    kind=Kind.COUNT,
    over=ORGS,
    time=Time.STOCK,
    meaning="期末存续的组织个数，含区域和各类团组织；期内撤销的不计。",
)
COMMUNITIES = Indicator(
    code="WEB-02",
    label="社区",
    unit="个",
    kind=Kind.COUNT,
    over=ORGS,
    time=Time.STOCK,
    where=lambda rows: rows.org_kind == "community",
    meaning="期末存续的社区个数。",
)
SHARE = Ratio(
    code="WEB-03",
    label="社区占比",
    unit="%",
    top=COMMUNITIES,
    bottom=ALL,
    meaning="社区个数占全部组织个数的百分比。",
)
INDICATORS = {each.code: each for each in (ALL, COMMUNITIES, SHARE)}


def build_facts(folder: Path) -> None:
    """Read the organisations there are into a facts file."""
    building.build(facts=[ORGS], lineage=orgs.lineage(), at=cast.NOW, folder=folder)

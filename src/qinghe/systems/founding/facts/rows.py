from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from qinghe.analytics.days import NextYear, or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.orgs import kinds
from qinghe.kernel.orgs.models import Org
from qinghe.systems.founding.models import Application, Hundred, Target, Unit


def _target_rows() -> QuerySet:
    handed = Target.objects.filter(parent__isnull=False)
    shared = Coalesce(Sum("shares__number"), 0)
    return (
        handed.order_by()
        .annotate(shared=shared)
        .values("org_id", "day", record_id=F("pk"), left=F("number") - F("shared"))
    )


def _hundred_rows() -> QuerySet:
    standing = Hundred.objects.filter(dropped_on__isnull=True)
    return standing.order_by().values("org_id", "day", record_id=F("pk"))


def _founded_rows() -> QuerySet:
    opened = Org.objects.filter(kind__in=sorted(kinds.COUNTED)).exclude(new_org_kind="")
    return opened.order_by().values(
        record_id=F("pk"), org_id=F("pk"), day=F("opened_on"), until=NextYear("opened_on")
    )


def _unit_rows() -> QuerySet:
    return Unit.objects.order_by().values(
        "org_id", record_id=F("pk"), day=F("entered_on"), until=or_still("ended_on")
    )


def _application_rows() -> QuerySet:
    return Application.objects.order_by().values(
        org_id=F("unit__org_id"),
        record_id=F("pk"),
        day=F("asked_on"),
        until=or_still("decided_on"),
    )


def _late_rows() -> QuerySet:
    decided = Application.objects.filter(state__in=["approved", "refused"])
    late = decided.filter(decided_on__gt=F("due_on"))
    return late.order_by().values(record_id=F("pk"), org_id=F("unit__org_id"), day=F("decided_on"))


TARGET = Fact(
    name="founding_target",
    label="建团指标",
    grain="what of one target is not shared on below, in the year for which it was handed down (F030)",
    model="founding.Target",
    columns={**REQUIRED, "left": "int64"},
    records=_target_rows,
)

HUNDRED = Fact(
    name="founding_hundred",
    label="百分百项目",
    grain="one aim of a year that was not dropped (F029)",
    model="founding.Hundred",
    columns={**REQUIRED},
    records=_hundred_rows,
)

# A stock that ends with its year: what stands on a day is what was founded in the year up to it.
FOUNDED = Fact(
    name="founding_founded",
    label="当年新建两新团组织",
    grain="one League organisation of a new organisation, from its opening to the end of that year",
    model="orgs.Org",
    columns={**REQUIRED, "until": "date"},
    records=_founded_rows,
)

UNIT = Fact(
    name="founding_unit",
    label="未建团单位",
    grain="one unit, from its entry until it has a League organisation or is gone",
    model="founding.Unit",
    columns={**REQUIRED, "until": "date"},
    records=_unit_rows,
)

APPLICATION = Fact(
    name="founding_application",
    label="在办建团申请",
    grain="one application, from the day it was asked for until it was decided or taken back",
    model="founding.Application",
    columns={**REQUIRED, "until": "date"},
    records=_application_rows,
)

LATE = Fact(
    name="founding_late",
    label="超期办结的建团申请",
    grain="one application decided after its limit, on the day of the decision",
    model="founding.Application",
    columns={**REQUIRED},
    records=_late_rows,
)

FACTS = [TARGET, HUNDRED, FOUNDED, UNIT, APPLICATION, LATE]

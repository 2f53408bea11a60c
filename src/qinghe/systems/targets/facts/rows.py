from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce

from qinghe.analytics.days import STILL
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.targets.models import Claim, Item

COVERAGE, TEAMS = "VOL-34", "支/社区"  # F095: how many teams each community has at least
_GIVEN_OUT = ["published", "closed"]


def _item_rows() -> QuerySet:
    below = Item.objects.filter(parent=OuterRef("pk"), dropped_on__isnull=True)
    is_last = Q(level__gt=1) & ~Q(Exists(below))
    return (
        Item.objects.filter(task_list__state__in=_GIVEN_OUT)
        .order_by()
        .values(
            record_id=F("pk"),
            org_id=F("task_list__org_id"),
            day=F("entered_on"),
            until=Coalesce("dropped_on", "task_list__closed_on", STILL),
            kind=F("task_list__kind"),
            is_field=_one_if(Q(level=1)),
            is_last=_one_if(is_last),
            has_lead=_one_if(Q(lead__isnull=False)),
        )
    )


def _one_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())


def _floor_rows() -> QuerySet:
    standing = Item.objects.filter(
        code=COVERAGE,
        unit=TEAMS,
        target__isnull=False,
        dropped_on__isnull=True,
        task_list__state__in=_GIVEN_OUT,
        task_list__org__parent__isnull=True,
    )
    newer = standing.filter(task_list__year=OuterRef("task_list__year"), pk__gt=OuterRef("pk"))
    return (
        standing.filter(~Exists(newer))
        .order_by()
        .values(
            record_id=F("pk"),
            org_id=F("task_list__org_id"),
            day=F("task_list__starts_on"),
            hundredths=Cast(F("target") * 100, IntegerField()),
        )
    )


def _claim_rows() -> QuerySet:
    granted = Claim.objects.filter(state="granted")
    return granted.order_by().values("org_id", record_id=F("pk"), day=F("decided_on"))


ITEM = Fact(
    name="targets_item",
    label="清单任务",
    grain="one item of a list, from the day it is on the published list until it is dropped or the list closed",
    model="targets.Item",
    columns={
        **REQUIRED,
        "until": "date",
        "kind": "string",
        "is_field": "int64",
        "is_last": "int64",
        "has_lead": "int64",
    },
    records=_item_rows,
)

FLOOR = Fact(
    name="targets_floor",
    label="每社区志愿服务队伍下限",
    grain="the newest item of a year that sets how many teams each community has (F095)",
    model="targets.Item",
    columns={**REQUIRED, "hundredths": "int64"},
    records=_floor_rows,
)

CLAIM = Fact(
    name="targets_claim",
    label="任务认领",
    grain="one claim of an open item that was granted, on the day of the decision",
    model="targets.Claim",
    columns={**REQUIRED},
    records=_claim_rows,
)

FACTS = [ITEM, FLOOR, CLAIM]

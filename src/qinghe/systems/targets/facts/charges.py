from django.db.models import (
    Case,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.targets.models import LED_BEFORE, Charge, LightSpan, Progress


def _in_force() -> QuerySet[Charge]:
    return Charge.objects.filter(item__dropped_on__isnull=True).exclude(LED_BEFORE).order_by()


def _charge_rows() -> QuerySet:
    due = Coalesce("item__due_on", "item__task_list__ends_on", output_field=DateField())
    in_time = Progress.objects.filter(
        charge=OuterRef("pk"),
        kind=Progress.Kind.STRIKE,
        state=Progress.State.ACCEPTED,
        filed_on__lte=OuterRef("day"),
    )
    return (
        _in_force()
        .annotate(day=due)
        .values(
            "org_id",
            "day",
            record_id=F("pk"),
            in_time=Case(
                When(Exists(in_time), then=Value(1)),
                default=Value(0),
                output_field=IntegerField(),
            ),
        )
    )


def _struck_rows() -> QuerySet:
    struck = _in_force().filter(struck_on__isnull=False)
    return struck.values("org_id", record_id=F("pk"), day=F("struck_on"))


def _red_rows() -> QuerySet:
    red = LightSpan.objects.filter(light=LightSpan.Shining.RED).order_by()
    return red.values(
        record_id=F("pk"), org_id=F("charge__org_id"), day=F("since"), until=or_still("ended_on")
    )


CHARGE = Fact(
    name="targets_charge",
    label="责任事项",
    grain="one item and one organisation that carries it, on the day it is due",
    model="targets.Charge",
    columns={**REQUIRED, "in_time": "int64"},
    records=_charge_rows,
)

STRUCK = Fact(
    name="targets_struck",
    label="销号事项",
    grain="one item and organisation that was struck off and not reopened, on the day it was accepted",
    model="targets.Charge",
    columns={**REQUIRED},
    records=_struck_rows,
    within=CHARGE,
)

RED = Fact(
    name="targets_red",
    label="红灯事项",
    grain="one red light of an item and organisation, from the day it turned red until another",
    model="targets.LightSpan",
    columns={**REQUIRED, "until": "date"},
    records=_red_rows,
    within=CHARGE,
)

CHARGE_FACTS = [CHARGE, STRUCK, RED]

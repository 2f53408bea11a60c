"""What other platforms' lists brought, and what of them waits."""

from datetime import timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.volunteering.models import CarriedList, CarriedRow

State = CarriedRow.State
LONG = timedelta(days=30)


def _carried_rows() -> QuerySet:
    agreed = CarriedRow.objects.filter(state=State.AGREED, home__isnull=False)
    return agreed.order_by().values(
        "minutes",
        "day",
        record_id=F("pk"),
        org_id=F("home_id"),
        person_id=F("volunteer__person_id"),
    )


def _unowned_rows() -> QuerySet:
    unowned = CarriedRow.objects.filter(
        state__in=[State.NOBODY, State.SEVERAL], carried_list__state=CarriedList.State.LOADED
    )
    return unowned.order_by().values("day", record_id=F("pk"), org_id=F("carried_list__org_id"))


def _waiting_long() -> QuerySet[CarriedRow]:
    return CarriedRow.objects.filter(
        state__in=[State.MATCHED, State.SEVERAL, State.NOBODY],
        carried_list__state=CarriedList.State.LOADED,
        carried_list__loaded_at__lt=Now() - LONG,
    )


def _never_confirmed() -> QuerySet[CarriedList]:
    return CarriedList.objects.filter(
        state=CarriedList.State.CHECKED, loaded_at__lt=Now() - timedelta(days=7)
    )


CARRIED = Fact(
    name="volunteering_carried",
    label="其他平台转入时长",
    grain="one row of another platform that counts, on its day of service, at its volunteer's "
    "main organisation when it was agreed to",
    model="volunteering.CarriedRow",
    columns={**REQUIRED, "person_id": "int64", "minutes": "int64"},
    records=_carried_rows,
)
UNOWNED = Fact(
    name="volunteering_carried_unowned",
    label="其他平台未定本人的行",
    grain="one row of another platform whose person is not known, on its day of service, at its "
    "list's organisation",
    model="volunteering.CarriedRow",
    columns=REQUIRED,
    records=_unowned_rows,
)
CHECKS = [
    Check(
        code="VOL-C90",
        label="其他平台清单的行一个月仍未办理",
        severity=Severity.WARNING,
        records=_waiting_long,
        model="volunteering.CarriedRow",
        advice="待审核的请上级或同事审核；未找到本人的请重新查找或选定，确实无法对应的不予计入。",
    ),
    Check(
        code="VOL-C91",
        label="其他平台清单核对后一周未确认",
        severity=Severity.WARNING,
        records=_never_confirmed,
        model="volunteering.CarriedList",
        advice="清单含姓名和部分证件号。请上传人确认导入，或放弃。",
    ),
]

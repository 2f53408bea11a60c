"""What development numbers tell analytics; questions that check the records."""

from datetime import timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.joining.models import Number, Quota

LONG = timedelta(days=90)


def _handed_rows() -> QuerySet:
    given = Quota.objects.filter(giver__parent__isnull=True, giver__isnull=False)
    return given.order_by().values(
        "org_id", "sector", "amount", record_id=F("pk"), day=F("given_on")
    )


def _issued_rows() -> QuerySet:
    """Give each organisation's numbers less what it handed on: so those of a subtree add up."""
    return Quota.objects.order_by().values(
        "org_id",
        "sector",
        record_id=F("pk"),
        day=F("given_on"),
        own=F("amount") - F("handed"),
    )


def _used_rows() -> QuerySet:
    used = Number.objects.filter(state=Number.State.USED)
    return used.order_by().values("org_id", "sector", record_id=F("pk"), day=F("used_on"))


HANDED = Fact(
    name="numbers_handed_down",
    label="区级下发的编号",
    grain="区级向一个组织一个年度一个领域下发的编号",
    model="joining.Quota",
    columns={**REQUIRED, "sector": "string", "amount": "int64"},
    records=_handed_rows,
)
ISSUED = Fact(
    name="numbers_issued",
    label="下发到本级的编号",
    grain="一个组织一个年度一个领域的编号，减去再下发的",
    model="joining.Quota",
    columns={**REQUIRED, "sector": "string", "own": "int64"},
    records=_issued_rows,
)
USED = Fact(
    name="numbers_used",
    label="已使用的编号",
    grain="一个已使用的发展团员编号",
    model="joining.Number",
    columns={**REQUIRED, "sector": "string"},
    records=_used_rows,
)
FACTS = [HANDED, ISSUED, USED]


def _kept_long() -> QuerySet[Number]:
    return Number.objects.filter(
        state=Number.State.RESERVED, reserved_at__lt=Now() - LONG
    ).order_by("pk")


CHECKS = (
    Check(
        code="joining.number_kept_long",
        label="预留超过90天没有使用的发展团员编号",
        severity=Severity.WARNING,
        records=_kept_long,
        model="joining.Number",
        advice="请核对本人是否已入团：已入团的登记使用，不再入团的释放编号并写明原因。",
    ),
)

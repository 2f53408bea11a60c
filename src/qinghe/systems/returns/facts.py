"""What returns tell analytics: what was reported and accepted, and who was asked for what.

The facts speak of the day on which a period ends, and say since when: a report for half a year can
take in returns of its months, never one of a longer period than its own.
"""

from datetime import timedelta

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    When,
)
from django.db.models import Value as Constant
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import DayAfter
from qinghe.analytics.facts import REQUIRED, Fact

from .models import Cell, DerivedCell, Dispute, Filing, Value

COUNTED = [kind.value for kind in Cell.Kind if kind is not Cell.Kind.TEXT]
State = Filing.State
COLUMNS = {**REQUIRED, "since": "date", "until": "date", "code": "string"}


def _reported_rows() -> QuerySet:
    counted = Value.objects.filter(filing__state=State.ACCEPTED, hundredths__isnull=False)
    return counted.order_by().values(
        record_id=F("pk"),
        org_id=F("filing__org_id"),
        since=F("filing__round__starts_on"),
        day=F("filing__round__ends_on"),
        until=DayAfter("filing__round__ends_on"),
        code=F("cell__code"),
        amount=F("hundredths"),
    )


def _asked_rows() -> QuerySet:
    cell = "round__form__cells"
    derived = DerivedCell.objects.filter(round=OuterRef("round"), cell=OuterRef(f"{cell}__pk"))
    said = Value.objects.filter(filing=OuterRef("pk"), cell=OuterRef(f"{cell}__pk")).filter(
        Q(hundredths__isnull=False) | Q(not_applicable=True)
    )
    yes, no = (Constant(number, output_field=BigIntegerField()) for number in (1, 0))
    return (
        Filing.objects.filter(~Exists(derived), **{f"{cell}__kind__in": COUNTED})
        .order_by()
        .values(
            "org_id",
            record_id=F("pk") * 1000 + F(f"{cell}__place"),
            since=F("round__starts_on"),
            day=F("round__ends_on"),
            until=DayAfter("round__ends_on"),
            code=F(f"{cell}__code"),
            answered=Case(When(Exists(said), state=State.ACCEPTED, then=yes), default=no),
        )
    )


REPORTED = Fact(
    name="reported",
    label="已通过的填报值",
    grain="one number in one accepted filing; amounts in hundredths, on the period's last day",
    model="returns.Value",
    columns={**COLUMNS, "amount": "int64"},
    records=_reported_rows,
)

ASKED = Fact(
    name="asked",
    label="应报的指标格",
    grain="one cell asked of one organisation for one period, answered once it is accepted",
    model="returns.Filing",
    columns={**COLUMNS, "answered": "int64"},
    records=_asked_rows,
)

FACTS = [REPORTED, ASKED]


def _overdue() -> QuerySet[Filing]:
    return Filing.objects.filter(
        state__in=[State.DRAFT, State.SENT_BACK], round__closes_on__lt=Now()
    )


def _waiting_long() -> QuerySet[Filing]:
    return Filing.objects.filter(state=State.SUBMITTED, submitted_at__lt=Now() - timedelta(days=14))


def _disputed() -> QuerySet[Dispute]:
    return Dispute.objects.filter(settled_at__isnull=True, at__lt=Now() - timedelta(days=7))


CHECKS = [
    Check(
        code="RET-C1",
        label="截止后仍未报送",
        severity=Severity.WARNING,
        records=_overdue,
        model="returns.Filing",
        advice="未报不等于零，相关数字会标明报送不全。请催报，补报须写明原因。",
    ),
    Check(
        code="RET-C2",
        label="报送十四天仍未审核",
        severity=Severity.WARNING,
        records=_waiting_long,
        model="returns.Filing",
        advice="未通过的报送不计入统计。请审核单位尽快审核或退回。",
    ),
    Check(
        code="RET-C3",
        label="异议七天仍未答复",
        severity=Severity.WARNING,
        records=_disputed,
        model="returns.Dispute",
        advice="请核对记录后答复；异议成立的，请到记录所在的系统更正。",
    ),
]

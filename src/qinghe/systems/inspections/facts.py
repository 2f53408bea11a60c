"""What inspections tell analytics, and what they ask of their own records."""

from django.db.models import Case, F, IntegerField, QuerySet, When

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import DayAfter, or_still
from qinghe.analytics.facts import REQUIRED, Fact

from .models import Exchange, Finding, Guidance, Point, Visit


def _point_rows() -> QuerySet:
    return Point.objects.order_by().values(
        "org_id", record_id=F("pk"), day=F("opened_on"), until=or_still("closed_on")
    )


def _visit_rows() -> QuerySet:
    handed_in = Visit.objects.filter(state=Visit.State.SUBMITTED)
    return handed_in.order_by().values(
        "org_id",
        "day",
        "point_id",
        record_id=F("pk"),
        good=Case(When(passed=True, then=1), default=0, output_field=IntegerField()),
    )


def _finding_rows() -> QuerySet:
    stands = Finding.objects.exclude(state=Finding.State.CANCELLED)
    return stands.order_by().values(
        "org_id", record_id=F("pk"), day=F("found_on"), until=or_still("closed_on")
    )


def _closed_rows() -> QuerySet:
    closed = Finding.objects.filter(state=Finding.State.CLOSED)
    return closed.order_by().values("org_id", record_id=F("pk"), day=F("closed_on"))


def _late_rows() -> QuerySet:
    stands = Finding.objects.exclude(state=Finding.State.CANCELLED)
    late = stands.exclude(closed_on__isnull=False, closed_on__lte=F("due_on"))
    return late.order_by().values(
        "org_id", record_id=F("pk"), day=DayAfter("due_on"), until=or_still("closed_on")
    )


def _guidance_rows() -> QuerySet:
    return Guidance.objects.order_by().values(
        "org_id", "day", record_id=F("pk"), guided_id=F("org_id"), level=F("org__level")
    )


def _exchange_rows() -> QuerySet:
    return Exchange.objects.order_by().values("org_id", "day", record_id=F("pk"))


POINT = Fact(
    name="inspections_point",
    label="志愿服务点位",
    grain="one service point, from the day it was opened until it is closed",
    model="inspections.Point",
    columns={**REQUIRED, "until": "date"},
    records=_point_rows,
)

VISIT = Fact(
    name="inspections_visit",
    label="点位巡查",
    grain="one visit that was handed in and not voided, on the day it was begun (F059)",
    model="inspections.Visit",
    columns={**REQUIRED, "point_id": "int64", "good": "int64"},
    records=_visit_rows,
)

FINDING = Fact(
    name="inspections_finding",
    label="发现的问题",
    grain="one finding that was not cancelled, from its day until it is closed",
    model="inspections.Finding",
    columns={**REQUIRED, "until": "date"},
    records=_finding_rows,
)

CLOSED = Fact(
    name="inspections_closed",
    label="办结的问题",
    grain="one finding that passed its second look, on the day of that look",
    model="inspections.Finding",
    columns={**REQUIRED},
    records=_closed_rows,
    within=FINDING,
)

LATE = Fact(
    name="inspections_late",
    label="超期的问题",
    grain="one finding past its last day, from the day after until it is closed",
    model="inspections.Finding",
    columns={**REQUIRED, "until": "date"},
    records=_late_rows,
    within=FINDING,
)

GUIDANCE = Fact(
    name="inspections_guidance",
    label="联系指导",
    grain="one guidance visit, at the federation that was guided (S051)",
    model="inspections.Guidance",
    columns={**REQUIRED, "guided_id": "int64", "level": "string"},
    records=_guidance_rows,
)

EXCHANGE = Fact(
    name="inspections_exchange",
    label="交流互动",
    grain="one exchange with an organisation of another district (S098)",
    model="inspections.Exchange",
    columns={**REQUIRED},
    records=_exchange_rows,
)

FACTS = [POINT, VISIT, FINDING, CLOSED, LATE, GUIDANCE, EXCHANGE]


def _without_owner() -> QuerySet[Finding]:
    undone = Finding.objects.filter(state__in=[Finding.State.OPEN, Finding.State.RECTIFIED])
    return undone.filter(org__closed_on__isnull=False)


def _uncared_for() -> QuerySet[Point]:
    return Point.objects.filter(closed_on__isnull=True, org__closed_on__isnull=False)


CHECKS = [
    Check(
        code="INS-C1",
        label="没有责任单位的问题",
        severity=Severity.ERROR,
        records=_without_owner,
        model="inspections.Finding",
        advice="责任单位已经撤销，没有人整改。请在问题页转交给接手的单位。",
    ),
    Check(
        code="INS-C2",
        label="没有责任单位的点位",
        severity=Severity.WARNING,
        records=_uncared_for,
        model="inspections.Point",
        advice="责任单位已经撤销。请停用这个点位，仍在使用的由接手的单位重新登记。",
    ),
]

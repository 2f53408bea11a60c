"""What of recorded hours is held, found and disputed."""

from django.db.models import Case, DateField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Coalesce

from qinghe.analytics.facts import REQUIRED, Fact, LocalDay
from qinghe.systems.volunteering.models import Attendance, Finding, HoursDispute


def _held_rows() -> QuerySet:
    held = Attendance.objects.filter(state=Attendance.State.HELD)
    return held.order_by().values(
        "minutes", record_id=F("pk"), org_id=F("session__org_id"), day=F("session__day")
    )


def _finding_rows() -> QuerySet:
    closed = Case(
        When(state=Finding.State.OPEN, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return Finding.objects.order_by().values(
        "org_id", "kind", record_id=F("pk"), day=LocalDay("found_at"), closed=closed
    )


def _dispute_rows() -> QuerySet:
    asked = HoursDispute.objects.exclude(state=HoursDispute.State.WITHDRAWN)
    answered = Coalesce(LocalDay("answered_at"), F("due_on"), output_field=DateField())
    in_time = Case(
        When(state=HoursDispute.State.OPEN, then=Value(0)),
        When(answered__lte=F("due_on"), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return (
        asked.annotate(answered=answered)
        .order_by()
        .values("org_id", record_id=F("pk"), day=F("due_on"), in_time=in_time)
    )


HELD = Fact(
    name="volunteering_held",
    label="暂停计入的服务记录",
    grain="one attendance that a finding holds, on the local day its session started",
    model="volunteering.Attendance",
    columns={**REQUIRED, "minutes": "int64"},
    records=_held_rows,
)
FINDING = Fact(
    name="volunteering_finding",
    label="服务时长异常核查",
    grain="one finding, on the local day it was found, at the host of its first record",
    model="volunteering.Finding",
    columns={**REQUIRED, "kind": "string", "closed": "int64"},
    records=_finding_rows,
)
DISPUTE = Fact(
    name="volunteering_dispute",
    label="服务时长异议",
    grain="one dispute that was not withdrawn, on the day by which it is to be answered",
    model="volunteering.HoursDispute",
    columns={**REQUIRED, "in_time": "int64"},
    records=_dispute_rows,
)

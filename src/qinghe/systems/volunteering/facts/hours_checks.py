"""What is looked over in late entries, findings and disputes."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.systems.volunteering.models import (
    Attendance,
    Finding,
    HeldRecord,
    HoursDispute,
    LateEntry,
    LateLine,
)


def _held_by_nothing() -> QuerySet[Attendance]:
    holding = HeldRecord.objects.filter(
        attendance=OuterRef("pk"), finding__state=Finding.State.OPEN
    )
    return Attendance.objects.filter(~Exists(holding), state=Attendance.State.HELD)


def _late_by_nobody() -> QuerySet[Attendance]:
    agreed = LateLine.objects.filter(
        attendance=OuterRef("pk"), entry__state=LateEntry.State.APPROVED
    )
    return Attendance.objects.filter(~Exists(agreed), how=Attendance.How.LATE)


def _finding_lies() -> QuerySet[Finding]:
    return Finding.objects.filter(state=Finding.State.OPEN, found_at__lt=Now() - timedelta(days=30))


def _dispute_late() -> QuerySet[HoursDispute]:
    late = Now() - timedelta(days=1)
    return HoursDispute.objects.filter(state=HoursDispute.State.OPEN, due_on__lt=late)


def _certificate_holds_held() -> QuerySet[Attendance]:
    held = Attendance.objects.filter(state=Attendance.State.HELD)
    return held.filter(
        volunteer__certificates__state__in=["noticed", "sealed"],
        volunteer__certificates__served_from__lte=F("session__day"),
        volunteer__certificates__served_to__gte=F("session__day"),
    ).distinct()


CHECKS = [
    Check(
        code="VOL-C60",
        label="暂停计入却没有待办核查",
        severity=Severity.ERROR,
        records=_held_by_nothing,
        model="volunteering.Attendance",
        advice="记录不计入统计却无人核查。请系统管理员核对核查记录。",
    ),
    Check(
        code="VOL-C61",
        label="补录的记录没有审核通过的补录单",
        severity=Severity.ERROR,
        records=_late_by_nobody,
        model="volunteering.Attendance",
        advice="补录须一人申请、另一人审核。请核实后作废，重新申请补录。",
    ),
    Check(
        code="VOL-C62",
        label="异常核查超过三十天未办结",
        severity=Severity.WARNING,
        records=_finding_lies,
        model="volunteering.Finding",
        advice="暂停计入的时长影响志愿者权益。请核查单位尽快办结。",
    ),
    Check(
        code="VOL-C63",
        label="时长异议逾期未答复",
        severity=Severity.WARNING,
        records=_dispute_late,
        model="volunteering.HoursDispute",
        advice="请主办组织答复：有误的先更正，无误的说明情况。",
    ),
    Check(
        code="VOL-C64",
        label="已公示或盖章的证明含暂停计入的服务",
        severity=Severity.WARNING,
        records=_certificate_holds_held,
        model="volunteering.Attendance",
        advice="请先办结核查；核查后时长有变动的，撤销证明后重新开具。",
    ),
]

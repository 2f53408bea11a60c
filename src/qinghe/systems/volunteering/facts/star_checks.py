"""What is looked over in stars and certificates."""

from datetime import timedelta

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce, Now

from qinghe.analytics.checks import Check, Severity
from qinghe.systems.volunteering.models import Attendance, Certificate, StarCase


def _star_short() -> QuerySet[StarCase]:
    return StarCase.objects.short_of_hours()


def _certificate_changed() -> QuerySet[Certificate]:
    served = (
        Attendance.objects.filter(
            volunteer=OuterRef("volunteer"),
            state=Attendance.State.EFFECTIVE,
            session__day__gte=OuterRef("served_from"),
            session__day__lte=OuterRef("served_to"),
            session__org__path__startswith=OuterRef("issuer__path"),
        )
        .order_by()
        .values("volunteer")
        .annotate(total=Sum("minutes"))
        .values("total")
    )
    return (
        Certificate.objects.exclude(state=Certificate.State.REVOKED)
        .annotate(now=Coalesce(Subquery(served, output_field=IntegerField()), 0))
        .exclude(now=F("minutes"))
    )


def _notice_left_hanging() -> QuerySet[StarCase]:
    return StarCase.objects.filter(
        state=StarCase.State.NOTICED, notice_until__lt=Now() - timedelta(days=30)
    )


CHECKS = [
    Check(
        code="VOL-C31",
        label="现有时长已不足所获星级",
        severity=Severity.WARNING,
        records=_star_short,
        model="volunteering.StarCase",
        advice="认定后服务时长被取消或更正。请核实后在星级档案页核减。",
    ),
    Check(
        code="VOL-C32",
        label="证明的时长与现有记录不一致",
        severity=Severity.WARNING,
        records=_certificate_changed,
        model="volunteering.Certificate",
        advice="开具后服务记录有变动。请核实；确有误的撤销证明，由本人重新开具。",
    ),
    Check(
        code="VOL-C33",
        label="星级公示期满一个月仍未认定",
        severity=Severity.WARNING,
        records=_notice_left_hanging,
        model="volunteering.StarCase",
        advice="请核实公示异议，办结认定或不予通过。",
    ),
]

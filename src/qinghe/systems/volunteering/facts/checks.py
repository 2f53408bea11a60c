"""What volunteering looks over in its own records."""

from datetime import timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.systems.volunteering.models import Attendance, Session, Stay, Team, Volunteer
from qinghe.systems.volunteering.rules import OF_AGE


def _never_checked_out() -> QuerySet[Attendance]:
    open_stay = Stay.objects.filter(
        attendance=OuterRef("pk"), left_at__isnull=True, superseded=False
    )
    return Attendance.objects.filter(Exists(open_stay), session__ends_at__lt=Now()).exclude(
        state__in=[Attendance.State.VOID, Attendance.State.REFUSED]
    )


def _effective_without_minutes() -> QuerySet[Attendance]:
    return Attendance.objects.filter(state=Attendance.State.EFFECTIVE, minutes=0)


def _nobody_came() -> QuerySet[Session]:
    anybody = Attendance.objects.filter(session=OuterRef("pk"))
    return Session.objects.filter(
        ~Exists(anybody), state=Session.State.PUBLISHED, ends_at__lt=Now() - timedelta(days=7)
    )


def _waiting_long() -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        state=Attendance.State.PENDING, session__ends_at__lt=Now() - timedelta(days=14)
    )


def _team_without_org() -> QuerySet[Team]:
    return Team.objects.filter(state=Team.State.APPROVED, org__closed_on__isnull=False)


def _minor_without_consent() -> QuerySet[Volunteer]:
    grown = timedelta(days=OF_AGE * 1461 // 4)  # to the day, save around the birthday itself
    return Volunteer.objects.filter(
        state=Volunteer.State.REGISTERED,
        guardian_agreed_on__isnull=True,
        person__birth_date__gt=Now() - grown,
    )


CHECKS = [
    Check(
        code="VOL-C1",
        label="活动已结束仍未签退",
        severity=Severity.WARNING,
        records=_never_checked_out,
        model="volunteering.Attendance",
        advice="未签退的签到不计时长。请主办组织核实离开时间，在服务记录页更正。",
    ),
    Check(
        code="VOL-C2",
        label="已生效但时长为零",
        severity=Severity.ERROR,
        records=_effective_without_minutes,
        model="volunteering.Attendance",
        advice="计入了人次却没有时长。请更正签到签退时间，或将记录作废。",
    ),
    Check(
        code="VOL-C3",
        label="结束一周仍无人签到的场次",
        severity=Severity.WARNING,
        records=_nobody_came,
        model="volunteering.Session",
        advice="没有服务记录的场次不计入活动场次。请补录签到台账，或取消这场活动。",
    ),
    Check(
        code="VOL-C4",
        label="待审核时长超过十四天",
        severity=Severity.WARNING,
        records=_waiting_long,
        model="volunteering.Attendance",
        advice="待审核的时长不计入统计。请主办组织的上级尽快审核。",
    ),
    Check(
        code="VOL-C5",
        label="所属组织已撤销的队伍",
        severity=Severity.ERROR,
        records=_team_without_org,
        model="volunteering.Team",
        advice="请为队伍确定新的主组织，或办理注销。",
    ),
    Check(
        code="VOL-C6",
        label="未成年志愿者未登记监护人同意",
        severity=Severity.WARNING,
        records=_minor_without_consent,
        model="volunteering.Volunteer",
        advice="未满18周岁须监护人同意。请核实后登记同意日期，未同意的办理退出。",
    ),
]

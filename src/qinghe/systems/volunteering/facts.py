"""What volunteering tells analytics, and what it looks over in its own records.

What is "over" is asked of the database's own clock (`Now`), so nothing here reads another.
"""

from datetime import date, timedelta

from django.db.models import DateField, Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce, Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.orgs.models import Org

from .models import Attendance, Session, Stay, Team, Volunteer
from .rules import OF_AGE

STILL = Value(date(9999, 12, 31), output_field=DateField())


def _or_still(field: str) -> Coalesce:
    return Coalesce(F(field), STILL, output_field=DateField())


def _service_rows() -> QuerySet:
    effective = Attendance.objects.filter(state=Attendance.State.EFFECTIVE)
    return effective.order_by().values(
        "session_id",
        "minutes",
        "how",
        record_id=F("pk"),
        org_id=F("session__org_id"),
        day=F("session__day"),
        person_id=F("volunteer__person_id"),
    )


def _session_rows() -> QuerySet:
    served = Attendance.objects.filter(session=OuterRef("pk"), state=Attendance.State.EFFECTIVE)
    finished = Session.objects.filter(
        Exists(served), state=Session.State.PUBLISHED, ends_at__lte=Now()
    )
    return finished.order_by().values("org_id", "day", record_id=F("pk"))


def _volunteer_rows() -> QuerySet:
    registered = Volunteer.objects.filter(registered_on__isnull=False)
    return registered.order_by().values(
        "org_id",
        "person_id",
        record_id=F("pk"),
        day=F("registered_on"),
        until=_or_still("withdrawn_on"),
    )


def _team_rows() -> QuerySet:
    approved = Team.objects.filter(approved_on__isnull=False)
    return approved.order_by().values(
        "org_id", record_id=F("pk"), day=F("approved_on"), until=_or_still("closed_on")
    )


SERVICE = Fact(
    name="volunteering_service",
    label="志愿服务记录",
    grain="one volunteer in one session with effective hours, on the local day it started (V-37)",
    model="volunteering.Attendance",
    columns={
        **REQUIRED,
        "person_id": "int64",
        "session_id": "int64",
        "minutes": "int64",
        "how": "string",
    },
    records=_service_rows,
)

SESSION = Fact(
    name="volunteering_session",
    label="志愿服务场次",
    grain="one finished session with at least one effective attendance (V-37)",
    model="volunteering.Session",
    columns=REQUIRED,
    records=_session_rows,
)

VOLUNTEER = Fact(
    name="volunteering_volunteer",
    label="注册志愿者",
    grain="one registered volunteer, from registration until withdrawal",
    model="volunteering.Volunteer",
    columns={**REQUIRED, "until": "date", "person_id": "int64"},
    records=_volunteer_rows,
)

TEAM = Fact(
    name="volunteering_team",
    label="团体志愿者队伍",
    grain="one approved team, from approval until it is closed",
    model="volunteering.Team",
    columns={**REQUIRED, "until": "date"},
    records=_team_rows,
)

FACTS = [SERVICE, SESSION, VOLUNTEER, TEAM]


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


# ── Whom volunteering keeps ──────────────────────────────────────────────────────────────────────


def people_at(orgs: QuerySet[Org]) -> QuerySet:
    """Return the keys of those who volunteer, or have asked to, at some organisations."""
    states = [Volunteer.State.APPLIED, Volunteer.State.REGISTERED]
    kept = Volunteer.objects.order_by().filter(org__in=orgs.order_by(), state__in=states)
    return kept.values("person")

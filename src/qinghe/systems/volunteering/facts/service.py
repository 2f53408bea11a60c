"""Who served, where and for how long."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.volunteering.models import Attendance, Session


def _of_children() -> Q:
    """Return the condition of having been a child beside a guardian that day (V-21: counted apart)."""
    return Q(volunteer__beside_until__gt=F("session__day"))


def _child_rows() -> QuerySet:
    effective = Attendance.objects.filter(_of_children(), state=Attendance.State.EFFECTIVE)
    return effective.order_by().values(
        "minutes",
        record_id=F("pk"),
        org_id=F("session__org_id"),
        day=F("session__day"),
        person_id=F("volunteer__person_id"),
    )


def _service_rows() -> QuerySet:
    effective = Attendance.objects.filter(state=Attendance.State.EFFECTIVE)
    return (
        effective.exclude(_of_children())
        .order_by()
        .values(
            "session_id",
            "minutes",
            "how",
            record_id=F("pk"),
            org_id=F("session__org_id"),
            day=F("session__day"),
            person_id=F("volunteer__person_id"),
        )
    )


def _session_rows() -> QuerySet:
    served = Attendance.objects.filter(session=OuterRef("pk"), state=Attendance.State.EFFECTIVE)
    finished = Session.objects.filter(
        Exists(served), state=Session.State.PUBLISHED, ends_at__lte=Now()
    )
    return finished.order_by().values("org_id", "day", record_id=F("pk"))


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
CHILD_SERVICE = Fact(
    name="volunteering_child_service",
    label="儿童随监护人服务记录",
    grain="one child beside a guardian in one session with effective hours (V-21)",
    model="volunteering.Attendance",
    columns={**REQUIRED, "person_id": "int64", "minutes": "int64"},
    records=_child_rows,
)

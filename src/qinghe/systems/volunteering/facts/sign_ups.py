"""Who signed up and came, how posts were filled, what was held together."""

from django.db.models import (
    BigIntegerField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Now

from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.volunteering.models import Attendance, CoOrganiser, ServicePost, Session, SignUp


def _sign_up_rows() -> QuerySet:
    came = Attendance.objects.filter(
        session=OuterRef("post__session"), volunteer=OuterRef("volunteer")
    ).exclude(state=Attendance.State.VOID)
    held = SignUp.objects.filter(
        state__in=(SignUp.State.SIGNED, SignUp.State.ABSENT),
        post__session__state=Session.State.PUBLISHED,
        post__session__ends_at__lte=Now(),
    )
    return held.order_by().values(
        record_id=F("pk"),
        org_id=F("post__session__org_id"),
        day=F("post__session__day"),
        person_id=F("volunteer__person_id"),
        came=Case(When(Exists(came), then=Value(1)), default=Value(0), output_field=IntegerField()),
    )


def _post_rows() -> QuerySet:
    over = ServicePost.objects.filter(
        session__state=Session.State.PUBLISHED, session__ends_at__lte=Now()
    )
    return over.order_by().values(
        "capacity",
        "taken",
        record_id=F("pk"),
        org_id=F("session__org_id"),
        day=F("session__day"),
    )


def _joined_rows() -> QuerySet:
    served = Attendance.objects.filter(session=OuterRef("pk"), state=Attendance.State.EFFECTIVE)
    finished = Session.objects.filter(
        Exists(served), state=Session.State.PUBLISHED, ends_at__lte=Now()
    )
    joined = CoOrganiser.objects.filter(activity__sessions__in=finished)
    return joined.order_by().values(
        "org_id",
        record_id=Cast(F("activity__sessions__pk"), BigIntegerField()) * CoOrganiser.EACH + F("pk"),
        session_id=F("activity__sessions__pk"),
        day=F("activity__sessions__day"),
    )


SIGN_UP = Fact(
    name="volunteering_sign_up",
    label="志愿服务报名",
    grain="one sign-up that held a place at a finished session, on the session's local day",
    model="volunteering.SignUp",
    columns={**REQUIRED, "person_id": "int64", "came": "int64"},
    records=_sign_up_rows,
)
POST = Fact(
    name="volunteering_post",
    label="志愿服务岗位",
    grain="one post of a finished session, on the session's local day",
    model="volunteering.ServicePost",
    columns={**REQUIRED, "capacity": "int64", "taken": "int64"},
    records=_post_rows,
)
JOINED = Fact(
    name="volunteering_joined",
    label="协办的志愿服务场次",
    grain="one finished session with an effective attendance for each organisation that joined",
    model="volunteering.CoOrganiser",
    columns={**REQUIRED, "session_id": "int64"},
    records=_joined_rows,
)

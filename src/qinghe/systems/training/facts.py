"""What training tells analytics; questions that check its records."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.files.models import Attachment

from .models import Class, Completion, Enrolment, Lecture, Lecturer, Webcast

LATE = timedelta(days=7)


def _webcast_rows() -> QuerySet:
    held = Webcast.objects.filter(state=Webcast.State.HELD)
    return held.order_by().values("org_id", "day", "views", record_id=F("pk"))


def _class_rows() -> QuerySet:
    held = Class.objects.filter(state=Class.State.HELD)
    return held.order_by().values("org_id", "day", record_id=F("pk"))


def _attended_rows() -> QuerySet:
    came = Enrolment.objects.filter(state=Enrolment.State.ATTENDED)
    return came.order_by().values(
        "person_id",
        "result",
        record_id=F("pk"),
        org_id=F("training_class__org_id"),
        day=F("training_class__day"),
    )


def _completion_rows() -> QuerySet:
    standing = Completion.objects.filter(revoked_at__isnull=True)
    return standing.order_by().values(
        record_id=F("pk"),
        org_id=F("enrolment__training_class__org_id"),
        day=F("issued_on"),
    )


def _booked_rows() -> QuerySet:
    booked = Lecture.objects.exclude(state=Lecture.State.CANCELLED)
    return booked.order_by().values(record_id=F("pk"), org_id=F("host_id"), day=F("asked_on"))


def _lecture_rows() -> QuerySet:
    held = Lecture.objects.filter(state=Lecture.State.HELD)
    return held.order_by().values(
        "people", record_id=F("pk"), org_id=F("host_id"), day=F("held_on")
    )


def _lecturer_rows() -> QuerySet:
    return Lecturer.objects.order_by().values(
        record_id=F("pk"),
        org_id=F("team__org_id"),
        day=F("joined_on"),
        until=or_still("left_on"),
    )


WEBCAST = Fact(
    name="training_webcast",
    label="线上期次",
    grain="one online session that took place, on its day (F061)",
    model="training.Webcast",
    columns={**REQUIRED, "views": "int64"},
    records=_webcast_rows,
)

CLASS = Fact(
    name="training_class",
    label="班次",
    grain="one class whose roll was called, on the day it began",
    model="training.Class",
    columns=REQUIRED,
    records=_class_rows,
)

ATTENDED = Fact(
    name="training_attended",
    label="到课",
    grain="one person who came to one class",
    model="training.Enrolment",
    columns={**REQUIRED, "person_id": "int64", "result": "string"},
    records=_attended_rows,
)

COMPLETION = Fact(
    name="training_completion",
    label="结业证书",
    grain="one certificate of completion that was not taken back, on the day it was given",
    model="training.Completion",
    columns=REQUIRED,
    records=_completion_rows,
)

BOOKED = Fact(
    name="training_booked",
    label="宣讲预约",
    grain="one booked lecture that the host did not take back, on the day it was asked for",
    model="training.Lecture",
    columns=REQUIRED,
    records=_booked_rows,
)

LECTURE = Fact(
    name="training_lecture",
    label="宣讲",
    grain="one lecture that was held, at the organisation that asked for it",
    model="training.Lecture",
    columns={**REQUIRED, "people": "int64"},
    records=_lecture_rows,
)

LECTURER = Fact(
    name="training_lecturer",
    label="讲师",
    grain="one lecturer in one team, from joining until leaving",
    model="training.Lecturer",
    columns={**REQUIRED, "until": "date"},
    records=_lecturer_rows,
)

FACTS = [WEBCAST, CLASS, ATTENDED, COMPLETION, BOOKED, LECTURE, LECTURER]


def _never_called() -> QuerySet[Class]:
    return Class.objects.filter(state=Class.State.PLANNED, ends_at__lt=Now() - LATE)


def _without_evidence() -> QuerySet[Webcast]:
    kept = Attachment.objects.filter(subject_kind="training.Webcast", subject_id=OuterRef("pk"))
    return Webcast.objects.filter(~Exists(kept), state=Webcast.State.HELD)


def _without_result() -> QuerySet[Class]:
    unmarked = Enrolment.objects.filter(
        training_class=OuterRef("pk"), state=Enrolment.State.ATTENDED, result=""
    )
    held = Class.objects.filter(state=Class.State.HELD, course__is_examined=True)
    return held.filter(Exists(unmarked), ends_at__lt=Now() - LATE)


CHECKS = [
    Check(
        code="TRN-C01",
        label="结束一周仍未点名的班次",
        severity=Severity.WARNING,
        records=_never_called,
        model="training.Class",
        advice="没有点名的班次不计入统计。请点名；没有开班的请取消并写明原因。",
    ),
    Check(
        code="TRN-C02",
        label="须考核而没有结果的班次",
        severity=Severity.WARNING,
        records=_without_result,
        model="training.Class",
        advice="请登记考核结果，再发放结业证书。",
    ),
    Check(
        code="TRN-C03",
        label="没有佐证的线上期次",
        severity=Severity.WARNING,
        records=_without_evidence,
        model="training.Webcast",
        advice="请在期次页上传观看人次的截图或平台导出文件。",
    ),
]

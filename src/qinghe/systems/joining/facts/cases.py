"""The road as rows: who applied, which step was taken when, who joined, who stands where."""

from django.db.models import DateField, F, Q, QuerySet
from django.db.models.functions import Coalesce

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import STILL, DayAfter
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.joining.models import Case, Lesson, Step


def _case_rows() -> QuerySet:
    return Case.objects.order_by().values(
        "org_id", "person_id", record_id=F("pk"), day=F("opened_on")
    )


def _step_rows() -> QuerySet:
    done = Step.objects.filter(done_on__isnull=False)
    return done.order_by().values(
        record_id=F("pk"),
        org_id=F("case__org_id"),
        day=F("done_on"),
        step=F("number"),
        person_id=F("case__person_id"),
    )


def _member_rows() -> QuerySet:
    joined = Case.objects.filter(joined_on__isnull=False)
    return joined.order_by().values(
        "org_id",
        "person_id",
        "age",
        record_id=F("pk"),
        day=F("joined_on"),
        sex=F("person__sex"),
        sector=F("org__sector"),
    )


def _until() -> Coalesce:
    """Return the day from which a step was next no longer: taken, or the case came to its end."""
    return Coalesce("done_on", "case__closed_on", STILL, output_field=DateField())


def _standing_rows() -> QuerySet:
    taken = Step.objects.filter(number__gte=2).annotate(end=_until())
    return taken.order_by().values(
        record_id=F("pk"),
        org_id=F("case__org_id"),
        day=F("since"),
        until=F("end"),
        step=F("number"),
        person_id=F("case__person_id"),
    )


def _overdue_rows() -> QuerySet:
    limited = Step.objects.filter(due_on__isnull=False).annotate(end=_until())
    late = limited.filter(end__gt=F("due_on"))
    return late.order_by().values(
        record_id=F("pk"), org_id=F("case__org_id"), day=DayAfter(F("due_on")), until=F("end")
    )


def _lesson_rows() -> QuerySet:
    counted = Lesson.objects.filter(struck_at__isnull=True)
    return counted.order_by().values(
        "quarters", record_id=F("pk"), org_id=F("case__org_id"), day=F("on")
    )


CASE = Fact(
    name="joining_case",
    label="入团申请",
    grain="one application, on the day it was handed in",
    model="joining.Case",
    columns={**REQUIRED, "person_id": "int64"},
    records=_case_rows,
)

STEP = Fact(
    name="joining_step",
    label="发展团员步骤",
    grain="one of the fifteen steps of one case, on the day it was settled",
    model="joining.Step",
    columns={**REQUIRED, "step": "int64", "person_id": "int64"},
    records=_step_rows,
)

MEMBER = Fact(
    name="joining_member",
    label="新发展团员",
    grain="one approved admission, on the day of the branch's meeting (T-10)",
    model="joining.Case",
    columns={**REQUIRED, "person_id": "int64", "age": "int64", "sex": "string", "sector": "string"},
    records=_member_rows,
)

STANDING = Fact(
    name="joining_standing",
    label="在办步骤",
    grain="one step, from the day it was next until it was taken or the case ended",
    model="joining.Step",
    columns={**REQUIRED, "until": "date", "step": "int64", "person_id": "int64"},
    records=_standing_rows,
)

OVERDUE = Fact(
    name="joining_overdue",
    label="逾期步骤",
    grain="one step, from the day after its limit until it was taken or the case ended",
    model="joining.Step",
    columns={**REQUIRED, "until": "date"},
    records=_overdue_rows,
)

LESSON = Fact(
    name="joining_lesson",
    label="团课",
    grain="one lesson attended by one applicant, on its day",
    model="joining.Lesson",
    columns={**REQUIRED, "quarters": "int64"},
    records=_lesson_rows,
)

FACTS = [CASE, STEP, MEMBER, STANDING, OVERDUE, LESSON]


def _unfiled() -> QuerySet[Case]:
    return Case.objects.filter(joined_on__isnull=False, filed_on__isnull=True)


def _without_steps() -> QuerySet[Case]:
    return Case.objects.filter(Q(state="open") | Q(state="paused"), step=5).exclude(
        lessons__struck_at__isnull=True, lessons__isnull=False
    )


CHECKS = [
    Check(
        code="JOI-C01",
        label="已批准入团、没有备案的",
        severity=Severity.WARNING,
        records=_unfiled,
        model="joining.Case",
        advice="请在发展团员的“待备案”中核对并备案；备案后团支部才能归档。",
    ),
    Check(
        code="JOI-C02",
        label="培养考察期内没有一次团课记录的积极分子",
        severity=Severity.WARNING,
        records=_without_steps,
        model="joining.Case",
        advice="请团支部登记团课，须满8学时才能推荐为发展对象；确已停办的请暂停或作失效处理。",
    ),
]

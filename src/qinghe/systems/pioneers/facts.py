"""What pioneers tells analytics; questions that check its records."""

from datetime import timedelta

from django.db.models import Case, Exists, F, IntegerField, OuterRef, QuerySet, Value, When
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.files.models import Attachment
from qinghe.kernel.orgs.kinds import Sector
from qinghe.kernel.orgs.models import Org

from .models import Ceremony
from .models.schools import IS_SCHOOL

LATE = timedelta(days=30)
State = Ceremony.State


def _ceremony_rows() -> QuerySet:
    at_school = Case(
        When(org__sector=Sector.SCHOOL, then=Value(1)), default=0, output_field=IntegerField()
    )
    accepted = Ceremony.objects.filter(state=State.ACCEPTED)
    return accepted.order_by().values(
        "org_id", "day", "kind", "people", record_id=F("pk"), at_school=at_school
    )


def _school_rows() -> QuerySet:
    return (
        Org.objects.filter(IS_SCHOOL)
        .order_by()
        .values(record_id=F("pk"), org_id=F("pk"), day=F("opened_on"), until=or_still("closed_on"))
    )


CEREMONY = Fact(
    name="pioneers_ceremony",
    label="入团教育和入队仪式",
    grain="one ceremony that was accepted, on its day, at the school that held it (F021, F022)",
    model="pioneers.Ceremony",
    columns={**REQUIRED, "kind": "string", "people": "int64", "at_school": "int64"},
    records=_ceremony_rows,
)

SCHOOL = Fact(
    name="pioneers_school",
    label="学校",
    grain="one school, by its topmost organisation, from its founding until it closes",
    model="orgs.Org",
    columns={**REQUIRED, "until": "date"},
    records=_school_rows,
)

FACTS = [CEREMONY, SCHOOL]


def _never_handed_in() -> QuerySet[Ceremony]:
    held = Ceremony.objects.filter(state__in=[State.DRAFT, State.SENT_BACK])
    return held.filter(day__lt=Now() - LATE)


def _without_evidence() -> QuerySet[Ceremony]:
    kept = Attachment.objects.filter(
        subject_kind="pioneers.Ceremony", subject_id=OuterRef("pk"), removed_at__isnull=True
    )
    return Ceremony.objects.filter(~Exists(kept), state__in=[State.SUBMITTED, State.ACCEPTED])


def _second_of_a_day() -> QuerySet[Ceremony]:
    return Ceremony.objects.filter(state=State.ACCEPTED).exclude(again="")


CHECKS = [
    Check(
        code="PIO-C01",
        label="开展一个月仍未提交的仪式",
        severity=Severity.WARNING,
        records=_never_handed_in,
        model="pioneers.Ceremony",
        advice="草稿和退回的不计入统计。请补齐佐证后提交；登记错了的请取消并写明原因。",
    ),
    Check(
        code="PIO-C02",
        label="没有佐证的仪式",
        severity=Severity.ERROR,
        records=_without_evidence,
        model="pioneers.Ceremony",
        advice="提交后佐证被移除。请审核人退回，学校补传后再提交。",
    ),
    Check(
        code="PIO-C03",
        label="同校同日的第二场仪式",
        severity=Severity.WARNING,
        records=_second_of_a_day,
        model="pioneers.Ceremony",
        advice="请核对说明和佐证，重复登记的退回后取消。",
    ),
]

"""What pioneers tells analytics; questions that check its records."""

from datetime import timedelta

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.files.models import Attachment
from qinghe.kernel.orgs.kinds import Sector
from qinghe.kernel.orgs.models import Org

from .models import Ceremony, Nomination, Slate
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


def _nominated_rows() -> QuerySet:
    standing = Nomination.objects.filter(slate__state__in=["submitted", "decided"])
    return standing.order_by().values(
        record_id=F("pk"),
        org_id=F("slate__org_id"),
        day=F("slate__submitted_on"),
        number=F("count"),
        level=F("badge__level"),
    )


def _awarded_rows() -> QuerySet:
    given = Nomination.objects.filter(slate__state="decided", awarded__gt=0)
    return given.order_by().values(
        record_id=F("pk"),
        org_id=F("slate__org_id"),
        day=F("slate__awarded_on"),
        number=F("awarded"),
        level=F("badge__level"),
        star=Cast("badge__star", CharField()),
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

NOMINATED = Fact(
    name="pioneers_nominated",
    label="红领巾奖章申报",
    grain="one badge that one 中队 was put up for, how often, on the day it was handed in (F024)",
    model="pioneers.Nomination",
    columns={**REQUIRED, "number": "int64", "level": "string"},
    records=_nominated_rows,
)

AWARDED = Fact(
    name="pioneers_awarded",
    label="红领巾奖章颁发",
    grain="one badge that one 中队 was given, how often, on the day it was given",
    model="pioneers.Nomination",
    columns={**REQUIRED, "number": "int64", "level": "string", "star": "string"},
    records=_awarded_rows,
)

FACTS = [CEREMONY, SCHOOL, NOMINATED, AWARDED]


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


def _never_decided() -> QuerySet[Slate]:
    return Slate.objects.filter(state=Slate.State.SUBMITTED, submitted_on__lt=Now() - LATE)


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
    Check(
        code="PIO-C04",
        label="提交一个月仍未评审的奖章申报",
        severity=Severity.WARNING,
        records=_never_decided,
        model="pioneers.Slate",
        advice="请街道或区评审颁章，或写明原因退回。",
    ),
]

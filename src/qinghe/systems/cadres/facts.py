"""What cadres tell analytics: tenures and their ends, the reserve as numbers, secondments."""

from django.db.models import (
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Least, Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.orgs.models import Org

from . import rules
from .models import Candidate, Election, Secondment

APPROVED = Q(state=Election.State.APPROVED)


def _tenures() -> QuerySet[Election]:
    """Return the tenures whose organisation was there until the end of the term."""
    there = Q(org__closed_on__isnull=True) | Q(org__closed_on__gt=F("term_ends_on"))
    return Election.objects.filter(APPROVED, there).order_by()


def _due_rows() -> QuerySet:
    in_time = Case(
        When(ended_on__lte=F("term_ends_on"), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    return _tenures().values("org_id", record_id=F("pk"), day=F("term_ends_on"), in_time=in_time)


def _overdue_rows() -> QuerySet:
    until = Least(or_still("ended_on"), or_still("org__closed_on"), output_field=DateField())
    late = Q(ended_on__isnull=True) | Q(ended_on__gt=F("term_ends_on"))
    rows = _tenures().filter(late)
    return rows.values("org_id", record_id=F("pk"), day=F("term_ends_on"), until=until)


def _reserve_rows() -> QuerySet:
    until = Coalesce("out_on", "expires_on", output_field=DateField())
    kept = Candidate.objects.filter(in_on__isnull=False).order_by()
    return kept.values("org_id", "person_id", record_id=F("pk"), day=F("in_on"), until=until)


def _secondment_rows() -> QuerySet:
    rows = Secondment.objects.filter(post__isnull=False).order_by()
    return rows.values(
        "service",
        record_id=F("pk"),
        org_id=F("host_id"),
        day=F("starts_on"),
        until=or_still("ended_on"),
    )


DUE = Fact(
    name="cadres_due",
    label="任期届满",
    grain="one tenure, on the day its term is over, with whether the next was elected by then (T-06)",
    model="cadres.Election",
    columns={**REQUIRED, "in_time": "int64"},
    records=_due_rows,
)
OVERDUE = Fact(
    name="cadres_overdue",
    label="届满未换届",
    grain="one tenure whose term is over, until the next is elected or the organisation closed (T-06)",
    model="cadres.Election",
    columns={**REQUIRED, "until": "date"},
    records=_overdue_rows,
)
RESERVE = Fact(
    name="cadres_reserve",
    label="储备库",
    grain="one person in the reserve, from the decision until they are out or their time is over",
    model="cadres.Candidate",
    columns={**REQUIRED, "until": "date", "person_id": "int64"},
    records=_reserve_rows,
)
SECONDMENT = Fact(
    name="cadres_secondment",
    label="互兼互挂",
    grain="one secondment at its host, from the first day until it was ended (T-80)",
    model="cadres.Secondment",
    columns={**REQUIRED, "until": "date", "service": "string"},
    records=_secondment_rows,
)
FACTS = [DUE, OVERDUE, RESERVE, SECONDMENT]


def _unrecorded() -> QuerySet[Org]:
    tenures = Election.objects.filter(APPROVED, org=OuterRef("pk"))
    return Org.objects.filter(
        ~Exists(tenures), kind__in=sorted(rules.ELECTING), closed_on__isnull=True
    )


def _ran_out() -> QuerySet[Secondment]:
    today = ExpressionWrapper(Now(), output_field=DateField())
    return Secondment.objects.filter(state=Secondment.State.RUNNING, ends_on__lt=today)


CHECKS = [
    Check(
        code="CAD-C01",
        label="没有换届记录的团组织",
        severity=Severity.WARNING,
        records=_unrecorded,
        model="orgs.Org",
        advice="补录最近一次换届（可用换届台账导入），系统才能提醒届满（T-06）。",
    ),
    Check(
        code="CAD-C02",
        label="期满没有结束的互兼互挂",
        severity=Severity.WARNING,
        records=_ran_out,
        model="cadres.Secondment",
        advice="请接收单位填写鉴定并结束，或由派出单位办理延期。",
    ),
]

"""What assessments tell analytics; a question that checks the records."""

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.assessments.models import Assessment, Mark

_GONE = ("replaced", "dropped")


def _due_rows() -> QuerySet:
    due = Assessment.objects.exclude(scheme__state__in=_GONE).order_by()
    return due.values(
        "org_id", "is_late", "state", record_id=F("pk"), day=Coalesce("first_on", "due_on")
    )


def _result_rows() -> QuerySet:
    told = Assessment.objects.filter(scheme__announced__isnull=False).order_by()
    return told.values(
        "org_id",
        "total",
        audience=F("scheme__audience"),
        record_id=F("pk"),
        day=F("scheme__announced_on"),
    )


def _mark_rows() -> QuerySet:
    told = Mark.objects.filter(assessment__scheme__announced__isnull=False).order_by()
    return told.values(
        org_id=F("assessment__org_id"),
        record_id=F("pk"),
        day=F("assessment__scheme__announced_on"),
        way=F("item__way"),
    )


DUE = Fact(
    name="assessment_due",
    label="考核自评",
    grain="one organisation under one scheme, by the day it first handed in, else the last day to",
    model="assessments.Assessment",
    columns={**REQUIRED, "is_late": "boolean", "state": "string"},
    records=_due_rows,
)

RESULT = Fact(
    name="assessment_result",
    label="考核得分",
    grain="what one organisation came to by an announced ranking, in hundredths of a mark",
    model="assessments.Assessment",
    columns={**REQUIRED, "total": "int64", "audience": "string"},
    records=_result_rows,
)

MARK = Fact(
    name="assessment_mark",
    label="考核项目得分",
    grain="one item of one organisation in an announced ranking",
    model="assessments.Mark",
    columns={**REQUIRED, "way": "string"},
    records=_mark_rows,
)

FACTS = [DUE, RESULT, MARK]


def _without_figures() -> QuerySet[Mark]:
    """Return the marks under review for which no figure was found."""
    return Mark.objects.filter(
        assessment__scheme__state="published",
        item__way="figure",
        figure__isnull=True,
        figure_as_of__isnull=False,
        final__isnull=True,
    )


CHECKS = [
    Check(
        code="assessments.without_figures",
        label="取数后没有数据、还没有复核的考核项目",
        severity=Severity.WARNING,
        records=_without_figures,
        model="assessments.Mark",
        advice="补齐记录后重新取数；确实没有数据的，由复核人按实际情况打分。",
    ),
]

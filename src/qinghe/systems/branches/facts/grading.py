"""Grades as facts: each from the day it was published until the branch has another, or is closed."""

from django.db.models import DateField, F, QuerySet
from django.db.models.functions import Least

from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.branches.models import Grading


def _grade_rows() -> QuerySet:
    until = Least(or_still("ended_on"), or_still("org__closed_on"), output_field=DateField())
    published = Grading.objects.filter(state=Grading.State.PUBLISHED).order_by()
    return published.values("org_id", "star", record_id=F("pk"), day=F("published_on"), until=until)


GRADE = Fact(
    name="branch_grade",
    label="支部定级",
    grain="one published grade of a branch, until its next one (T-51)",
    model="branches.Grading",
    columns={**REQUIRED, "until": "date", "star": "int64"},
    records=_grade_rows,
)

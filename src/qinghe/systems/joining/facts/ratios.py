"""Graduating classes and the members in them, while they graduate (T-15)."""

from django.db.models import DateField, F
from django.db.models.functions import Greatest, Least
from django.db.models.query import QuerySet

from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.systems.joining.models import GraduatingClass


def _class_rows() -> QuerySet:
    return GraduatingClass.objects.order_by().values(
        "org_id", "stage", "students", record_id=F("pk"), day=F("starts_on"), until=F("ends_on")
    )


def _member_rows() -> QuerySet:
    ends = or_still("org__memberships__ends_on")
    return (
        GraduatingClass.objects.order_by()
        .annotate(
            since=Greatest("starts_on", "org__memberships__starts_on", output_field=DateField()),
            until=Least("ends_on", ends, output_field=DateField()),
        )
        .filter(since__lt=F("until"))
        .values(
            "org_id",
            "stage",
            "until",
            record_id=F("org__memberships__pk"),
            person_id=F("org__memberships__person_id"),
            day=F("since"),
        )
    )


GRADUATING = Fact(
    name="joining_graduating_class",
    label="毕业班",
    grain="one graduating class in its school year, with its students",
    model="joining.GraduatingClass",
    columns={**REQUIRED, "until": "date", "stage": "string", "students": "int64"},
    records=_class_rows,
)
IN_CLASS = Fact(
    name="joining_graduating_member",
    label="毕业班团员",
    grain="one member on the roll of a graduating class, while both last",
    model="people.Membership",
    columns={**REQUIRED, "until": "date", "stage": "string", "person_id": "int64"},
    records=_member_rows,
)
FACTS = [GRADUATING, IN_CLASS]

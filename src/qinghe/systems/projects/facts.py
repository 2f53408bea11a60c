"""What projects tells analytics."""

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact

from .models import JointProject, Part

STANDS = (Part.State.TAKEN, Part.State.SUBMITTED, Part.State.ACCEPTED)


def _running_rows() -> QuerySet:
    founded = JointProject.objects.filter(founded_on__isnull=False)
    return founded.order_by().values(
        "org_id", record_id=F("pk"), day=F("founded_on"), until=or_still("ended_on")
    )


def _closed_rows() -> QuerySet:
    closed = JointProject.objects.filter(state=JointProject.State.CLOSED)
    return closed.order_by().values("org_id", record_id=F("pk"), day=F("ended_on"))


def _part_rows() -> QuerySet:
    in_time = Case(
        When(state=Part.State.ACCEPTED, submitted_on__lte=F("due_on"), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    taken = Part.objects.filter(state__in=STANDS).annotate(in_time=in_time)
    return taken.order_by().values("org_id", "in_time", record_id=F("pk"), day=F("due_on"))


RUNNING = Fact(
    name="projects_running",
    label="统筹项目",
    grain="one joint project, from its founding until it was closed or broken off (S086)",
    model="projects.JointProject",
    columns={**REQUIRED, "until": "date"},
    records=_running_rows,
)

CLOSED = Fact(
    name="projects_closed",
    label="结项的统筹项目",
    grain="one joint project that was closed with its summary, on that day (S086)",
    model="projects.JointProject",
    columns=REQUIRED,
    records=_closed_rows,
)

PART = Fact(
    name="projects_part",
    label="项目分工",
    grain="one part that was taken, at who took it, on the day it is due (S086)",
    model="projects.Part",
    columns={**REQUIRED, "in_time": "int64"},
    records=_part_rows,
)

FACTS = [RUNNING, CLOSED, PART]

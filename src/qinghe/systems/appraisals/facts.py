"""What review and registration tells analytics; a question that checks its records.

A campaign shows from its closing day until the closing day of the next year's: 2022H1 shows 2021's
(T-45). A grade or a registration that came after the closing day counts from its own day on.
"""

from django.db.models import Case, DateField, Exists, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import STILL
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.people.models import Membership

from .models import Campaign, Line, Roll, Standing

STOCK = {**REQUIRED, "until": "date"}


def _until(campaign: str) -> Coalesce:
    """Return the day on which the next year's campaign closes, or the end of time."""
    later = Campaign.objects.filter(
        org=OuterRef(f"{campaign}__org"), year__gt=OuterRef(f"{campaign}__year")
    )
    return Coalesce(
        Subquery(later.order_by("year").values("closes_on")[:1]), STILL, output_field=DateField()
    )


def _from(day: str) -> Case:
    """Return the later of a day and the campaign's closing day."""
    closes = "campaign__closes_on"
    return Case(
        When(**{f"{day}__gt": F(closes)}, then=F(day)), default=F(closes), output_field=DateField()
    )


def _due_rows() -> QuerySet:
    due = Line.objects.filter(standing__in=[Standing.IN, Standing.ABSENT])
    return due.order_by().values(
        "person_id",
        record_id=F("pk"),
        org_id=F("roll__org_id"),
        day=F("campaign__closes_on"),
        until=_until("campaign"),
    )


def _graded_rows() -> QuerySet:
    graded = Line.objects.filter(final_on__isnull=False)
    return graded.order_by().values(
        "grade",
        "person_id",
        record_id=F("pk"),
        org_id=F("roll__org_id"),
        day=_from("final_on"),
        until=_until("campaign"),
    )


def _registered_rows() -> QuerySet:
    registered = Line.objects.filter(registered_on__isnull=False)
    return registered.order_by().values(
        "person_id",
        record_id=F("pk"),
        org_id=F("roll__org_id"),
        day=_from("registered_on"),
        until=_until("campaign"),
    )


def _deferred_rows() -> QuerySet:
    deferred = Line.objects.filter(deferred_on__isnull=False, registered_on__isnull=True)
    return deferred.order_by().values(
        "person_id",
        record_id=F("pk"),
        org_id=F("roll__org_id"),
        day=_from("deferred_on"),
        until=_until("campaign"),
    )


def _branch_rows() -> QuerySet:
    return (
        Roll.objects.filter(due__gt=0)
        .order_by()
        .values(
            "org_id",
            record_id=F("pk"),
            day=F("campaign__closes_on"),
            until=_until("campaign"),
        )
    )


def _done_rows() -> QuerySet:
    done = Roll.objects.filter(due__gt=0, state=Roll.State.REGISTERED)
    return done.order_by().values(
        "org_id", record_id=F("pk"), day=_from("registered_on"), until=_until("campaign")
    )


DUE = Fact(
    name="appraisal_due",
    label="应评议团员",
    grain="one member due for review in one campaign, from its closing day on (T-45)",
    model="appraisals.Line",
    columns={**STOCK, "person_id": "int64"},
    records=_due_rows,
)

GRADED = Fact(
    name="appraisal_graded",
    label="已评议团员",
    grain="one member with a final grade in one campaign",
    model="appraisals.Line",
    columns={**STOCK, "grade": "string", "person_id": "int64"},
    records=_graded_rows,
)

REGISTERED = Fact(
    name="appraisal_registered",
    label="已注册团员",
    grain="one member registered in one campaign",
    model="appraisals.Line",
    columns={**STOCK, "person_id": "int64"},
    records=_registered_rows,
)

DEFERRED = Fact(
    name="appraisal_deferred",
    label="暂缓注册团员",
    grain="one member put off and not registered since",
    model="appraisals.Line",
    columns={**STOCK, "person_id": "int64"},
    records=_deferred_rows,
)

BRANCH = Fact(
    name="appraisal_branch",
    label="应开展评议的团支部",
    grain="one branch with members due in one campaign",
    model="appraisals.Roll",
    columns=STOCK,
    records=_branch_rows,
)

DONE = Fact(
    name="appraisal_done",
    label="两制完成的团支部",
    grain="one branch graded and registered in one campaign (T-46)",
    model="appraisals.Roll",
    columns=STOCK,
    records=_done_rows,
)

FACTS = [DUE, GRADED, REGISTERED, DEFERRED, BRANCH, DONE]


def _unlisted() -> QuerySet[Membership]:
    """Return who is on a roll since before the newest campaign's day and has no line in it."""
    newest = Campaign.objects.filter(listed_at__isnull=False).order_by("-year", "-pk")
    there = Line.objects.filter(
        person=OuterRef("person"), campaign=Subquery(newest.values("pk")[:1])
    )
    return Membership.objects.filter(
        ~Exists(there),
        ends_on__isnull=True,
        starts_on__lte=Subquery(newest.values("reference_on")[:1]),
    )


CHECKS = [
    Check(
        code="APP-C01",
        label="在册但没有列入年度评议名单的团员",
        severity=Severity.WARNING,
        records=_unlisted,
        model="people.Membership",
        advice="没有列入名单的不计入应评议人数。请在年度评议页补齐名单，或在支部页补列。",
    ),
]

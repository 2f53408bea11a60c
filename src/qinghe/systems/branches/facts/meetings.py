"""Meetings as facts: what was held, and until when one keeps its branch up to date."""

from datetime import timedelta

from django.db.models import DateField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Least, Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.orgs.models import Org
from qinghe.systems.branches import rules
from qinghe.systems.branches.models import Meeting, MeetingKind

YEAR = timedelta(days=365)


def _held() -> QuerySet[Meeting]:
    return Meeting.objects.filter(state=Meeting.State.HELD, counts=True).order_by()


def _meeting_rows() -> QuerySet:
    return _held().values("org_id", "day", "kind", "present", record_id=F("pk"))


def _covered_rows() -> QuerySet:
    general = _held().filter(
        kind=MeetingKind.GENERAL,
        covers_until__isnull=False,
        org__kind__in=sorted(rules.MEASURED),
    )
    until = Least(F("covers_until"), or_still("org__closed_on"), output_field=DateField())
    return general.values("org_id", "day", record_id=F("pk"), until=until)


def _branch_rows() -> QuerySet:
    branches = Org.objects.filter(kind__in=sorted(rules.MEASURED)).order_by()
    return branches.values(
        record_id=F("pk"), org_id=F("pk"), day=F("opened_on"), until=or_still("closed_on")
    )


MEETING = Fact(
    name="branch_meeting",
    label="支部会议",
    grain="one meeting of a branch that counts, on its day (T-40)",
    model="branches.Meeting",
    columns={**REQUIRED, "kind": "string", "present": "int64"},
    records=_meeting_rows,
)

COVERED = Fact(
    name="branch_covered",
    label="按期召开支部大会",
    grain="one general meeting, from its day until another should have been held (T-40)",
    model="branches.Meeting",
    columns={**REQUIRED, "until": "date"},
    records=_covered_rows,
    within=MEETING,
)

BRANCH = Fact(
    name="branch_measured",
    label="团支部",
    grain="one branch whose meetings are asked for, while it is there (T-07)",
    model="orgs.Org",
    columns={**REQUIRED, "until": "date"},
    records=_branch_rows,
)


def _never_met() -> QuerySet[Org]:
    since = Now() - YEAR
    met = Meeting.objects.filter(
        org=OuterRef("pk"),
        kind=MeetingKind.GENERAL,
        state=Meeting.State.HELD,
        counts=True,
        day__gte=since,
    )
    return Org.objects.filter(
        ~Exists(met),
        kind__in=sorted(rules.MEASURED),
        closed_on__isnull=True,
        opened_on__lt=since,
    )


MEETING_CHECKS = [
    Check(
        code="BRN-C01",
        label="一年内没有召开支部大会的支部",
        severity=Severity.WARNING,
        records=_never_met,
        model="orgs.Org",
        advice="请支部召开支部大会并登记；开过而没有登记的请补登；已经停止活动的请上级核实（T-40）。",
    ),
]

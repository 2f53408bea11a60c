"""What meetings tells analytics; questions that check its records."""

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.orgs.kinds import Level

from .models import AgendaItem, Body, Decision, Sitting, Talk
from .rules import YOUTH

HELD = (Sitting.State.HELD, Sitting.State.MINUTED)


def _above_rows() -> QuerySet:
    youth = AgendaItem.objects.filter(
        sitting=OuterRef("pk"), theme__in=YOUTH, state=AgendaItem.State.LISTED
    )
    found = Sitting.objects.filter(Exists(youth), body__kind=Body.Kind.STANDING)
    return found.order_by().values("day", record_id=F("pk"), org_id=F("body__org_id"))


def _plenary_rows() -> QuerySet:
    """Give the one plenary of a district's youth conference that is in preparation, with its number."""
    found = Body.objects.filter(
        kind=Body.Kind.JOINT,
        org__level=Level.DISTRICT,
        sittings__kind=Sitting.Kind.PLENARY,
    )
    return found.order_by().values(
        "org_id",
        record_id=F("sittings__pk"),
        number=F("sittings__number"),
        day=F("sittings__prepared_on"),
        until=or_still("sittings__settled_on"),
    )


def _sitting_rows() -> QuerySet:
    held = Sitting.objects.filter(state__in=HELD)
    return held.order_by().values("day", record_id=F("pk"), org_id=F("body__org_id"))


def _decision_rows() -> QuerySet:
    on_time = Case(
        When(state=Decision.State.ACCEPTED, reported_on__lte=F("due_on"), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    due = Decision.objects.exclude(state=Decision.State.VOID).annotate(on_time=on_time)
    return due.order_by().values(
        "on_time", record_id=F("pk"), org_id=F("owner_id"), day=F("due_on")
    )


def _talk_rows() -> QuerySet:
    counted = Talk.objects.filter(void_on__isnull=True, platform__is_counted=True)
    return counted.order_by().values("org_id", "day", record_id=F("pk"))


def _committee_rows() -> QuerySet:
    """Give the youth affairs committees, each at the organisation that it belongs to."""
    of_a_street = Case(
        When(org__level=Level.STREET, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    found = Body.objects.filter(kind=Body.Kind.COMMITTEE).annotate(of_a_street=of_a_street)
    return found.order_by().values(
        "org_id", "of_a_street", record_id=F("pk"), day=F("founded_on"), until=or_still("ended_on")
    )


ABOVE = Fact(
    name="meetings_above",
    label="常委会研究青年工作",
    grain="one sitting of a standing committee with a topic on youth or League work (F039)",
    model="meetings.Sitting",
    columns=REQUIRED,
    records=_above_rows,
)

PLENARY = Fact(
    name="meetings_plenary",
    label="全体会议",
    grain="one plenary of the district's youth conference while it is in preparation (F093)",
    model="meetings.Sitting",
    columns={**REQUIRED, "until": "date", "number": "int64"},
    records=_plenary_rows,
)

SITTING = Fact(
    name="meetings_sitting",
    label="会议",
    grain="one sitting that was held, on its day",
    model="meetings.Sitting",
    columns=REQUIRED,
    records=_sitting_rows,
)

DECISION = Fact(
    name="meetings_decision",
    label="议定事项",
    grain="one decision that stands, on the day of its limit, at its owner",
    model="meetings.Decision",
    columns={**REQUIRED, "on_time": "int64"},
    records=_decision_rows,
)

TALK = Fact(
    name="meetings_talk",
    label="经验交流",
    grain="one talk on a platform that is counted (F036)",
    model="meetings.Talk",
    columns=REQUIRED,
    records=_talk_rows,
)

COMMITTEE = Fact(
    name="meetings_committee",
    label="青年工作委员会",
    grain="one youth affairs committee from its founding to its end (F041)",
    model="meetings.Body",
    columns={**REQUIRED, "until": "date", "of_a_street": "int64"},
    records=_committee_rows,
)

FACTS = [ABOVE, PLENARY, SITTING, DECISION, TALK, COMMITTEE]


def _never_held() -> QuerySet[Sitting]:
    return Sitting.objects.filter(state__in=["preparing", "called"], starts_at__lt=Now())


def _undecided() -> QuerySet[Sitting]:
    decided = Decision.objects.filter(sitting=OuterRef("pk"))
    return Sitting.objects.filter(~Exists(decided), Q(state=Sitting.State.MINUTED))


CHECKS = [
    Check(
        code="MTG-C01",
        label="过了开会时间仍未登记召开的会议",
        severity=Severity.WARNING,
        records=_never_held,
        model="meetings.Sitting",
        advice="已经开过的请补签到并登记召开；没有开的请取消并写明原因，届次不会空号。",
    ),
    Check(
        code="MTG-C02",
        label="出了纪要而没有议定事项的会议",
        severity=Severity.WARNING,
        records=_undecided,
        model="meetings.Sitting",
        advice="请从纪要中登记议定事项，写明承办单位和时限；确实没有的不用处理。",
    ),
]

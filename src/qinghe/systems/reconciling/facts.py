"""What reconciling tells analytics; questions that check its records."""

from datetime import timedelta

from django.db.models import Case, F, IntegerField, QuerySet, Sum, Value, When
from django.db.models.functions import Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import or_still
from qinghe.analytics.facts import REQUIRED, Fact

from .models import BranchTally, Difference, Run

A_MONTH = timedelta(days=30)


def _tally_rows() -> QuerySet:
    return BranchTally.objects.order_by().values(
        "org_id",
        "rows",
        "agreed",
        record_id=F("pk"),
        day=F("compared_on"),
        until=or_still("superseded_on"),
    )


def _sent_rows() -> QuerySet:
    is_answered = Case(
        When(answered_on__isnull=False, then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )
    sent = BranchTally.objects.filter(sent__gt=0)
    return sent.order_by().values(
        "org_id",
        record_id=F("pk"),
        day=F("compared_on"),
        until=or_still("superseded_on"),
        is_answered=is_answered,
    )


def _open_rows() -> QuerySet:
    found = Difference.objects.filter(run__state=Run.State.DONE, found_on__isnull=False)
    return found.order_by().values(
        "org_id", "kind", record_id=F("pk"), day=F("found_on"), until=or_still("closed_on")
    )


TALLY = Fact(
    name="reconciling_tally",
    label="支部对账结果",
    grain="what one run came to for one organisation, until the next run that covers it",
    model="reconciling.BranchTally",
    columns={**REQUIRED, "until": "date", "rows": "int64", "agreed": "int64"},
    records=_tally_rows,
)

SENT = Fact(
    name="reconciling_sent",
    label="退回核对的支部",
    grain="one organisation with differences of one run, until the next run that covers it",
    model="reconciling.BranchTally",
    columns={**REQUIRED, "until": "date", "is_answered": "int64"},
    records=_sent_rows,
)

STILL_OPEN = Fact(
    name="reconciling_open",
    label="对账差异",
    grain="one difference from the run that found it until it is confirmed or gone",
    model="reconciling.Difference",
    columns={**REQUIRED, "until": "date", "kind": "string"},
    records=_open_rows,
)

FACTS = [TALLY, SENT, STILL_OPEN]


def _never_answered() -> QuerySet[BranchTally]:
    waiting = BranchTally.objects.filter(superseded_on__isnull=True, to_answer__gt=0)
    return waiting.filter(compared_on__lt=Now() - A_MONTH)


def _mostly_not_found() -> QuerySet[Run]:
    """Return the runs in which not one line in ten was found: the columns are likely wrong."""
    done = Run.objects.filter(state=Run.State.DONE, rows__gt=20)
    found = done.annotate(found=Sum("tallies__agreed") + Sum("tallies__changed"))
    return found.annotate(tenfold=F("found") * 10).filter(tenfold__lt=F("rows"))


CHECKS = [
    Check(
        code="RCN-C01",
        label="一个月没有答复的退回核对",
        severity=Severity.WARNING,
        records=_never_answered,
        model="reconciling.BranchTally",
        advice="请支部逐条答复；支部没有账号的，由上级代为核对答复。",
    ),
    Check(
        code="RCN-C02",
        label="多数行找不到本人的对账",
        severity=Severity.WARNING,
        records=_mostly_not_found,
        model="reconciling.Run",
        advice="请核对列对应和团支部名称，必要时更新列对应后重新对账。",
    ),
]

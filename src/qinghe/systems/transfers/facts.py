"""What transfers tell analytics; questions that check their records."""

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.days import DayAfter, or_still
from qinghe.analytics.facts import REQUIRED, Fact
from qinghe.kernel.people.models import Membership

from .models import OPEN, AbroadStay, Transfer

LATE = timedelta(days=30)
State = Transfer.State


def _out_rows() -> QuerySet:
    left = Transfer.objects.filter(state=State.PLACED, from_org__isnull=False)
    return left.order_by().values(
        "kind", record_id=F("pk"), org_id=F("from_org_id"), day=F("closed_on")
    )


def _in_rows() -> QuerySet:
    came = Transfer.objects.filter(state=State.PLACED, placed_in__isnull=False)
    return came.order_by().values(
        "kind", record_id=F("pk"), org_id=F("placed_in_id"), day=F("closed_on")
    )


def _closed_rows() -> QuerySet:
    closed = Transfer.objects.filter(closed_on__isnull=False)
    return closed.order_by().values(
        "state", "kind", record_id=F("pk"), org_id=F("desk_id"), day=F("closed_on")
    )


def _open_rows() -> QuerySet:
    sent = Transfer.objects.filter(sent_on__isnull=False)
    return sent.order_by().values(
        record_id=F("pk"), org_id=F("desk_id"), day=F("sent_on"), until=or_still("closed_on")
    )


def _late_rows() -> QuerySet:
    late = Transfer.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=F("due_on")),
        sent_on__isnull=False,
        suspended_on__isnull=True,
    )
    return late.order_by().values(
        record_id=F("pk"),
        org_id=F("desk_id"),
        day=DayAfter(Coalesce("due_on", "sent_on")),
        until=or_still("closed_on"),
    )


OUT = Fact(
    name="transfers_out",
    label="转出",
    grain="one member who left a branch by a transfer, on the day they left",
    model="transfers.Transfer",
    columns={**REQUIRED, "kind": "string"},
    records=_out_rows,
)

IN = Fact(
    name="transfers_in",
    label="转入",
    grain="one member who was placed in a branch by a transfer, on that day",
    model="transfers.Transfer",
    columns={**REQUIRED, "kind": "string"},
    records=_in_rows,
)

CLOSED = Fact(
    name="transfers_closed",
    label="结束的转接",
    grain="one transfer that ended, placed or not, at the desk that acted last",
    model="transfers.Transfer",
    columns={**REQUIRED, "state": "string", "kind": "string"},
    records=_closed_rows,
)

STILL_OPEN = Fact(
    name="transfers_open",
    label="在办的转接",
    grain="one transfer from being sent until its end, at the desk that acts or acted last",
    model="transfers.Transfer",
    columns={**REQUIRED, "until": "date"},
    records=_open_rows,
)

LATE_OPEN = Fact(
    name="transfers_late",
    label="超期的转接",
    grain="one transfer from the day after the limit of its last step until its end (T-64)",
    model="transfers.Transfer",
    columns={**REQUIRED, "until": "date"},
    records=_late_rows,
)

FACTS = [OUT, IN, CLOSED, STILL_OPEN, LATE_OPEN]


def _left_behind() -> QuerySet[Membership]:
    """Return the members whose branch is closed and whom nobody is transferring (T-65)."""
    under_way = Transfer.objects.filter(person=OuterRef("person"), state__in=OPEN)
    left = Membership.objects.filter(ends_on__isnull=True, org__closed_on__isnull=False)
    return left.filter(~Exists(under_way))


def _late_for_term() -> QuerySet[Transfer]:
    study = Transfer.objects.filter(kind=Transfer.Kind.STUDY, state__in=OPEN)
    return study.filter(term_on__lt=Now() - LATE)


def _other_place() -> QuerySet[Transfer]:
    """Return open transfers of members who meanwhile stand elsewhere."""
    here = Membership.objects.filter(
        person=OuterRef("person"), org=OuterRef("from_org"), ends_on__isnull=True
    )
    return Transfer.objects.filter(~Exists(here), state__in=OPEN, from_org__isnull=False)


def _too_long_abroad() -> QuerySet[AbroadStay]:
    return AbroadStay.objects.filter(returned_on__isnull=True, until__lt=Now())


CHECKS = [
    Check(
        code="TRF-C01",
        label="团支部已撤销、又没有转接的团员",
        severity=Severity.ERROR,
        records=_left_behind,
        model="people.Membership",
        advice="请由原上级发起转出，送到团员现在的单位、学校或社区。",
    ),
    Check(
        code="TRF-C02",
        label="开学超过30日仍未办结的升学转接",
        severity=Severity.WARNING,
        records=_late_for_term,
        model="transfers.Transfer",
        advice="请转入学校尽快接收并编入团支部；没有入学的请退回。",
    ),
    Check(
        code="TRF-C03",
        label="团员已不在原团支部的在办转接",
        severity=Severity.WARNING,
        records=_other_place,
        model="transfers.Transfer",
        advice="原团支部合并或撤销的照常办理；其他的请撤回，由现在的团支部重新发起。",
    ),
    Check(
        code="TRF-C04",
        label="已过保留期限、没有登记返回的出国（境）团员",
        severity=Severity.WARNING,
        records=_too_long_abroad,
        model="transfers.AbroadStay",
        advice="请联系本人：已返回的登记返回，再办转接；仍在国（境）外的按规定处理。",
    ),
]

"""Courtesies taken and used, and who gives them; and what is looked over in them."""

from django.db.models import Count, DateField, F, Q, QuerySet
from django.db.models.functions import Coalesce, Least

from qinghe.analytics.checks import Check, Severity
from qinghe.analytics.facts import REQUIRED, Fact, LocalDay
from qinghe.systems.volunteering.models import CourtesyClaim, CourtesyItem, Sponsor

State = CourtesyClaim.State


def _claim_rows() -> QuerySet:
    taken = CourtesyClaim.objects.exclude(state=State.CANCELLED)
    return taken.order_by().values(
        "org_id", record_id=F("pk"), day=F("claimed_on"), person_id=F("volunteer__person_id")
    )


def _use_rows() -> QuerySet:
    used = CourtesyClaim.objects.filter(state=State.REDEEMED)
    return used.order_by().values(
        "org_id",
        record_id=F("pk"),
        day=LocalDay("redeemed_at"),
        person_id=F("volunteer__person_id"),
    )


def _sponsor_rows() -> QuerySet:
    """A sponsor stands from its approval, until its agreement ends or it is ended before."""
    standing = Sponsor.objects.filter(approved_on__isnull=False, approved_on__lte=F("agreed_to"))
    return standing.order_by().values(
        "org_id",
        record_id=F("pk"),
        day=F("approved_on"),
        until=Least(Coalesce("ended_on", "agreed_to"), "agreed_to", output_field=DateField()),
    )


COURTESY_CLAIM = Fact(
    name="volunteering_courtesy_claim",
    label="礼遇领取",
    grain="one courtesy claimed and not cancelled, on its day, at the volunteer's main organisation",
    model="volunteering.CourtesyClaim",
    columns={**REQUIRED, "person_id": "int64"},
    records=_claim_rows,
)
COURTESY_USE = Fact(
    name="volunteering_courtesy_use",
    label="礼遇使用",
    grain="one courtesy redeemed, on its local day, at the volunteer's main organisation",
    model="volunteering.CourtesyClaim",
    columns={**REQUIRED, "person_id": "int64"},
    records=_use_rows,
)
SPONSOR = Fact(
    name="volunteering_sponsor",
    label="礼遇商家",
    grain="one sponsor, from its approval until its agreement ends",
    model="volunteering.Sponsor",
    columns={**REQUIRED, "until": "date"},
    records=_sponsor_rows,
)


def _stock_astray() -> QuerySet[CourtesyItem]:
    holding = Q(claims__state__in=[State.CLAIMED, State.REDEEMED])
    return CourtesyItem.objects.annotate(held=Count("claims", filter=holding)).exclude(
        held=F("taken")
    )


def _used_too_late() -> QuerySet[CourtesyClaim]:
    used = CourtesyClaim.objects.filter(state=State.REDEEMED)
    return used.annotate(used_on=LocalDay("redeemed_at")).filter(used_on__gt=F("valid_until"))


CHECKS = [
    Check(
        code="VOL-C71",
        label="礼遇占用的份数与领取记录不一致",
        severity=Severity.ERROR,
        records=_stock_astray,
        model="volunteering.CourtesyItem",
        advice="占用份数由领取、取消和过期自动增减。请联系系统管理员核对操作记录。",
    ),
    Check(
        code="VOL-C72",
        label="礼遇在有效期后被核销",
        severity=Severity.WARNING,
        records=_used_too_late,
        model="volunteering.CourtesyClaim",
        advice="请向商家核实使用日期。",
    ),
]

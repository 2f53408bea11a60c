"""Terms, campaigns, lower caps: what the committees set."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import models, rules
from qinghe.systems.appraisals.access import Act

from .caps import Caps

Campaign = models.Campaign
LocalCap = models.LocalCap
Roll = models.Roll
Terms = models.Terms


@dataclass(frozen=True)
class NewTerms:
    """Terms to come: from which day, by whose word and why, and the numbers."""

    title: str
    starts_on: date
    source: str
    reason: str
    top_percent: int
    quorum_part: int
    quorum_whole: int
    defer_least: int
    defer_most: int


@transaction.atomic
def set_terms(*, new: NewTerms, at: datetime, by: Actor) -> Terms:
    """Enter terms that hold from a coming day on; campaigns opened before keep theirs.

    Raises Refused: not_allowed, reason_needed, wrong_order, day_taken, cap_too_high, bad_quorum,
    bad_months.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.SET_TERMS, at=root)
    told = asdict(new) | {
        "reason": rules.check_reason(new.reason),
        "source": rules.check_reason(new.source),
        "title": new.title.strip(),
    }
    if new.starts_on <= local_day(at):
        raise Refused("wrong_order", "施行日期须在今天之后，没有保存；已经施行的参数不改动。")
    if Terms.objects.filter(starts_on=new.starts_on).exists():
        raise Refused("day_taken", "这一天已有参数开始施行，没有保存；请改用另一天。")
    rules.check_terms(
        top_percent=new.top_percent,
        quorum_part=new.quorum_part,
        quorum_whole=new.quorum_whole,
        defer_least=new.defer_least,
        defer_most=new.defer_most,
    )
    made = Terms.objects.create(**told, entered_by_id=by.person_id)
    told["starts_on"] = new.starts_on.isoformat()
    audit.record(by=by, verb="appraisals.set_terms", subject=made, at=at, detail=told)
    return made


@dataclass(frozen=True)
class NewCampaign:
    """A year's review to be opened."""

    org: Org
    year: int
    reference_on: date
    opens_on: date
    closes_on: date


@transaction.atomic
def open_campaign(*, new: NewCampaign, at: datetime, by: Actor) -> Campaign:
    """Open a year's review, by the terms in force on its first day.

    Raises Refused: not_allowed, wrong_year, wrong_order, in_future, year_taken.
    """
    actors.require(by, Act.RUN, at=new.org)
    rules.check_campaign_days(
        year=new.year,
        reference_on=new.reference_on,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
    )
    if Campaign.objects.filter(org=new.org, year=new.year).exists():
        raise Refused("year_taken", f"{new.year}年度评议已经发起，没有重复发起。")
    terms = Terms.objects.filter(starts_on__lte=new.opens_on).first()
    if terms is None:
        raise Refused("no_terms", "开始日期还没有施行的参数，没有发起，请改正日期。")
    made = Campaign.objects.create(
        org=new.org,
        year=new.year,
        terms=terms,
        reference_on=new.reference_on,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
        opened_at=at,
    )
    audit.record(
        by=by,
        verb="appraisals.open_campaign",
        subject=made,
        at=at,
        detail={"year": new.year, "closes_on": new.closes_on.isoformat()},
    )
    return made


@transaction.atomic
def lower_cap(
    *, campaign: Campaign, org: Org, percent: int, reason: str, at: datetime, by: Actor
) -> LocalCap:
    """Set a lower share of 优秀 for all branches below that have not sent their grades up (T-42).

    Raises Refused: not_allowed, cap_not_lower, reason_needed, over_the_cap.
    """
    actors.require(by, Act.LOWER_CAP, at=org)
    kept = Campaign.objects.select_for_update(of=("self",)).select_related("terms", "org")
    campaign = kept.get(pk=campaign.pk)
    rules.check_cap_lower(percent, than=campaign.terms.top_percent)
    why = rules.check_reason(reason)
    cap, _ = LocalCap.objects.update_or_create(
        campaign=campaign,
        org=org,
        defaults={"percent": percent, "reason": why, "set_by_id": by.person_id},
    )
    _apply(campaign, org)
    detail = {"percent": percent, "reason": why, "year": campaign.year}
    audit.record(by=by, verb="appraisals.lower_cap", subject=cap, at=at, detail=detail)
    return cap


def _apply(campaign: Campaign, org: Org) -> None:
    caps = Caps.of(campaign)
    open_rolls = Roll.objects.select_for_update(of=("self",)).filter(
        campaign=campaign,
        org__path__startswith=org.path,
        state__in=[state for state in Roll.State if rules.is_open(state)],
    )
    changed = []
    for roll in open_rolls.select_related("org").order_by("pk"):
        percent = caps.at(roll.org.path)
        if roll.top > rules.most_top(took_part=roll.took_part, percent=percent):
            raise Refused(
                "over_the_cap",
                f"{roll.org}已拟优秀{roll.top}人，超过{percent}%，没有保存；请先减少优秀人数。",
            )
        roll.top_percent = percent
        changed.append(roll)
    Roll.objects.bulk_update(changed, ["top_percent"], batch_size=500)

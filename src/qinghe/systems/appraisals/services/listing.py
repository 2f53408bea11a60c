"""Making the rolls of a whole district: branch after branch, each once, however often it is run."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.bulk import insert_many
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import LeagueFile, Membership
from qinghe.systems.appraisals import models
from qinghe.systems.appraisals.access import Act

from .campaigns import caps_of, percent_at

Campaign = models.Campaign
Line = models.Line
Roll = models.Roll
Standing = models.Standing
MOST_MEMBERS = 1_000  # in one transaction; a statement takes 32,766 values on SQLite
FIELDS = ("campaign_id", "roll_id", "person_id", "standing")


def on_the_roll(campaign: Campaign) -> QuerySet[Membership]:
    """Return who was on a roll of the district on the day of reference (T-65)."""
    day = campaign.reference_on
    still = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    return Membership.objects.filter(
        still, starts_on__lte=day, org__path__startswith=campaign.org.path
    )


def rolls_to_list(*, campaign: Campaign, by: Actor) -> Iterator[list[int]]:
    """Yield the branches that had members that day, some at a time: as many as one step takes.

    Raises Refused: not_allowed.
    """
    actors.require(by, Act.RUN, at=campaign.org)
    counted = on_the_roll(campaign).order_by().values("org_id").annotate(count=Count("pk"))
    part: list[int] = []
    size = 0
    for org_id, count in counted.order_by("org_id").values_list("org_id", "count"):
        if part and size + count > MOST_MEMBERS:
            yield part
            part, size = [], 0
        part.append(org_id)
        size += count
    if part:
        yield part


@transaction.atomic
def list_members(*, campaign: Campaign, orgs: Sequence[int], at: datetime, by: Actor) -> int:
    """Make the rolls of some branches with a line for every member; what is there already stays.

    Party members who keep their place in the League are listed apart (T-44). Returns how many lines
    are new. Raises Refused: not_allowed.
    """
    kept = Campaign.objects.select_for_update(of=("self",)).select_related("org", "terms")
    campaign = kept.get(pk=campaign.pk)
    actors.require(by, Act.RUN, at=campaign.org)
    members = dict(
        on_the_roll(campaign)
        .filter(org__in=orgs)
        .order_by("-pk")  # whoever stands on two is listed where they came first
        .values_list("person_id", "org_id")
    )
    known = set(
        Line.objects.filter(
            campaign=campaign, person__in=_on(orgs, campaign).values("person_id")
        ).values_list("person_id", flat=True)
    )
    party = set(
        LeagueFile.objects.filter(
            party_on__lte=campaign.reference_on,
            person__in=_on(orgs, campaign).values("person_id"),
        ).values_list("person_id", flat=True)
    )
    rolls = _rolls(campaign, orgs)
    rows = [
        (
            campaign.pk,
            rolls[org_id],
            person_id,
            Standing.PARTY if person_id in party else Standing.IN,
        )
        for person_id, org_id in sorted(members.items())
        if person_id not in known
    ]
    made: list[int] = []
    for start in range(0, len(rows), MOST_MEMBERS):
        made += insert_many(Line, fields=FIELDS, rows=rows[start : start + MOST_MEMBERS])
    _count(list(rolls.values()))
    audit.record_many(
        by=by,
        verb="appraisals.list_members",
        model=Line,
        ids=made,
        at=at,
        detail={"year": campaign.year, "branches": len(rolls)},
    )
    return len(made)


@transaction.atomic
def note_listed(*, campaign: Campaign, at: datetime, by: Actor) -> Campaign:
    """Keep that all rolls of a campaign are made. Raises Refused: not_allowed."""
    kept = Campaign.objects.select_for_update(of=("self",)).select_related("org")
    campaign = kept.get(pk=campaign.pk)
    actors.require(by, Act.RUN, at=campaign.org)
    campaign.listed_at = at
    campaign.save(update_fields=["listed_at"])
    audit.record(by=by, verb="appraisals.note_listed", subject=campaign, at=at)
    return campaign


def _on(orgs: Sequence[int], campaign: Campaign) -> QuerySet[Membership]:
    return on_the_roll(campaign).filter(org__in=orgs).order_by()


def _rolls(campaign: Campaign, orgs: Sequence[int]) -> dict[int, int]:
    """Return the rolls of branches, made where there is none yet."""
    known = dict(
        Roll.objects.filter(campaign=campaign, org__in=orgs).values_list("org_id", "pk").order_by()
    )
    caps, most = caps_of(campaign), campaign.terms.top_percent
    missing = [
        (campaign.pk, org_id, percent_at(path, caps=caps, most=most))
        for org_id, path in Org.objects.filter(pk__in=orgs).values_list("pk", "path")
        if org_id not in known
    ]
    made = insert_many(Roll, fields=("campaign_id", "org_id", "top_percent"), rows=missing)
    return known | dict(zip((org_id for _, org_id, _ in missing), made, strict=True))


def _count(roll_ids: list[int]) -> None:
    """Write how many are due on rolls that were just filled, their rows locked first."""
    list(Roll.objects.select_for_update().filter(pk__in=roll_ids).order_by("pk"))
    left_out = Q(lines__standing__in=[Standing.EXCUSED, Standing.PARTY])
    rolls = list(
        Roll.objects.filter(pk__in=roll_ids)
        .order_by()
        .annotate(
            now_due=Count("lines", filter=~left_out),
            now_in=Count("lines", filter=Q(lines__standing=Standing.IN)),
        )
    )
    for roll in rolls:
        roll.due, roll.took_part = roll.now_due, roll.now_in  # type: ignore[attr-defined]
    Roll.objects.bulk_update(rolls, ["due", "took_part"], batch_size=500)

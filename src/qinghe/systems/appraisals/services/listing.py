"""Making the rolls of a whole district: branch after branch, each once, however often it is run."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.bulk import insert_many
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import LeagueFile
from qinghe.systems.appraisals import models, queries
from qinghe.systems.appraisals.access import Act

from .caps import Caps

Campaign = models.Campaign
Line = models.Line
Roll = models.Roll
Standing = models.Standing
AT_ONCE = 1_000  # lines in one statement, which takes 32,766 values on SQLite
FIELDS = ("campaign_id", "roll_id", "person_id", "standing")


@transaction.atomic
def list_members(*, campaign: Campaign, orgs: Sequence[int], at: datetime, by: Actor) -> int:
    """Make the rolls of some branches with a line for every member; what is there already stays.

    Party members who keep their place in the League are listed apart (T-44). Returns how many lines
    are new. Raises Refused: not_allowed.
    """
    kept = Campaign.objects.select_for_update(of=("self",)).select_related("org", "terms")
    campaign = kept.get(pk=campaign.pk)
    actors.require(by, Act.RUN, at=campaign.org)
    rolls = _rolls(campaign, orgs)
    rows = _rows(campaign, rolls, by=by)
    made: list[int] = []
    for start in range(0, len(rows), AT_ONCE):
        made += insert_many(Line, fields=FIELDS, rows=rows[start : start + AT_ONCE])
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


def _rows(campaign: Campaign, rolls: dict[int, int], *, by: Actor) -> list[tuple[object, ...]]:
    """Return what is to be written of the members of some branches who have no line yet."""
    there = queries.on_the_roll(by, campaign).filter(org__in=list(rolls)).order_by()
    people = there.values("person_id")
    # Whoever stands on two rolls is listed where they came first.
    members = dict(there.order_by("-pk").values_list("person_id", "org_id"))
    lines = Line.objects.filter(campaign=campaign, person__in=people)
    files = LeagueFile.objects.filter(party_on__lte=campaign.reference_on, person__in=people)
    known = set(lines.values_list("person_id", flat=True))
    party = set(files.values_list("person_id", flat=True))
    return [
        (campaign.pk, rolls[org_id], pk, Standing.PARTY if pk in party else Standing.IN)
        for pk, org_id in sorted(members.items())
        if pk not in known
    ]


def _rolls(campaign: Campaign, orgs: Sequence[int]) -> dict[int, int]:
    """Return the rolls of branches, made where there is none yet."""
    known = dict(
        Roll.objects.filter(campaign=campaign, org__in=orgs).values_list("org_id", "pk").order_by()
    )
    caps = Caps.of(campaign)
    missing = [
        (campaign.pk, org_id, caps.at(path))
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

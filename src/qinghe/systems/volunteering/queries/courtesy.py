"""Courtesies: sponsors and items in sight, what waits, who takes more than is usual."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncHour
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.queries import hash_of
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

Sponsor = models.Sponsor
SponsorKey = models.SponsorKey
SponsorState = models.Sponsor.State
CourtesyItem = models.CourtesyItem
CourtesyState = models.CourtesyItem.State
CourtesyClaim = models.CourtesyClaim
ClaimState = models.CourtesyClaim.State
LOOKED_OVER = 90  # days


@dataclass(frozen=True)
class ManyByOne:
    """One volunteer who used many on one day."""

    volunteer_id: int
    number: str
    name: str
    day: date
    count: int


@dataclass(frozen=True)
class Burst:
    """One sponsor at which many were used within one hour."""

    sponsor_id: int
    name: str
    hour: datetime
    count: int
    volunteers: int


def sponsors_seen_by(actor: Actor) -> QuerySet[models.Sponsor]:
    """Return the sponsors that the organisations in sight look after."""
    return (
        models.Sponsor.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org", "entered_by")
        .order_by("state", "name", "pk")
    )


def keys_seen_by(actor: Actor) -> QuerySet[models.SponsorKey]:
    """Return the redeeming addresses that this actor keeps."""
    reach = actors.orgs_where(actor, Act.KEEP_COURTESY)
    return models.SponsorKey.objects.filter(sponsor__org__in=reach).select_related("sponsor__org")


def courtesy_items_seen_by(actor: Actor) -> QuerySet[models.CourtesyItem]:
    """Return the items of sponsors in sight, newest first, with what was taken and used of each."""
    return (
        models.CourtesyItem.objects.filter(sponsor__org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("sponsor__org", "area", "entered_by")
        .annotate(
            claimed=Count("claims", filter=~Q(claims__state=ClaimState.CANCELLED)),
            used=Count("claims", filter=Q(claims__state=ClaimState.REDEEMED)),
        )
        .order_by("-pk")
    )


def courtesy_claims_seen_by(actor: Actor) -> QuerySet[models.CourtesyClaim]:
    """Return the claims in sight: of volunteers here, or on the items of sponsors here."""
    reach = actors.orgs_where(actor, Act.SEE)
    return (
        models.CourtesyClaim.objects.filter(Q(org__in=reach) | Q(item__sponsor__org__in=reach))
        .select_related("item__sponsor__org", "volunteer__person", "org", "redeemed_by")
        .order_by("-pk")
    )


def courtesy_terms_on(actor: Actor, day: date) -> models.CourtesyTerms | None:
    """Return how much one may take a year, as it holds on a day."""
    return models.CourtesyTerms.objects.filter(starts_on__lte=day).order_by("-starts_on").first()


def all_terms(actor: Actor) -> QuerySet[models.CourtesyTerms]:
    """Return how much one may take a year, newest first."""
    return models.CourtesyTerms.objects.order_by("-starts_on")


def sponsors_for(actor: Actor, day: date) -> QuerySet[models.Sponsor]:
    """Return the sponsors under whose name this actor may enter an item today."""
    return models.Sponsor.objects.filter(
        org__in=actors.orgs_where(actor, Act.KEEP_COURTESY),
        state=SponsorState.ACTIVE,
        agreed_to__gte=day,
    ).order_by("name", "pk")


def areas_for(actor: Actor) -> QuerySet[Org]:
    """Return the organisations for whose volunteers an item may be: the actor's, and those above."""
    reach = actors.orgs_where(actor, Act.KEEP_COURTESY)
    codes = {code for held in actor.holdings for code in codes_in(held.org_path)}
    return Org.objects.filter(Q(pk__in=reach) | Q(code__in=codes), closed_on__isnull=True)


# ── At the till ──────────────────────────────────────────────────────────────────────────────────


def key_of(actor: Actor, secret: str) -> models.SponsorKey | None:
    """Return the till that a redeeming address belongs to, while it may be used."""
    return (
        models.SponsorKey.objects.filter(
            key_hash=hash_of(secret),
            revoked_at__isnull=True,
            sponsor__state=SponsorState.ACTIVE,
        )
        .select_related("sponsor__org")
        .first()
    )


def claim_at(actor: Actor, key: models.SponsorKey, typed: str) -> models.CourtesyClaim | None:
    """Return the claim on an item of this sponsor that a code or a scanned address names."""
    sign = typed.strip().rstrip("/").rpartition("/")[2]
    if not sign or not sign.isascii() or len(sign) > 32:
        return None
    return (
        models.CourtesyClaim.objects.filter(Q(code=sign) | Q(token=sign))
        .filter(item__sponsor=key.sponsor_id)
        .select_related("item__sponsor", "volunteer__person", "redeemed_by")
        .first()
    )


# ── What waits, and what looks unusual ───────────────────────────────────────────────────────────


def sponsors_waiting_for(actor: Actor) -> QuerySet[models.Sponsor]:
    """Return the sponsors that this actor may review; never those of their own entering."""
    return (
        models.Sponsor.objects.filter(
            state=SponsorState.APPLIED, org__in=actors.orgs_where(actor, Act.APPROVE_COURTESY)
        )
        .exclude(entered_by=actor.person_id)
        .select_related("org")
        .order_by("pk")
    )


def courtesies_waiting_for(actor: Actor) -> QuerySet[models.CourtesyItem]:
    """Return the items that this actor may publish; never those of their own entering."""
    return (
        models.CourtesyItem.objects.filter(
            state=CourtesyState.APPLIED,
            sponsor__org__in=actors.orgs_where(actor, Act.APPROVE_COURTESY),
        )
        .exclude(entered_by=actor.person_id)
        .select_related("sponsor__org")
        .order_by("pk")
    )


def sponsor_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show sponsors that wait, as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.name}（{one.get_kind_display()}）",
            org=one.org.name,
            url=reverse("volunteering:sponsor", args=[one.pk]),
        )
        for one in sponsors_waiting_for(actor).filter(pk__in=ids)
    ]


def courtesy_inbox_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show courtesies that wait to be published, as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.title}（{one.sponsor.name}）",
            org=one.sponsor.org.name,
            url=reverse("volunteering:courtesy_item", args=[one.pk]),
        )
        for one in courtesies_waiting_for(actor).filter(pk__in=ids)
    ]


def many_by_one(actor: Actor, *, org: Org, today: date) -> list[ManyByOne]:
    """Return who used many on one day, lately."""
    rows = (
        _used_lately(actor, org=org, today=today)
        .values("volunteer", "volunteer__number", "volunteer__person__name", "redeemed_at__date")
        .annotate(count=Count("pk"))
        .filter(count__gte=rules.MANY_A_DAY)
        .order_by("-redeemed_at__date", "-count", "volunteer")[:100]
    )
    people = models.Volunteer.objects.select_related("person", "org").in_bulk(
        [row["volunteer"] for row in rows]
    )
    return [
        ManyByOne(
            volunteer_id=one.pk,
            number=one.number,
            name=levels.short_name(actor, one.person, at=one.org, on=today),
            day=row["redeemed_at__date"],
            count=row["count"],
        )
        for row in rows
        for one in [people[row["volunteer"]]]
    ]


def bursts(actor: Actor, *, org: Org, today: date) -> list[Burst]:
    """Return the sponsors at which many were used within one hour, lately."""
    rows = (
        _used_lately(actor, org=org, today=today)
        .annotate(hour=TruncHour("redeemed_at", tzinfo=TZ), sponsor=F("item__sponsor"))
        .values("sponsor", "item__sponsor__name", "hour")
        .annotate(count=Count("pk"), volunteers=Count("volunteer", distinct=True))
        .filter(count__gte=rules.BURST)
        .order_by("-hour", "-count", "sponsor")[:100]
    )
    return [
        Burst(
            row["sponsor"], row["item__sponsor__name"], row["hour"], row["count"], row["volunteers"]
        )
        for row in rows
    ]


def _used_lately(actor: Actor, *, org: Org, today: date) -> QuerySet[models.CourtesyClaim]:
    since = datetime.combine(today - timedelta(days=LOOKED_OVER), datetime.min.time(), TZ)
    reach = actors.orgs_where(actor, Act.KEEP_COURTESY).filter(path__startswith=org.path)
    return models.CourtesyClaim.objects.filter(
        Q(org__in=reach) | Q(item__sponsor__org__in=reach), redeemed_at__gte=since
    ).order_by()


# ── Records behind a figure ──────────────────────────────────────────────────────────────────────


def courtesy_claim_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return claims behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=levels.short_name(actor, one.volunteer.person, at=one.org, on=one.claimed_on),
            cells=(
                ("礼遇", one.item.title),
                ("商家", one.item.sponsor.name),
                ("领取日期", one.claimed_on.isoformat()),
                ("使用日期", local_day(one.redeemed_at).isoformat() if one.redeemed_at else ""),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:courtesy_claim", args=[one.pk]),
        )
        for one in courtesy_claims_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def courtesy_item_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return items behind a check as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.title,
            cells=(("商家", one.sponsor.name), ("状态", one.get_state_display())),
            url=reverse("volunteering:courtesy_item", args=[one.pk]),
        )
        for one in courtesy_items_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def sponsor_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return sponsors behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.name,
            cells=(
                ("类别", one.get_kind_display()),
                ("管理单位", one.org.name),
                ("协议截止", one.agreed_to.isoformat()),
                ("状态", one.get_state_display()),
            ),
            url=reverse("volunteering:sponsor", args=[one.pk]),
        )
        for one in sponsors_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]

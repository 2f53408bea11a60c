"""What a volunteer may take, what not and why, and what they took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse

from qinghe.edges.system import Card, Line
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import models, rules

from .courtesy import ClaimState, CourtesyState, SponsorState, courtesy_terms_on
from .stars import EFFECTIVE, stars_of


@dataclass(frozen=True)
class Offered:
    """An item as one volunteer sees it: with everything that stands against taking it."""

    item: models.CourtesyItem
    asks: str
    left: str
    against: tuple[str, ...]

    @property
    def may(self) -> bool:
        """Test if it can be taken now."""
        return not self.against


def open_items(actor: Actor, day: date) -> QuerySet[models.CourtesyItem]:
    """Return what is published by sponsors in agreement and not over."""
    return (
        models.CourtesyItem.objects.filter(
            state=CourtesyState.OPEN,
            closes_on__gte=day,
            sponsor__state=SponsorState.ACTIVE,
            sponsor__agreed_to__gte=day,
        )
        .select_related("sponsor", "area")
        .order_by("star", "minutes", "-pk")
    )


def offered_to(actor: Actor, volunteer: models.Volunteer, day: date) -> list[Offered]:
    """Return all that is open, what one may take first; so many queries however many items."""
    found = _offered(actor, volunteer, list(open_items(actor, day)), day)
    return sorted(found, key=lambda one: not one.may)


def against_claim(
    actor: Actor, volunteer: models.Volunteer, item: models.CourtesyItem, day: date
) -> tuple[str, ...]:
    """Return what stands against one claim, as it is under the caller's lock."""
    return _offered(actor, volunteer, [item], day)[0].against


def own_claims(actor: Actor) -> QuerySet[models.CourtesyClaim]:
    """Return what a volunteer took, newest first."""
    return (
        models.CourtesyClaim.objects.filter(volunteer__person=actor.person_id)
        .select_related("item__sponsor", "volunteer")
        .order_by("-pk")
    )


def taken_this_year(actor: Actor, volunteer: models.Volunteer, year: int) -> tuple[int, int]:
    """Return how many and of what value a volunteer took in a year; cancelled ones do not count."""
    sums = _of_year(volunteer, year).aggregate(count=Count("pk"), fen=Sum("fen"))
    return sums["count"], sums["fen"] or 0


def own_courtesy_lines(actor: Actor) -> list[Line]:
    """Return what somebody took as thanks, for their own copy (S-07)."""
    return [
        Line(
            pk=one.pk,
            title=f"礼遇：{one.item.title}",
            cells=(
                ("商家", one.item.sponsor.name),
                ("领取日期", one.claimed_on.isoformat()),
                ("使用日期", local_day(one.redeemed_at).isoformat() if one.redeemed_at else ""),
                ("状态", one.get_state_display()),
            ),
        )
        for one in own_claims(actor)
    ]


def courtesy_card(actor: Actor, day: date) -> Card:
    """Return the way to the courtesies, for a volunteer's first page."""
    unused = own_claims(actor).filter(state=ClaimState.CLAIMED, valid_until__gte=day).count()
    return Card(
        title="志愿者礼遇",
        note=f"{unused} 份待使用" if unused else "看看可以领取的礼遇",
        lines=(Line(pk=1, title="礼遇领取和核销码", url=reverse("volunteering:own_courtesy")),),
    )


def _offered(
    actor: Actor, volunteer: models.Volunteer, items: Sequence[models.CourtesyItem], day: date
) -> list[Offered]:
    terms = courtesy_terms_on(actor, day)
    caps = rules.Caps(terms.most_claims, terms.most_fen) if terms else rules.Caps(0, 0)
    claims, fen = taken_this_year(actor, volunteer, day.year)
    star = stars_of(actor, [volunteer.pk], day).get(volunteer.pk, 0)
    served = _served_within(volunteer, {item.months for item in items if item.minutes}, day)
    mine = dict(_of_year(volunteer, day.year).values_list("item").annotate(Count("pk")))
    stale, this_month = _unused_too_long(items, day), _of_month(items, day)
    found = []
    for item in items:
        offer = _offer(item, stale=stale.get(item.pk, 0), this_month=this_month.get(item.pk, 0))
        claimant = rules.Claimant(
            inside=volunteer.org.path.startswith(item.area.path),
            star=star,
            minutes=served.get(item.months, 0),
            of_this=mine.get(item.pk, 0),
            claims=claims,
            fen=fen,
        )
        against = rules.against(offer, claimant, caps=caps, today=day)
        found.append(Offered(item, _asks(item), _left(offer), against))
    return found


def _offer(item: models.CourtesyItem, *, stale: int, this_month: int) -> rules.Offer:
    return rules.Offer(
        opens_on=item.opens_on,
        closes_on=item.closes_on,
        area=item.area.name,
        star=item.star,
        minutes=item.minutes,
        months=item.months,
        yearly=item.yearly,
        left=None if item.stock is None else item.stock - item.taken + stale,
        left_this_month=None if item.monthly is None else item.monthly - this_month,
        fen=item.fen or 0,
    )


def _of_year(volunteer: models.Volunteer, year: int) -> QuerySet[models.CourtesyClaim]:
    return (
        models.CourtesyClaim.objects.filter(
            volunteer=volunteer, claimed_on__range=(date(year, 1, 1), date(year, 12, 31))
        )
        .exclude(state=ClaimState.CANCELLED)
        .order_by()
    )


def _served_within(
    volunteer: models.Volunteer, windows: Iterable[int], day: date
) -> dict[int, int]:
    """Return the effective minutes of the last so many months, for each window asked for."""
    spans = {f"m{months}": (months, rules.months_after(day, months=-months)) for months in windows}
    if not spans:
        return {}
    rows = models.Attendance.objects.filter(
        volunteer=volunteer, state=EFFECTIVE, session__day__lte=day
    )
    sums = rows.order_by().aggregate(
        **{
            name: Sum("minutes", filter=Q(session__day__gt=since))
            for name, (_, since) in spans.items()
        }
    )
    return {months: sums[name] or 0 for name, (months, _) in spans.items()}


def _unused_too_long(items: Sequence[models.CourtesyItem], day: date) -> dict[int, int]:
    """Return how much of each stock is held by codes that are too old: the next claim frees it."""
    old = models.CourtesyClaim.objects.filter(
        item__in=[item.pk for item in items], state=ClaimState.CLAIMED, valid_until__lt=day
    )
    return dict(old.order_by().values_list("item").annotate(Count("pk")))


def _of_month(items: Sequence[models.CourtesyItem], day: date) -> dict[int, int]:
    held = models.CourtesyClaim.objects.filter(
        Q(state=ClaimState.REDEEMED) | Q(state=ClaimState.CLAIMED, valid_until__gte=day),
        item__in=[item.pk for item in items if item.monthly is not None],
        claimed_on__gte=day.replace(day=1),
    )
    return dict(held.order_by().values_list("item").annotate(Count("pk")))


def _asks(item: models.CourtesyItem) -> str:
    parts = [item.area.name]
    if item.star:
        parts.append(f"{item.star}星及以上")
    if item.minutes:
        parts.append(f"近{item.months}个月满{rules.tenths_of_hours(item.minutes)}小时")
    parts.append(f"每人每年{item.yearly}份")
    parts.append(f"{rules.weekdays_written(item.weekdays)}可用")
    return " · ".join(parts)


def _left(offer: rules.Offer) -> str:
    known = [one for one in (offer.left, offer.left_this_month) if one is not None]
    return f"余 {max(0, min(known))} 份" if known else ""

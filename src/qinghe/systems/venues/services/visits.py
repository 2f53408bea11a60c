"""Who came and what was done for them, counted in one tap; and what visitors say of the place."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Sum

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import models, queries, rules
from qinghe.systems.venues.access import Act

Count = models.Count
Rating = models.Rating
LONGEST_NONCE = 36


@dataclass(frozen=True)
class NewCount:
    """So many people served; the nonce is that of the button that was tapped."""

    venue: models.Venue
    kind: str
    people: int
    nonce: str


@transaction.atomic
def record_count(*, new: NewCount, at: datetime, by: Actor) -> Count:
    """Count people served at an open place. A second tap of the same button is the same row.

    Raises Refused: not_allowed, wrong_state, nobody, too_many_people, nonce_missing.
    """
    queries.check_may_count(by, new.venue, at=at)
    rules.check_people(new.people)
    if not 0 < len(new.nonce) <= LONGEST_NONCE:
        raise Refused("nonce_missing", "页面不完整，没有登记；请刷新页面再点。")
    venue = models.Venue.objects.get(pk=new.venue.pk)
    if venue.state != models.Venue.State.OPEN:
        raise Refused("wrong_state", "这个阵地现在不开放，没有登记。")
    count, is_new = Count.objects.get_or_create(
        venue=venue,
        nonce=new.nonce,
        defaults={"kind": new.kind, "people": new.people, "day": local_day(at), "at": at},
    )
    if is_new:
        audit.record(by=by, verb="venues.record_count", subject=count, at=at)
    return count


@transaction.atomic
def correct_count(*, count: Count, takes: int, reason: str, at: datetime, by: Actor) -> Count:
    """Take people away from a count by a row of its own, on the count's day.

    Raises Refused: not_allowed, reason_needed, wrong_state, nobody, nothing_left.
    """
    rules.check_reason(reason)
    held = Count.objects.select_for_update(of=("self",)).select_related("venue__org")
    count = held.get(pk=count.pk)
    actors.require(by, Act.COUNT, at=count.venue.org)
    if count.corrects_id:
        raise Refused("wrong_state", "这一条本身是更正，不能再更正；请更正原来的那一条。")
    taken = count.corrections.aggregate(sum=Sum("people"))["sum"] or 0
    rules.check_correction(takes=takes, left=count.people + taken)
    correction = Count.objects.create(
        venue=count.venue,
        kind=count.kind,
        people=-takes,
        day=count.day,
        at=at,
        nonce=f"{count.pk}-{count.corrections.count() + 1}",
        corrects=count,
        reason=reason,
    )
    detail = {"reason": reason, "people": -takes}
    audit.record(by=by, verb="venues.correct_count", subject=count, at=at, detail=detail)
    return correction


@transaction.atomic
def rate(*, venue: models.Venue, stars: int, words: str, at: datetime, by: object) -> Rating:
    """Keep what a visitor says; words are read before anybody else sees them.

    Raises Refused: wrong_state, no_stars.
    """
    rules.check_stars(stars)
    if venue.state not in (models.Venue.State.OPEN, models.Venue.State.SUSPENDED):
        raise Refused("wrong_state", "这个阵地还没有开放或已经关闭，不能评价。")
    rating = venue.ratings.create(stars=stars, words=words.strip(), at=at)
    audit.record(by=by, verb="venues.rate", subject=rating, at=at)
    return rating


@transaction.atomic
def show_rating(*, rating: Rating, at: datetime, by: Actor) -> Rating:
    """Let everybody read a rating. Raises Refused: not_allowed, wrong_state."""
    rating = _held(rating, by=by)
    rules.check_move(rules.RATING_MOVES, now=rating.state, to=Rating.State.SHOWN, what="条评价")
    rating.state, rating.reason = Rating.State.SHOWN, ""
    rating.save(update_fields=["state", "reason"])
    audit.record(by=by, verb="venues.show_rating", subject=rating, at=at)
    return rating


@transaction.atomic
def hide_rating(*, rating: Rating, reason: str, at: datetime, by: Actor) -> Rating:
    """Keep a rating's words to those who keep the place; its stars count all the same.

    Raises Refused: not_allowed, reason_needed, wrong_state.
    """
    rules.check_reason(reason)
    rating = _held(rating, by=by)
    rules.check_move(rules.RATING_MOVES, now=rating.state, to=Rating.State.HIDDEN, what="条评价")
    rating.state, rating.reason = Rating.State.HIDDEN, reason
    rating.save(update_fields=["state", "reason"])
    detail = {"reason": reason}
    audit.record(by=by, verb="venues.hide_rating", subject=rating, at=at, detail=detail)
    return rating


def _held(rating: Rating, *, by: Actor) -> Rating:
    held = Rating.objects.select_for_update(of=("self",)).select_related("venue__org")
    rating = held.get(pk=rating.pk)
    actors.require(by, Act.KEEP, at=rating.venue.org)
    return rating

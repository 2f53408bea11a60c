"""What a volunteer can sign up for: near, soon, of a kind, and fit for their age."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import (
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Value,
)

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import Level
from qinghe.kernel.orgs.models import Org
from qinghe.lib.identifiers import age_on
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import models, rules

from .certificates import own_volunteer

NEAR_BOX = Decimal("1.0")  # degrees: about 100 km; what is farther is not near


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; what is not said does not matter."""

    day: date | None = None
    part: str = ""  # morning, afternoon, evening
    kind: str = ""
    street: str = ""
    skill: str = ""
    near: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True)
class Found:
    """One session that is open, and how far it is from where one looks."""

    session: models.Session
    left: int
    kilometres: str


PARTS = {"morning": (0, 12), "afternoon": (12, 18), "evening": (18, 24)}


def open_sessions(actor: Actor, wish: Wish, at: datetime) -> QuerySet[models.Session]:
    """Return the sessions that a volunteer may still sign up for, soonest or nearest first.

    Whether one is old enough is asked of the day of looking; signing up asks it of the session's.
    """
    volunteer = own_volunteer(actor)
    if volunteer is None:
        return models.Session.objects.none()
    rows = (
        models.Session.objects.filter(
            Exists(_posts_fit_for(volunteer, wish, on=local_day(at))),
            activity__state=models.Activity.State.PUBLISHED,
            state=models.Session.State.PUBLISHED,
            starts_at__gt=at,
        )
        .select_related("org", "activity")
        .prefetch_related("posts")
    )
    if wish.day:
        rows = rows.filter(day=wish.day)
    if wish.part:
        rows = rows.filter(_within(wish.part))
    if wish.kind:
        rows = rows.filter(activity__kind=wish.kind)
    if wish.street:
        rows = rows.filter(org__path__contains=f"/{wish.street}/")
    if wish.near:
        return _nearest(rows, *wish.near)
    return rows.order_by("starts_at", "pk")


def found(actor: Actor, sessions: Sequence[models.Session], wish: Wish) -> list[Found]:
    """Return one page of sessions with free places and distance, in the order they came."""
    return [
        Found(
            session=one,
            left=sum(post.left for post in one.posts.all()),
            kilometres=kilometres(actor, one, wish.near) if wish.near else "",
        )
        for one in sessions
    ]


def streets(actor: Actor) -> list[tuple[str, str]]:
    """Return the streets by which a list can be narrowed; areas are known to all."""
    rows = Org.objects.filter(level=Level.STREET, kind="street", closed_on__isnull=True)
    return list(rows.order_by("path").values_list("code", "name"))


def session_to_join(actor: Actor, at: datetime) -> QuerySet[models.Session]:
    """Return the sessions whose page a volunteer may open: those to come, and those signed up for."""
    volunteer = own_volunteer(actor)
    rows = models.Session.objects.filter(activity__isnull=False)
    if volunteer is None:
        return rows.none()
    own = models.SignUp.objects.filter(post__session=OuterRef("pk"), volunteer=volunteer)
    ahead = Q(starts_at__gt=at, state=models.Session.State.PUBLISHED)
    return rows.filter(ahead | Q(Exists(own))).select_related("org", "activity")


def posts_to_join(actor: Actor, at: datetime) -> QuerySet[models.ServicePost]:
    """Return the posts that a volunteer may try to sign up for."""
    rows = models.ServicePost.objects.filter(session__in=session_to_join(actor, at))
    return rows.select_related("session__activity", "session__org")


def posts_with_own(
    actor: Actor, session: models.Session
) -> list[tuple[models.ServicePost, models.SignUp | None, str]]:
    """Return the posts of a session with one's own sign-up, and why a post does not fit one."""
    volunteer = own_volunteer(actor)
    if volunteer is None:
        return []
    live = models.SignUp.objects.filter(volunteer=volunteer, state__in=rules.LIVE)
    posts = session.posts.prefetch_related(Prefetch("sign_ups", queryset=live, to_attr="own"))
    return [
        (post, next(iter(post.own), None), _why_not(volunteer, post, session)) for post in posts
    ]


def other_sittings(actor: Actor, session: models.Session, at: datetime) -> QuerySet[models.Session]:
    """Return the other sessions to come of the same activity."""
    rows = session_to_join(actor, at).filter(activity=session.activity_id, starts_at__gt=at)
    return rows.exclude(pk=session.pk).order_by("starts_at")[:10]


def _why_not(volunteer: models.Volunteer, post: models.ServicePost, session: models.Session) -> str:
    try:
        rules.check_fits(
            post.terms,
            birth_date=volunteer.person.birth_date,
            guardian_agreed_on=volunteer.guardian_agreed_on,
            on=local_day(session.starts_at),
        )
    except Refused as refusal:
        return refusal.reason
    return ""


def _posts_fit_for(
    volunteer: models.Volunteer, wish: Wish, *, on: date
) -> QuerySet[models.ServicePost]:
    posts = models.ServicePost.objects.filter(session=OuterRef("pk"))
    if wish.skill:
        posts = posts.filter(Q(skills__icontains=wish.skill) | Q(name__icontains=wish.skill))
    birth_date = volunteer.person.birth_date
    if birth_date is None:
        return posts.filter(minors=True, min_age__isnull=True, max_age__isnull=True)
    age = age_on(birth_date, on)
    if age < rules.OF_AGE:
        posts = posts.filter(minors=True)
    return posts.filter(
        Q(min_age__isnull=True) | Q(min_age__lte=age), Q(max_age__isnull=True) | Q(max_age__gte=age)
    )


def _within(part: str) -> Q:
    first, last = PARTS[part]
    return Q(starts_at__hour__gte=first, starts_at__hour__lt=last)


def _nearest(
    rows: QuerySet[models.Session], latitude: Decimal, longitude: Decimal
) -> QuerySet[models.Session]:
    """Sort by the flat distance, which near a place is as good as the great circle."""
    width = Decimal(math.cos(math.radians(latitude)))
    north = F("latitude") - Value(latitude)
    east = (F("longitude") - Value(longitude)) * Value(width)
    return (
        rows.filter(
            latitude__range=(latitude - NEAR_BOX, latitude + NEAR_BOX),
            longitude__range=(longitude - NEAR_BOX, longitude + NEAR_BOX),
        )
        .annotate(away=ExpressionWrapper(north * north + east * east, output_field=FloatField()))
        .order_by("away", "starts_at", "pk")
    )


def kilometres(actor: Actor, session: models.Session, near: tuple[Decimal, Decimal]) -> str:
    """Write the great-circle distance in kilometres; it is shown, never counted."""
    if session.latitude is None or session.longitude is None:
        return ""
    there = rules.Spot(session.latitude, session.longitude)
    return f"{rules.distance(rules.Spot(*near), there) / 1000:.1f}"

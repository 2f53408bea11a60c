"""A guardian's children, as the guardian sees them; nobody else comes this way (V-21)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet, Sum
from django.utils import timezone

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent.models import Guardianship, Notice, Purpose
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import models, rules

WARD_PURPOSES = (Purpose.VOLUNTEERING.value, Purpose.CHILD.value)
LATEST = 5


@dataclass(frozen=True)
class WardShown:
    """One child: as a volunteer, if they are one, with what they served at the guardian's side."""

    ward: Person
    relation: str
    volunteer: models.Volunteer | None
    hours: str
    served: Sequence[models.Attendance]
    grown: bool


@dataclass(frozen=True)
class WardToJoin:
    """A child who could come to a session: the place they have, and if the guardian has one."""

    volunteer: models.Volunteer
    sign_up: models.SignUp | None
    guardian_signed: bool


def own_wards(actor: Actor) -> QuerySet[models.Volunteer]:
    """Return the children on the roll who serve beside this actor today."""
    return _beside(actor, timezone.localdate()).select_related("org")


def guardianships_of(actor: Actor) -> QuerySet[Guardianship]:
    """Return the children on the books beside this actor."""
    if not actor.person_id:
        return Guardianship.objects.none()
    return consent.wards_of(Person(pk=actor.person_id)).order_by("pk")


def wards_shown(actor: Actor, at: datetime) -> list[WardShown]:
    """Return all of an actor's children, with what each served."""
    kept = list(guardianships_of(actor))
    people = [one.ward_id for one in kept]
    known = {
        one.person_id: one
        for one in models.Volunteer.objects.filter(person__in=people).select_related("org")
    }
    served: dict[int, list[models.Attendance]] = {}
    rows = models.Attendance.objects.filter(volunteer__person__in=people)
    for one in rows.select_related("session__org", "volunteer").order_by("-session__starts_at"):
        served.setdefault(one.volunteer.person_id, []).append(one)
    sums = _minutes(rows)
    today = local_day(at)
    return [
        WardShown(
            ward=one.ward,
            relation=one.relation,
            volunteer=known.get(one.ward_id),
            hours=rules.tenths_of_hours(sums.get(one.ward_id, 0)),
            served=served.get(one.ward_id, [])[:LATEST],
            grown=one.ward.birth_date is not None and rules.grown_on(one.ward.birth_date) <= today,
        )
        for one in kept
    ]


def ward_notices(actor: Actor, ward: Person | None, at: datetime) -> tuple[Notice, ...]:
    """Return what a guardian has still to agree to before a child serves."""
    today = local_day(at)
    if ward is None:
        return tuple(consent.current_notices(WARD_PURPOSES, on=today))
    return consent.lacking(ward, WARD_PURPOSES, on=today)


def wards_to_join(actor: Actor, session: models.Session) -> list[WardToJoin]:
    """Return an actor's children who could come to a session, each with the place they have."""
    live = models.SignUp.objects.filter(post__session=session, state__in=rules.LIVE)
    own = Prefetch("sign_ups", queryset=live.select_related("post"), to_attr="live")
    children = _beside(actor, session.day).filter(state=models.Volunteer.State.REGISTERED)
    signed = live.filter(volunteer__person=actor.person_id, state=models.SignUp.State.SIGNED)
    may = signed.exists()
    return [
        WardToJoin(one, next(iter(one.live), None), may) for one in children.prefetch_related(own)
    ]


def wards_signed(actor: Actor, session: models.Session) -> QuerySet[models.Volunteer]:
    """Return an actor's children who have a place at a session: they come in with the guardian."""
    held = models.SignUp.objects.filter(
        post__session=session, state__in=(models.SignUp.State.SIGNED, models.SignUp.State.ABSENT)
    )
    return _beside(actor, session.day).filter(pk__in=held.values("volunteer"))


def wards_inside(actor: Actor, session: models.Session) -> QuerySet[models.Volunteer]:
    """Return an actor's children who are at a session now: they leave with the guardian."""
    inside = models.Stay.objects.filter(
        attendance__session=session, left_at__isnull=True, superseded=False
    )
    return _beside(actor, session.day).filter(pk__in=inside.values("attendance__volunteer"))


def guardian_signed(actor: Actor, child: models.Volunteer, session: models.Session) -> bool:
    """Test if the guardian of a child has a place at a session."""
    return models.SignUp.objects.filter(
        post__session=session,
        volunteer__person=child.beside_id,
        state=models.SignUp.State.SIGNED,
    ).exists()


def guardian_there(actor: Actor, child: models.Volunteer, session: models.Session) -> bool:
    """Test if the guardian of a child has come to a session."""
    came = models.Attendance.objects.filter(session=session, volunteer__person=child.beside_id)
    return came.exclude(state=models.Attendance.State.VOID).exists()


def _beside(actor: Actor, day: date) -> QuerySet[models.Volunteer]:
    """Return the children who serve at an actor's side on a day."""
    found = models.Volunteer.objects.filter(beside=actor.person_id, beside_until__gt=day)
    return found.select_related("person").order_by("pk")


def _minutes(rows: QuerySet[models.Attendance]) -> dict[int, int]:
    counted = rows.filter(state=models.Attendance.State.EFFECTIVE).order_by()
    sums = counted.values("volunteer__person").annotate(found=Sum("minutes"))
    return dict(sums.values_list("volunteer__person", "found"))

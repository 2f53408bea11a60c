"""What the door of a session needs: found in one look, and no more told than the door may know."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.compiled import Compiled
from qinghe.systems.volunteering import models
from qinghe.systems.volunteering.access import Act

MOST_EXPECTED = 300
SERVED_LATELY = timedelta(days=90)
NOT_HERE = (models.Attendance.State.REFUSED, models.Attendance.State.VOID)


class Expected(NamedTuple):
    """A number on the roster that a leader's device keeps; no name leaves the house with it."""

    number: str
    is_inside: bool
    has_come: bool


def session_in_sight(actor: Actor, pk: int) -> models.Session | None:
    """Return a session that this actor may see, with its host: what each scan asks for first."""
    found = next(iter(_sessions(pk=pk)), None)
    return found if found and actors.may(actor, Act.SEE, at=found.org) else None


@Compiled
def _sessions(pk: int) -> QuerySet[models.Session]:
    """Return a session with its host."""
    return models.Session.objects.select_related("org").filter(pk=pk).order_by()


def sessions_with_a_code(actor: Actor) -> QuerySet[models.Session]:
    """Return the sessions to which a code at the door may lead: whoever stands there may read it."""
    if not actor.person_id:
        return models.Session.objects.none()
    return models.Session.objects.select_related("org").order_by()


def expected_at(actor: Actor, session: models.Session, at: datetime) -> list[Expected]:
    """Return who has come to a session, who signed up, and who served with its team lately."""
    if not actors.may(actor, Act.CHECK_IN, at=session.org):
        return []
    come = list(_come(session))
    known = {one.number for one in come}
    others = [
        Expected(number, is_inside=False, has_come=False)
        for number in dict.fromkeys([*_signed(session), *_lately(session, at)])
        if number not in known
    ]
    return [*come, *others][:MOST_EXPECTED]


def _come(session: models.Session) -> Iterator[Expected]:
    open_stay = models.Stay.objects.filter(
        attendance=OuterRef("pk"), left_at__isnull=True, superseded=False
    )
    rows = (
        models.Attendance.objects.filter(session=session)
        .exclude(state__in=NOT_HERE)
        .annotate(is_inside=Exists(open_stay))
        .order_by("pk")
        .values_list("volunteer__number", "is_inside")[:MOST_EXPECTED]
    )
    for number, is_inside in rows:
        yield Expected(number, is_inside, has_come=True)


def _signed(session: models.Session) -> list[str]:
    signed = models.SignUp.objects.filter(post__session=session, state=models.SignUp.State.SIGNED)
    return list(signed.order_by("pk").values_list("volunteer__number", flat=True)[:MOST_EXPECTED])


def _lately(session: models.Session, at: datetime) -> list[str]:
    if session.team_id is None:
        return []
    served = models.Attendance.objects.filter(
        session__team=session.team_id,
        session__starts_at__gte=at - SERVED_LATELY,
        volunteer__state=models.Volunteer.State.REGISTERED,
    ).exclude(state__in=NOT_HERE)
    numbers = served.order_by("volunteer__number").values_list("volunteer__number", flat=True)
    return list(numbers.distinct()[:MOST_EXPECTED])

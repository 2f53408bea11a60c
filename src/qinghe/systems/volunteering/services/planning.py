"""A plan of activities from a workbook, chunk by chunk."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import models


class ReadyPlan(NamedTuple):
    """A checked line of a plan: one post at one session of one activity."""

    org_id: int
    title: str
    kind: str
    about: str
    risks: str
    contact: str
    place: str
    starts_at: datetime
    ends_at: datetime
    post: str
    capacity: int
    skills: str
    minors: bool


@transaction.atomic
def plan_many(
    *, ready: Sequence[ReadyPlan], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Enter a chunk of a plan; lines of one activity join it, also across chunks.

    Whether its lines may be written was decided from the actor's reach when they were resolved.
    """
    made = [_post(_session(_activity(row, at=at), row), row) for row in ready]
    audit.record_many(
        by=by,
        verb="volunteering.plan_many",
        model=models.ServicePost,
        ids=made,
        at=at,
        detail=source,
    )
    return len(made)


def _activity(row: ReadyPlan, *, at: datetime) -> models.Activity:
    known = models.Activity.objects.filter(
        org=row.org_id,
        title=row.title,
        state=models.Activity.State.PUBLISHED,
        sessions__place=row.place,
    )
    return known.first() or models.Activity.objects.create(
        org_id=row.org_id,
        title=row.title,
        kind=row.kind,
        about=row.about,
        risks=row.risks,
        contact=row.contact,
        published_at=at,
    )


def _session(activity: models.Activity, row: ReadyPlan) -> models.Session:
    known = activity.sessions.filter(
        place=row.place, starts_at=row.starts_at, state=models.Session.State.PUBLISHED
    )
    return known.first() or models.Session.objects.create(
        code=f"HD{activity.pk:07d}-{activity.sessions.count() + 1:02d}",
        activity=activity,
        title=activity.title,
        org_id=row.org_id,
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        day=local_day(row.starts_at),
    )


def _post(session: models.Session, row: ReadyPlan) -> int:
    return models.ServicePost.objects.create(
        session=session,
        name=row.post,
        capacity=row.capacity,
        skills=row.skills,
        minors=row.minors,
    ).pk

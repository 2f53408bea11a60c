"""The points that a kind of ceremony follows: versions that never change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.pioneers import models, rules
from qinghe.systems.pioneers.access import Act


@dataclass(frozen=True)
class NewStep:
    """One point, and whether a ceremony may leave it out."""

    text: str
    is_required: bool


@dataclass(frozen=True)
class NewOutline:
    """The next version of an outline."""

    kind: str
    title: str
    source: str
    starts_on: date
    steps: Sequence[NewStep]


@transaction.atomic
def set_outline(*, new: NewOutline, at: datetime, by: Actor) -> models.Outline:
    """Set the next version of what a ceremony follows; what was held before keeps its own.

    Raises Refused: not_allowed, day_is_over, no_steps, too_many_steps, step_twice.
    """
    root = orgs.root()
    if root is None:
        raise Refused("not_allowed", "还没有建立组织，没有保存。")
    actors.require(by, Act.KEEP_OUTLINES, at=root)
    rules.check_outline(
        starts_on=new.starts_on,
        today=local_day(at),
        texts=[one.text for one in new.steps],
        required=sum(one.is_required for one in new.steps),
    )
    last = models.Outline.objects.filter(kind=new.kind).aggregate(last=Max("version"))["last"]
    made = models.Outline.objects.create(
        kind=new.kind,
        version=(last or 0) + 1,
        title=new.title,
        source=new.source,
        starts_on=new.starts_on,
    )
    models.Step.objects.bulk_create(
        models.Step(outline=made, place=place, text=one.text, is_required=one.is_required)
        for place, one in enumerate(new.steps, start=1)
    )
    audit.record(by=by, verb="pioneers.set_outline", subject=made, at=at)
    return made

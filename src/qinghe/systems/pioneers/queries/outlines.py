"""What ceremonies follow. Outlines are everybody's."""

from collections.abc import Collection
from datetime import date

from django.db.models import Prefetch, QuerySet

from qinghe.kernel.access.actors import Actor
from qinghe.systems.pioneers import models

Outline = models.Outline
Step = models.Step


def outlines(actor: Actor) -> QuerySet[Outline]:
    """Return all versions with their points, the latest of each kind first."""
    steps = Prefetch("steps", queryset=Step.objects.order_by("place"))
    return Outline.objects.prefetch_related(steps)


def outline_on(actor: Actor, kind: str, day: date) -> Outline | None:
    """Return what a kind of ceremony followed on a day: the newest version that had begun."""
    begun = Outline.objects.filter(kind=kind, starts_on__lte=day)
    return begun.order_by("-starts_on", "-version").first()


def steps_to_tick(actor: Actor, kind: str, *, on: date) -> list[Step]:
    """Return the points of what a kind of ceremony follows on a day, in their order."""
    outline = outline_on(actor, kind, on)
    return list(outline.steps.order_by("place")) if outline else []


def outlines_of(actor: Actor, kinds: Collection[str]) -> list[Outline]:
    """Return all versions of some kinds, the latest first, for a file that has many days."""
    return list(outlines(actor).filter(kind__in=kinds).order_by("-starts_on", "-version"))

"""What sittings need: for the office of each, and for whose it is."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item, Step
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.meetings import models, rules
from qinghe.systems.meetings.access import Act

Chore = models.Chore  # named here for the edges, which do not import models
ChoreLine = models.ChoreLine
_OVER = (models.Sitting.State.CANCELLED, models.Sitting.State.REGISTERED)


def chores_seen_by(actor: Actor) -> QuerySet[models.Chore]:
    """Return what the sittings in sight need: all of it to the office, to others their own.

    Of an internal sitting only its named readers see any, as of the sitting itself.
    """
    reader = models.Reader.objects.filter(person_id=actor.person_id, sitting=OuterRef("sitting_id"))
    office = actors.within_reach(actor, Act.SEE, path="sitting__body__org__path")
    own = Q(owner_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    clear = Q(sitting__is_internal=False) & (office | own)
    found = models.Chore.objects.filter(clear | Q(Exists(reader)))
    return found.select_related("sitting__body__org", "owner", "done_by")


def chores_waiting_for(actor: Actor) -> QuerySet[models.Chore]:
    """Return what is not done on its day or later, for the office and for whose it is."""
    office = actors.within_reach(actor, Act.RUN, path="sitting__body__org__path")
    late = chores_seen_by(actor).filter(
        office | Q(owner_id=actor.person_id),
        done_at__isnull=True,
        due_on__lte=timezone.localdate(),
    )
    return late.exclude(sitting__state__in=_OVER)


def chore_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show what is not done as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.sitting.title}：{one.title}",
            url=reverse("meetings:chores", args=[one.sitting_id]),
            org=one.sitting.body.org.name,
            steps=(Step("完成", reverse("meetings:chore_tick", args=[one.pk])),),
        )
        for one in chores_waiting_for(actor).filter(pk__in=keys)
    ]


def lines(actor: Actor) -> list[models.ChoreLine]:
    """Return the lines of the templates that hold; with none, those that the platform comes with."""
    if models.ChoreLine.objects.exists():
        return list(models.ChoreLine.objects.filter(ended_on__isnull=True).order_by("days", "pk"))
    return [models.ChoreLine(title=title, days=days) for title, days in rules.STANDARD_CHORES]

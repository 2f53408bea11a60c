"""What waits in the inbox: passages given to somebody's street, remarks not yet dealt with."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item, Step
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.reports.drafting import models
from qinghe.reports.drafting.access import Act
from qinghe.reports.drafting.rules import moves

from . import seen


def remarks_waiting_for(actor: Actor) -> QuerySet[models.Remark]:
    """Return the open remarks on what this actor writes, other than the actor's own."""
    written = actors.orgs_where(actor, Act.WRITE)
    return models.Remark.objects.filter(
        Q(passage__report__org__in=written) | Q(passage__street__in=written),
        settled_at__isnull=True,
        passage__removed_at__isnull=True,
        passage__report__state__in=moves.OPEN,
    ).exclude(by_id=actor.person_id)


def passage_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show passages that wait to be written, as lines of the inbox."""
    found = seen.assigned_to(actor).filter(pk__in=keys).select_related("street")
    return [
        Item(
            pk=one.pk,
            title=f"{one.report.title}：{one}",
            url=_url(one),
            org=one.street.name if one.street else "",
        )
        for one in found
    ]


def remark_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show remarks that wait to be settled, as lines of the inbox."""
    found = (
        remarks_waiting_for(actor).filter(pk__in=keys).select_related("passage__report__org", "by")
    )
    return [
        Item(
            pk=one.pk,
            title=f"{one.by.name}：{one.text}",
            url=_url(one.passage),
            org=one.passage.report.org.name,
            steps=(Step("办结", reverse("drafting:settle_remark", args=[one.pk])),),
        )
        for one in found
    ]


def _url(passage: models.Passage) -> str:
    here = reverse("drafting:report", args=[passage.report_id])
    return f"{here}?tab=remarks#passage-{passage.pk}"

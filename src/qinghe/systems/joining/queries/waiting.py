"""What waits for a committee: three states, each one query."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.systems.joining import models, rules
from qinghe.systems.joining.access import Act


def activists_waiting(actor: Actor) -> QuerySet[models.Case]:
    """Return the applicants whom a branch reported as 积极分子, for the committee above it."""
    return _waiting(actor, 3)


def previews_waiting(actor: Actor) -> QuerySet[models.Case]:
    """Return those whom a branch recommended, for 预审."""
    return _waiting(actor, 7)


def approvals_waiting(actor: Actor) -> QuerySet[models.Case]:
    """Return those whom a branch's meeting admitted, for approval."""
    return _waiting(actor, 12)


def activist_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show reported activists as lines of the inbox, one by one (T-14)."""
    return _items(actor, activists_waiting(actor), ids)


def preview_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show those recommended as lines of the inbox."""
    return _items(actor, previews_waiting(actor), ids)


def approval_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show those admitted by a meeting as lines of the inbox."""
    return _items(actor, approvals_waiting(actor), ids)


def _items(actor: Actor, waiting: QuerySet[models.Case], ids: Sequence[int]) -> list[Item]:
    today = timezone.localdate()
    return [
        Item(
            pk=case.pk,
            title=f"{levels.short_name(actor, case.person, at=case.org, on=today)}："
            f"{rules.title_of(case.step)}",
            org=case.org.name,
            url=reverse("joining:case", args=[case.pk]),
        )
        for case in waiting.select_related("person", "org").filter(pk__in=ids)
    ]


def _waiting(actor: Actor, step: int) -> QuerySet[models.Case]:
    return models.Case.objects.filter(
        actors.within_reach(actor, Act.APPROVE, path="org__parent__path"),
        state=models.Case.State.OPEN,
        awaits=models.Case.Awaits.COMMITTEE,
        step=step,
    ).exclude(person_id=actor.person_id)

"""Scans of codes that stand still, for another hand to look at (bar 14)."""

from collections.abc import Sequence

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act


def standing_scans_of(actor: Actor, session: models.Session) -> QuerySet[models.Scan]:
    """Return what cards and typed numbers brought in at a session that this actor sees."""
    found = session.scans.filter(how__in=rules.STANDING).exclude(
        verdict=models.Scan.Verdict.REFUSED
    )
    return found.select_related("session__org", "volunteer__person").order_by("at", "pk")


def standing_counts(actor: Actor, session: models.Session) -> tuple[int, int]:
    """Return how many of them there are, and how many nobody else has looked at yet."""
    due = Count("pk", filter=Q(look_due__isnull=False))
    told = standing_scans_of(actor, session).order_by().aggregate(all=Count("pk"), due=due)
    return told["all"], told["due"]


def sessions_to_look_at(actor: Actor) -> QuerySet[models.Session]:
    """Return the sessions that are over and whose cards wait to be looked at, the oldest first.

    Not those where one scanned some of them, or was scanned.
    """
    due = models.Scan.objects.filter(session=OuterRef("pk"), look_due__isnull=False)
    own = Q(by_person_id=actor.person_id) | Q(volunteer__person=actor.person_id)
    return (
        models.Session.objects.filter(
            Exists(due),
            ~Exists(due.filter(own)),
            org__in=actors.orgs_where(actor, Act.CORRECT),
            ends_at__lte=timezone.now(),
        )
        .select_related("org")
        .order_by("ends_at", "pk")
    )


def standing_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show sessions whose cards wait to be looked at, as lines of the inbox."""
    count = Count("scans", filter=Q(scans__look_due__isnull=False))
    return [
        Item(
            pk=one.pk,
            title=f"“{one.title}”有 {one.due} 次扫卡或输编号的签到待核对",  # type: ignore[attr-defined]
            org=one.org.name,
            url=reverse("volunteering:standing_scans", args=[one.pk]),
        )
        for one in sessions_to_look_at(actor).filter(pk__in=ids).annotate(due=count)
    ]

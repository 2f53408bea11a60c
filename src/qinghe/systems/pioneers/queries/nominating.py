"""What schools put up: lists in an actor's sight, what waits, who holds what already."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.pioneers import models
from qinghe.systems.pioneers.access import Act

Nomination = models.Nomination
Nominee = models.Nominee
Slate = models.Slate
SlateState = models.Slate.State
STANDING = (SlateState.SUBMITTED, SlateState.DECIDED)


def slates_seen_by(actor: Actor) -> QuerySet[Slate]:
    """Return the lists of the schools where this actor may look, with their two counters."""
    seen = Slate.objects.filter(actors.within_reach(actor, Act.SEE))
    return seen.select_related("org", "round", "submitted_by", "decided_by").annotate(
        put_up=Sum("nominations__count", default=0), given=Sum("nominations__awarded", default=0)
    )


def slates_waiting_for(actor: Actor) -> QuerySet[Slate]:
    """Return the lists that this actor may decide, handed in by somebody else."""
    school = Q(round__level=models.Level.SCHOOL)
    mine = (school & actors.within_reach(actor, Act.JUDGE)) | (
        ~school & actors.within_reach(actor, Act.AWARD)
    )
    waiting = Slate.objects.filter(mine, state=SlateState.SUBMITTED)
    return waiting.exclude(submitted_by=actor.person_id).select_related("org", "round")


def slate_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show lists to decide as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=str(one),
            org=one.org.name,
            url=reverse("pioneers:slate", args=[one.pk]),
        )
        for one in slates_waiting_for(actor).filter(pk__in=ids)
    ]


def nominations_of(actor: Actor, slate: Slate) -> list[Nomination]:
    """Return the lines of a list that is in sight."""
    return list(slate.nominations.select_related("badge").order_by("grade", "troop", "badge"))


def nominees_of(actor: Actor, slate: Slate) -> list[Nominee]:
    """Return the children of a list that is in sight; who may not know them sees no code."""
    found = Nominee.objects.filter(nomination__slate=slate).order_by("pk")
    children = list(found.select_related("nomination__badge"))
    if not levels.may_see(actor, levels.Level.CHILD, at=slate.org):
        for one in children:
            one.code, one.initial = levels.HIDDEN, ""
    return children


def nomination_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return lines behind a figure, as far as the actor may see their lists."""
    found = Nomination.objects.filter(
        actors.within_reach(actor, Act.SEE, path="slate__org__path"), pk__in=ids
    )
    return [
        Line(
            pk=one.pk,
            title=str(one),
            cells=(
                ("学校", one.slate.org.name),
                ("轮次", one.slate.round.title),
                ("申报", str(one.count)),
                ("颁发", str(one.awarded)),
            ),
            url=reverse("pioneers:slate", args=[one.slate_id]),
        )
        for one in found.select_related("slate__org", "slate__round", "badge").order_by("pk")
    ]


def slate_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return lists as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=str(one),
            cells=(("申报", str(one.put_up)), ("颁发", str(one.given))),  # type: ignore[attr-defined]
            url=reverse("pioneers:slate", args=[one.pk]),
        )
        for one in slates_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def held_at(actor: Actor, org: Org, *, star: int, collective: bool, day: date, within: int) -> int:
    """Return how many of a star a school was given within some days up to a day."""
    given = Nomination.objects.filter(
        slate__org=org,
        badge__star=star,
        badge__is_collective=collective,
        slate__awarded_on__gt=day - timedelta(days=within),
        slate__awarded_on__lte=day,
    )
    return int(given.aggregate(n=Sum("awarded", default=0))["n"])


def asked_elsewhere(
    actor: Actor, slate: Slate, *, star: int, collective: bool, day: date, within: int
) -> int:
    """Return for how many of a star a school stands in its other lists within some days."""
    standing = Nomination.objects.filter(
        slate__org=slate.org_id,
        slate__state__in=STANDING,
        slate__submitted_on__gt=day - timedelta(days=within),
        badge__star=star,
        badge__is_collective=collective,
    ).exclude(slate=slate.pk)
    return int(standing.aggregate(n=Sum("count", default=0))["n"])


def codes_holding(actor: Actor, org: Org, *, star: int, day: date, within: int) -> set[str]:
    """Return the codes of the children whom a school's star was given within some days."""
    given = Nominee.objects.filter(
        nomination__slate__org=org,
        nomination__badge__star=star,
        nomination__slate__awarded_on__gt=day - timedelta(days=within),
        nomination__slate__awarded_on__lte=day,
        is_awarded=True,
    )
    return set(given.exclude(code="").values_list("code", flat=True))

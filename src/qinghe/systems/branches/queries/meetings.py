"""Branches and their meetings in an actor's sight, and what is asked of them."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Post
from qinghe.systems.branches import models, rules
from qinghe.systems.branches.access import Act

Meeting = models.Meeting  # named here for the edges, which do not import models
MeetingKind = models.MeetingKind
MeetingState = models.Meeting.State
MeetingTerms = models.MeetingTerms
Every = models.Every
BRANCH_KINDS = rules.MEETING


def branches_seen_by(actor: Actor) -> QuerySet[Org]:
    """Return the branches at which this actor may look."""
    seen = actors.orgs_where(actor, Act.SEE)
    return seen.filter(kind__in=sorted(rules.MEETING)).select_related("parent")


def branches_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the branches in which this actor may do an act."""
    return actors.orgs_where(actor, act).filter(kind__in=sorted(rules.MEETING))


def meetings_seen_by(actor: Actor) -> QuerySet[models.Meeting]:
    """Return the meetings of the branches at which this actor may look, the latest first."""
    reach = actors.within_reach(actor, Act.SEE)
    return models.Meeting.objects.filter(reach).select_related("org__parent", "recorded_by")


def terms_on(actor: Actor, day: date) -> models.MeetingTerms:
    """Return the terms of a day; before the first of them, the first, which a migration enters."""
    rows = models.MeetingTerms.objects.prefetch_related("duties")
    found = rows.filter(starts_on__lte=day).order_by("-starts_on").first()
    return found or rows.earliest("starts_on")


def asked_on(actor: Actor, day: date) -> dict[str, rules.Asked]:
    """Return what is asked on a day, by kind of meeting."""
    return {one.kind: one for one in duties_of(actor, terms_on(actor, day))}


def duties_of(actor: Actor, terms: models.MeetingTerms) -> list[rules.Asked]:
    """Return what some terms ask."""
    return [rules.Asked(one.kind, one.every, one.times) for one in terms.duties.all()]


def all_terms(actor: Actor) -> QuerySet[models.MeetingTerms]:
    """Return all terms, the latest first."""
    return models.MeetingTerms.objects.prefetch_related("duties").order_by("-starts_on")


def entitled_on(actor: Actor, orgs: Collection[int], *, kind: str, day: date) -> dict[int, int]:
    """Return how many are entitled at each branch on a day, as its roll says; the committee's posts
    for a committee. A group's people stand on no roll of their own.
    """
    if kind == MeetingKind.GROUP:
        return {}
    roll = Post if kind == MeetingKind.COMMITTEE else Membership
    standing = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    rows = roll.objects.filter(standing, org__in=orgs)  # type: ignore[attr-defined]
    return dict(
        rows.order_by()
        .values("org")
        .annotate(n=Count("person", distinct=True))
        .values_list("org", "n")
    )


def there_already(actor: Actor, orgs: Collection[int]) -> set[tuple[int, str, date, str]]:
    """Return what tells apart the meetings that stand at some branches."""
    held = models.Meeting.objects.filter(org__in=orgs, state=MeetingState.HELD)
    return set(held.order_by().values_list("org_id", "kind", "day", "topic"))


def meeting_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return meetings behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.topic,
            cells=(
                ("支部", one.org.name),
                ("类别", one.get_kind_display()),
                ("日期", one.day.isoformat()),
                ("实到/应到", f"{one.present}/{one.entitled}"),
            ),
            url=reverse("branches:meeting", args=[one.pk]),
        )
        for one in meetings_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]

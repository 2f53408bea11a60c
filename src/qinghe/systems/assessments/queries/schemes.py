"""Schemes, what stands in them, whom they are for, how far they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.kinds import OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.systems.assessments import models, rules
from qinghe.systems.assessments.access import Act

Scheme = models.Scheme
Item = models.Item
State = models.Scheme.State
GONE = (State.REPLACED, State.DROPPED)
UNSEEN = (State.DRAFT, *GONE)  # by those who are assessed
TOLD = (State.SHOWN, State.FIXED, State.ANNOUNCED)
UNITS = (OrgKind.LEAGUE_COMMITTEE, OrgKind.GENERAL_BRANCH)


@dataclass(frozen=True)
class Progress:
    """How far a scheme is: sheets not handed in, marks not settled, figures not taken."""

    sheets: int
    open_sheets: int
    late: int
    missed: int
    waiting: int
    untaken: int


def schemes_seen_by(actor: Actor) -> QuerySet[Scheme]:
    """Return the schemes that the actor makes or watches, and those by which their own are assessed."""
    mine = models.Assessment.objects.filter(
        actors.within_reach(actor, Act.SEE), scheme=OuterRef("pk")
    )
    watched = actors.within_reach(actor, Act.WATCH)
    return (
        Scheme.objects.filter(watched | (~Q(state__in=UNSEEN) & Q(Exists(mine))))
        .select_related("org", "announced")
        .annotate(sheets=Count("assessments"))
    )


def may_watch(actor: Actor, scheme: Scheme) -> bool:
    """Test if the actor sees marks and rankings before they are shown to those whom they are about."""
    return actors.may(actor, Act.WATCH, at=scheme.org)


def items_of(actor: Actor, scheme: Scheme) -> list[Item]:
    """Return what is marked by a scheme, in its order, with headings and steps."""
    leaves = scheme.items.filter(parent__isnull=False).select_related("parent")
    return list(leaves.prefetch_related("steps").order_by("parent__place", "place"))


def headings_of(actor: Actor, scheme: Scheme) -> list[Item]:
    """Return the headings of a scheme, also those under which nothing stands yet."""
    return list(scheme.items.filter(parent__isnull=True).order_by("place"))


def items_seen_by(actor: Actor) -> QuerySet[Item]:
    """Return the items and headings of the schemes that the actor makes or watches."""
    watched = actors.within_reach(actor, Act.WATCH, path="scheme__org__path")
    return Item.objects.filter(watched).select_related("scheme__org", "parent")


def orgs_for(actor: Actor, scheme: Scheme) -> QuerySet[Org]:
    """Return the organisations that a scheme is for, by what they are today."""
    standing = orgs.below(scheme.org).filter(closed_on__isnull=True)
    match scheme.audience:
        case Scheme.Audience.STREETS:
            return standing.filter(kind=OrgKind.STREET)
        case Scheme.Audience.SCHOOLS:
            return standing.filter(kind__in=UNITS, sector=Sector.SCHOOL)
        case _:
            return standing.filter(kind__in=UNITS, sector=Sector.SOCIETY)


def keepers_of(actor: Actor, assessed: Iterable[Org], day: date) -> list[int]:
    """Return the persons who answer for these organisations on a day."""
    held = access.holdings_on(day).filter(role__in=access.SECRETARIES, org__in=list(assessed))
    return sorted(set(held.values_list("person_id", flat=True)))


def begun(actor: Actor, scheme: Scheme) -> int:
    """Count the organisations that have begun to score themselves."""
    typed = Q(marks__kept_at__isnull=False) | ~Q(state=models.Assessment.State.DRAFT)
    return scheme.assessments.filter(typed).distinct().count()


def progress_of(actor: Actor, scheme: Scheme) -> Progress:
    """Return how far a scheme is, in two questions."""
    sheet = models.Assessment.State
    counted = scheme.assessments.aggregate(
        sheets=Count("pk"),
        open_sheets=Count("pk", filter=Q(state=sheet.DRAFT)),
        late=Count("pk", filter=Q(is_late=True)),
        missed=Count("pk", filter=Q(state=sheet.MISSED)),
    )
    untaken = Q(item__way=Item.Way.FIGURE, figure_as_of__isnull=True)
    marks = models.Mark.objects.filter(assessment__scheme=scheme).aggregate(
        waiting=Count("pk", filter=Q(final__isnull=True) & ~untaken),
        untaken=Count("pk", filter=untaken),
    )
    return Progress(**counted, **marks)


def scale_of(actor: Actor, item: Item) -> rules.Scale:
    """Return how an item's figure becomes marks."""
    steps: Sequence[models.ItemStep] = list(item.steps.all())
    told = tuple(rules.Step(step.at_least, step.marks) for step in steps)
    return rules.Scale(item.full, item.target, told)


def held_scheme(actor: Actor, scheme: Scheme) -> Scheme:
    """Return a scheme, held until the transaction ends."""
    kept = Scheme.objects.select_for_update(of=("self",)).select_related("org")
    return kept.get(pk=scheme.pk)

"""Rounds of grading, the branches in them, what waits for a review, one's own branch."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Card, Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import COMMITTEES, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.kernel.people.models import Membership
from qinghe.lib.periods import local_day
from qinghe.systems.branches import models, rules
from qinghe.systems.branches.access import Act

Grading = models.Grading
GradingItem = models.GradingItem
GradingRound = models.GradingRound
GradingState = models.Grading.State
GradingTerms = models.GradingTerms
Step = models.Score.Step
REVIEWING = COMMITTEES | {OrgKind.DISTRICT, OrgKind.STREET}  # who reviews: the nearest above
GRADING_NUMBERS = (
    "five_from",
    "four_from",
    "three_from",
    "low_from",
    "months",
    "high_months",
    "five_percent",
    "four_percent",
    "report_length",
    "most_team",
    "most_members",
    "most_life",
    "most_order",
    "most_effect",
)


@dataclass(frozen=True)
class Fit:
    """A branch that takes part, with the committee that reviews it and its age."""

    org_id: int
    committee_id: int
    months: int


def grading_terms_on(actor: Actor, day: date) -> models.GradingTerms:
    """Return the terms of a day; before the first of them, the first, which a migration enters."""
    rows = models.GradingTerms.objects
    found = rows.filter(starts_on__lte=day).order_by("-starts_on").first()
    return found or rows.earliest("starts_on")


def all_grading_terms(actor: Actor) -> QuerySet[models.GradingTerms]:
    """Return all terms, the latest first."""
    return models.GradingTerms.objects.order_by("-starts_on")


def grading_numbers(actor: Actor, terms: models.GradingTerms) -> list[tuple[str, object]]:
    """Return the numbers of some terms with what each is called."""
    columns = models.GradingTerms._meta
    return [
        (str(columns.get_field(name).verbose_name), _or_none(getattr(terms, name)))  # type: ignore[union-attr]
        for name in GRADING_NUMBERS
    ]


def bounds_of(actor: Actor, terms: models.GradingTerms) -> rules.Bounds:
    """Return from which points on there is which star."""
    return rules.Bounds(
        five=terms.five_from,
        four=terms.four_from,
        three=terms.three_from,
        low=terms.low_from,
        high_months=terms.high_months,
    )


def most_of(actor: Actor | str, terms: models.GradingTerms) -> dict[str, int]:
    """Return the most points of each item."""
    return {item: getattr(terms, f"most_{item}") for item in GradingItem.values}


def branches_to_grade(actor: Actor, day: date, *, months: int) -> list[Fit]:
    """Return the branches that take part, each under the nearest committee above (T-50)."""
    above = dict(Org.objects.filter(kind__in=sorted(REVIEWING)).values_list("path", "pk"))
    there = Q(closed_on__isnull=True) & Q(opened_on__lte=day)
    rows = actors.orgs_where(actor, Act.RUN_GRADING).filter(there, kind__in=sorted(rules.MEASURED))
    found = []
    for pk, kind, path, opened_on in rows.values_list("pk", "kind", "path", "opened_on"):
        committee = _nearest(path, above)
        fits = rules.takes_part(kind=kind, opened_on=opened_on, reference_on=day, months=months)
        if fits and committee:
            found.append(Fit(pk, committee, rules.months_between(opened_on, day)))
    return found


def rounds(actor: Actor) -> QuerySet[models.GradingRound]:
    """Return the rounds, the latest first."""
    return models.GradingRound.objects.select_related("terms")


def gradings_seen_by(actor: Actor) -> QuerySet[models.Grading]:
    """Return the gradings of the branches at which this actor may look, the latest first."""
    reach = actors.within_reach(actor, Act.SEE)
    return models.Grading.objects.filter(reach).select_related(
        "org", "round__terms", "share__committee", "secretary", "witness", "reviewer", "checker"
    )


def own_branches(actor: Actor, day: date) -> QuerySet[Org]:
    """Return the branch on whose roll one stands."""
    standing = Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))
    rolls = Membership.objects.filter(standing, person=actor.person_id)
    return Org.objects.filter(pk__in=rolls.values("org"))


def own_gradings(actor: Actor, day: date) -> QuerySet[models.Grading]:
    """Return the gradings of one's own branch, as its member."""
    found = models.Grading.objects.filter(org__in=own_branches(actor, day))
    return found.select_related("org", "round__terms", "share__committee", "secretary", "witness")


def cards_of(actor: Actor, at: datetime) -> tuple[Card, ...]:
    """Return the gradings of one's own branch that wait for a member's signature, if any do."""
    waiting = own_gradings(actor, local_day(at)).filter(state=GradingState.SIGNING)
    lines = [
        Line(
            pk=one.pk,
            title=f"{one.org.name}{one.round.year}年度自评待团员代表签名",
            url=reverse("branches:own_grading", args=[one.pk]),
        )
        for one in waiting.exclude(secretary=actor.person_id)[:3]
    ]
    return (Card(title="我的支部", lines=tuple(lines)),) if lines else ()


def points_by_step(actor: Actor, grading: models.Grading) -> dict[str, dict[str, int]]:
    """Return what each hand gave, by step and item."""
    given: dict[str, dict[str, int]] = {}
    for step, item, points in grading.scores.values_list("step", "item", "points"):
        given.setdefault(step, {})[item] = points
    return given


def tally(actor: Actor, found: models.GradingRound, org: Org) -> list[tuple[Org, dict[str, int]]]:
    """Return, for each organisation right below one, how many branches stand where in a round.

    Keys are the grades of those reviewed, and the states of those that are not yet.
    """
    depth = len(codes_in(org.path))
    seen = gradings_seen_by(actor).filter(round=found, org__path__startswith=org.path)
    by_code: dict[str, dict[str, int]] = {}
    counted = seen.order_by().values("org__path", "state", "star").annotate(n=Count("pk"))
    for path, state, star, n in counted.values_list("org__path", "state", "star", "n"):
        codes = codes_in(path)
        row = by_code.setdefault(codes[min(depth, len(codes) - 1)], {})
        key = state if star is None else str(star)
        row[key] = row.get(key, 0) + n
    children = Org.objects.filter(code__in=by_code).order_by("path")
    return [(child, by_code[child.code]) for child in children]


def reviews_waiting_for(actor: Actor) -> QuerySet[models.Grading]:
    """Return the self-gradings that this actor can review: none that they signed."""
    reach = actors.within_reach(actor, Act.REVIEW_GRADING, path="share__committee__path")
    found = models.Grading.objects.filter(reach, state=GradingState.REVIEW)
    return found.exclude(secretary=actor.person_id).exclude(witness=actor.person_id)


def review_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show self-gradings as lines of the inbox."""
    rows = reviews_waiting_for(actor).filter(pk__in=ids).select_related("org", "round")
    return [
        Item(
            pk=one.pk,
            title=f"{one.org.name}{one.round.year}年度自评待复核",
            org=one.org.name,
            url=reverse("branches:grading", args=[one.pk]),
        )
        for one in rows
    ]


def grading_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return gradings behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.org.name,
            cells=(
                ("年度", str(one.round.year)),
                ("得分", str(one.points)),
                ("等次", rules.GRADES[one.star or 0]),
            ),
            url=reverse("branches:grading", args=[one.pk]),
        )
        for one in gradings_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def _nearest(path: str, above: dict[str, int]) -> int | None:
    codes = codes_in(path)
    for length in range(len(codes) - 1, 0, -1):
        found = above.get(f"/{'/'.join(codes[:length])}/")
        if found:
            return found
    return None


def _or_none(value: int | None) -> object:
    return "不限" if value is None else value

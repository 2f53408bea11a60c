"""What is known of cadres in a year, what that makes in points, and what was decided."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges import system
from qinghe.edges.system import Line
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person, Post
from qinghe.lib.periods import months_after
from qinghe.systems.cadres import models, rules
from qinghe.systems.cadres.access import Act
from qinghe.systems.cadres.rules import Merits

from .elections import ElectionState
from .terms import terms_on

Achievement = models.Achievement
AchievementKind = models.Achievement.Kind
AchievementState = models.Achievement.State
Incentive = models.Incentive
Decision = models.Incentive.Decision
IncentiveState = models.Incentive.State


@dataclass(frozen=True)
class Suggested:
    """One cadre of a year's list: where they stand, their merits and points, what was decided."""

    person: Person
    org: Org
    points: int
    merits: Merits
    decided: Incentive | None = None


@dataclass
class _Known:
    """Somebody while their merits are gathered."""

    merits: Merits = field(default_factory=Merits)
    post: Post | None = None

    def hold(self, post: Post, *, whole_year: bool) -> Self:
        """Add a post; the first to begin says where somebody stands."""
        self.merits.posts += whole_year
        if self.post is None or post.starts_on < self.post.starts_on:
            self.post = post
        return self


def achievements_seen_by(actor: Actor) -> QuerySet[Achievement]:
    """Return the achievements at organisations at which this actor may look."""
    reach = actors.within_reach(actor, Act.SEE)
    return Achievement.objects.filter(reach).select_related("person", "org", "entered_by")


def incentives_seen_by(actor: Actor) -> QuerySet[Incentive]:
    """Return what was decided about cadres of organisations at which this actor may look."""
    reach = actors.within_reach(actor, Act.SEE)
    return Incentive.objects.filter(reach).select_related("person", "org", "decided_by")


def suggested(actor: Actor, org: Org, *, year: int, today: date) -> list[Suggested]:
    """Return the cadres at and below an organisation who have enough points, the most first.

    A handful of questions for all of them, however many they are. Nobody is given anything by being listed.
    """
    last = min(date(year, 12, 31), today)
    here = _posts(actor, last).filter(org__path__startswith=org.path).values("person")
    found = _known(actor, _posts(actor, last).filter(person__in=here), year=year, last=last)
    least = terms_on(actor, last).suggest_from
    return [one for one in found if one.points >= least]


def suggested_one(actor: Actor, person: Person, *, year: int, today: date) -> Suggested | None:
    """Return one cadre with their points of a year, as far as this actor may look."""
    last = min(date(year, 12, 31), today)
    found = _known(actor, _posts(actor, last).filter(person=person), year=year, last=last)
    return found[0] if found else None


def cadre_people(actor: Actor, *, on: date) -> QuerySet[Person]:
    """Return those who hold a post at an organisation at which this actor may look."""
    return Person.objects.filter(pk__in=_posts(actor, on).values("person"))


def achievement_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return achievements as lines, as far as the actor may see them."""
    today = timezone.localdate()
    return [
        Line(
            one.pk,
            one.what,
            (("团干部", levels.short_name(actor, one.person, at=one.org, on=today)),),
            reverse("cadres:achievement", args=[one.pk]),
        )
        for one in achievements_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def _posts(actor: Actor, last: date) -> QuerySet[Post]:
    standing = Q(ends_on__isnull=True) | Q(ends_on__gt=last)
    reach = actors.within_reach(actor, Act.SEE)
    return Post.objects.filter(standing, reach, starts_on__lte=last)


def _known(actor: Actor, rows: QuerySet[Post], *, year: int, last: date) -> list[Suggested]:
    known: dict[int, _Known] = defaultdict(_Known)
    a_year_ago = months_after(last, months=-12)
    for post in rows.select_related("person", "org__parent"):
        known[post.person_id].hold(post, whole_year=post.starts_on <= a_year_ago)
    _add_terms(known, last=last)
    _add_grades(known, year=year)
    _add_achievements(known, year=year)
    _add_assessed(actor, known, year=year)
    decided = Incentive.objects.filter(year=year, state=IncentiveState.DECIDED)
    by_person = {one.person_id: one for one in decided}
    terms = terms_on(actor, last)
    found = [
        Suggested(
            one.post.person,
            one.post.org,
            rules.points_of(one.merits, terms=terms),
            one.merits,
            by_person.get(person_id),
        )
        for person_id, one in known.items()
        if one.post is not None
    ]
    return sorted(found, key=lambda one: (-one.points, one.org.path, one.person.number))


def _add_terms(known: dict[int, _Known], *, last: date) -> None:
    rows = models.Elected.objects.filter(
        election__state=ElectionState.APPROVED, election__held_on__lte=last
    )
    for person_id, n in rows.order_by().values_list("person").annotate(n=Count("pk")):
        if person_id in known:
            known[person_id].merits.terms = n


def _add_grades(known: dict[int, _Known], *, year: int) -> None:
    rows = models.Secondment.objects.filter(ended_on__year=year)
    for person_id, grade in rows.values_list("person", "grade"):
        if person_id in known and grade != models.Secondment.Grade.POOR:
            merits = known[person_id].merits
            setattr(merits, grade, getattr(merits, grade) + 1)


def _add_achievements(known: dict[int, _Known], *, year: int) -> None:
    rows = Achievement.objects.filter(day__year=year, state=AchievementState.KEPT)
    counted = rows.order_by().values_list("person", "kind").annotate(n=Count("pk"))
    for person_id, kind, n in counted:
        if person_id in known:
            setattr(known[person_id].merits, kind, n)


def _add_assessed(actor: Actor, known: dict[int, _Known], *, year: int) -> None:
    """Add what the organisation where each stands came to in the year's assessments (S079).

    A street is assessed as a whole, and those who lead its League stand in its working committee.
    """
    earned = system.earned_in(actor, year)
    for one in known.values():
        if one.post is None:
            continue
        org = one.post.org
        street = org.parent if org.kind == OrgKind.WORKING_COMMITTEE else None
        assessed = (street or org).code
        one.merits.assessed = earned.get(org.code, earned.get(assessed, one.merits.assessed))

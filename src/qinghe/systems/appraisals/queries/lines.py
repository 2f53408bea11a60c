"""Members' lines: on a branch's roll, behind a figure, without registration for long."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from qinghe.edges.system import Line as Shown
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Membership, Person
from qinghe.systems.appraisals import models, rules
from qinghe.systems.appraisals.access import Act

from .rolls import Roll, rolls_seen_by

Grade = models.Grade
Line = models.Line
Standing = models.Standing
DUE = (Standing.IN, Standing.ABSENT)


def lines_seen_by(actor: Actor) -> QuerySet[Line]:
    """Return the lines of the branches where this actor may look."""
    seen = Line.objects.filter(actors.within_reach(actor, Act.SEE, path="roll__org__path"))
    return seen.select_related("roll__org__parent", "roll__campaign__terms", "campaign", "person")


def lines_of(actor: Actor, roll: Roll) -> QuerySet[Line]:
    """Return the lines of one roll, as far as this actor may look."""
    return lines_seen_by(actor).filter(roll=roll).order_by("person__number")


def changes_of(actor: Actor, line: Line) -> QuerySet[models.GradeChange]:
    """Return how a line's grade was corrected, the newest first."""
    return models.GradeChange.objects.filter(line=line).select_related("approved_by")


def unlisted_of(actor: Actor, roll: Roll) -> QuerySet[Membership]:
    """Return who is on a branch's roll of members and has no line in its campaign."""
    there = Line.objects.filter(person=OuterRef("person"), campaign=roll.campaign_id)
    members = Membership.objects.filter(~Exists(there), org=roll.org_id, ends_on__isnull=True)
    return members.select_related("person", "org").order_by("person__number")


def rolls_to_move_to(actor: Actor, line: Line) -> QuerySet[Roll]:
    """Return the roll of the branch that a member belongs to now, if it is another."""
    now = Membership.objects.filter(person=line.person_id, ends_on__isnull=True)
    return (
        Roll.objects.filter(campaign=line.campaign_id, org__in=now.values("org"))
        .exclude(pk=line.roll_id)
        .select_related("org")
    )


def long_unregistered(actor: Actor, day: date) -> QuerySet[Line]:
    """Return who has not been registered for more than a year and is still on a roll (T-43)."""
    since = rules.overdue_since(day)
    newest = models.Campaign.objects.filter(closes_on__lte=since).order_by("-year", "-pk")
    later = Line.objects.filter(
        person=OuterRef("person"), registered_on__gt=OuterRef("campaign__closes_on")
    )
    stays = Membership.objects.filter(person=OuterRef("person"), ends_on__isnull=True)
    return lines_seen_by(actor).filter(
        Exists(stays),
        ~Exists(later),
        campaign=Subquery(newest.values("pk")[:1]),
        registered_on__isnull=True,
        standing__in=DUE,
    )


def line_lines(actor: Actor, ids: Sequence[int]) -> list[Shown]:
    """Return lines behind a figure, as far as the actor may see them."""
    return [
        Shown(
            pk=one.pk,
            title=levels.short_name(
                actor, one.person, at=one.roll.org, on=one.campaign.reference_on
            ),
            cells=(
                ("团支部", one.roll.org.name),
                ("年度", str(one.campaign.year)),
                ("等次", one.get_grade_display() or one.get_standing_display()),
                ("注册", one.registered_on.isoformat() if one.registered_on else "—"),
            ),
            url=reverse("appraisals:line", args=[one.pk]),
        )
        for one in lines_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def change_lines(actor: Actor, ids: Sequence[int]) -> list[Shown]:
    """Return corrected grades as lines, as far as the actor may see them."""
    seen = lines_seen_by(actor).order_by().values("pk")
    changes = models.GradeChange.objects.filter(pk__in=ids, line__in=seen)
    return [
        Shown(
            pk=one.pk,
            title=f"{one.get_before_display()} → {one.get_after_display()}",
            cells=(("日期", one.approved_on.isoformat()),),
            url=reverse("appraisals:line", args=[one.line_id]),
        )
        for one in changes.order_by("pk")
    ]


def about_person(actor: Actor, person: Person) -> list[Shown]:
    """Return a person's reviews: all to themself, else what the actor may see (S-07)."""
    own = Q(person_id=actor.person_id) if actor.person_id == person.pk else Q(pk__in=[])
    seen = own | Q(roll__in=rolls_seen_by(actor).order_by().values("pk"))
    rows = Line.objects.filter(seen, person=person).select_related("campaign", "roll__org")
    return [
        Shown(
            pk=one.pk,
            title=f"{one.campaign.year}年度评议：{_outcome(one)}",
            cells=(
                ("团支部", one.roll.org.name),
                ("注册", one.registered_on.isoformat() if one.registered_on else "—"),
            ),
            url=reverse("appraisals:own"),
        )
        for one in rows.order_by(F("campaign__year").desc())
    ]


def _outcome(one: Line) -> str:
    return one.get_grade_display() if one.final_on else one.get_standing_display()

"""Ceremonies in an actor's sight; what waits for a look; schools that held none."""

from collections.abc import Collection, Sequence

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import Period
from qinghe.systems.pioneers import models
from qinghe.systems.pioneers.access import Act
from qinghe.systems.pioneers.models.schools import IS_SCHOOL

Ceremony = models.Ceremony
CeremonyKind = models.CeremonyKind
CeremonyState = models.Ceremony.State
LACKING = {
    "any": Q(educations=0) | Q(admissions=0),
    "education": Q(educations=0),
    "admission": Q(admissions=0),
}


def ceremonies_seen_by(actor: Actor) -> QuerySet[Ceremony]:
    """Return the ceremonies held where this actor may look, the latest first."""
    seen = Ceremony.objects.filter(actors.within_reach(actor, Act.SEE))
    return seen.select_related("org", "outline", "submitted_by", "reviewed_by")


def ceremonies_waiting_for(actor: Actor) -> QuerySet[Ceremony]:
    """Return what this actor may look at: what was handed in, by somebody else."""
    waiting = Ceremony.objects.filter(
        actors.within_reach(actor, Act.REVIEW), state=CeremonyState.SUBMITTED
    )
    return waiting.exclude(submitted_by=actor.person_id).select_related("org")


def ceremony_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show ceremonies to look at as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.org.name}：{one}",
            org=one.org.name,
            url=reverse("pioneers:ceremony", args=[one.pk]),
        )
        for one in ceremonies_waiting_for(actor).filter(pk__in=ids)
    ]


def ceremony_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return ceremonies behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=str(one),
            cells=(("学校", one.org.name), ("地点", one.place), ("参加人数", str(one.people))),
            url=reverse("pioneers:ceremony", args=[one.pk]),
        )
        for one in ceremonies_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def steps_of(actor: Actor, ceremony: Ceremony) -> list[tuple[models.Step, bool]]:
    """Return the points of a ceremony's outline, each with whether it was done."""
    done = set(ceremony.steps.values_list("pk", flat=True))
    return [(one, one.pk in done) for one in ceremony.outline.steps.order_by("place")]


def days_taken(actor: Actor, org_ids: Collection[int]) -> set[tuple[str, int, object]]:
    """Return the kind, school and day of what is written down there already."""
    there = Ceremony.objects.filter(org__in=org_ids).exclude(state=CeremonyState.CANCELLED)
    return set(there.values_list("kind", "org_id", "day"))


def schools_under(actor: Actor, org: Org, period: Period) -> QuerySet[Org]:
    """Return the open schools at or below an organisation with what each held in a period."""
    schools = actors.orgs_where(actor, Act.SEE).filter(
        IS_SCHOOL, closed_on__isnull=True, path__startswith=org.path
    )
    return schools.select_related("parent").annotate(
        educations=_held(CeremonyKind.LEAGUE_EDUCATION, period),
        admissions=_held(CeremonyKind.ADMISSION, period),
    )


def _held(kind: CeremonyKind, period: Period) -> Coalesce:
    found = Ceremony.objects.filter(
        org=OuterRef("pk"),
        kind=kind,
        state=CeremonyState.ACCEPTED,
        day__gte=period.start,
        day__lte=period.end,
    )
    counted = found.order_by().values("org").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def lacking(actor: Actor, schools: QuerySet[Org], *, what: str) -> QuerySet[Org]:
    """Return those of some schools, with their counts, that held none of a kind."""
    return schools.filter(LACKING[what])

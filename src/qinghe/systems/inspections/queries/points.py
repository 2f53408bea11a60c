from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.inspections import models
from qinghe.systems.inspections.access import Act

Kind = models.Kind
Point = models.Point
Visit = models.Visit


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def org_ids_where(actor: Actor, act: Act) -> dict[str, int]:
    """Return the keys of the open organisations in which this actor may do an act, by their codes."""
    return dict(orgs_for(actor, act).values_list("code", "pk"))


def kinds(actor: Actor) -> QuerySet[Kind]:
    """Return the kinds of points; they are everybody's."""
    return Kind.objects.all()


def codes_taken(actor: Actor, codes: Iterable[str]) -> set[str]:
    """Return which of these codes some point has, wherever it is: a code is nobody's secret."""
    return set(Point.objects.filter(code__in=codes).values_list("code", flat=True))


def names_taken(actor: Actor, org_ids: Iterable[int]) -> set[tuple[int, str]]:
    """Return the names that points of these organisations have."""
    named = Point.objects.filter(org__in=set(org_ids))
    return set(named.values_list("org_id", "name"))


def points_seen_by(actor: Actor) -> QuerySet[Point]:
    """Return the points cared for where this actor may look, each with the day of its last visit."""
    last = Visit.objects.filter(point=OuterRef("pk"), state=Visit.State.SUBMITTED).order_by("-day")
    return (
        Point.objects.filter(actors.within_reach(actor, Act.SEE))
        .select_related("org", "kind")
        .annotate(last_on=Subquery(last.values("day")[:1], output_field=DateField()))
    )


def points_to_visit(actor: Actor, org: Org, *, today: date, words: str) -> QuerySet[Point]:
    """Return the open points that this actor may inspect, those not seen for longest first."""
    own = Visit.objects.filter(
        point=OuterRef("pk"), inspector=actor.person_id, state=Visit.State.DRAFT
    )
    found = points_seen_by(actor).filter(
        actors.within_reach(actor, Act.INSPECT),
        Q(closed_on__isnull=True) | Q(closed_on__gt=today),
        org__path__startswith=org.path,
        opened_on__lte=today,
    )
    if words:
        found = found.filter(
            Q(name__icontains=words) | Q(code__icontains=words) | Q(address__icontains=words)
        )
    drafted = found.annotate(is_drafted=Exists(own))
    return drafted.order_by("-is_drafted", F("last_on").asc(nulls_first=True), "code")


def point_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return points behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.name,
            cells=(("责任单位", one.org.name), ("启用日期", one.opened_on.isoformat())),
            url=reverse("inspections:point", args=[one.pk]),
        )
        for one in points_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]

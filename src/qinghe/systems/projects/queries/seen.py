"""Projects in sight: of organisations where an actor looks, and those in which theirs take part."""

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.projects import models
from qinghe.systems.projects.access import Act

JointProject = models.JointProject  # named here for the edges, which do not import models
Means = models.Means
Milestone = models.Milestone
Part = models.Part
OPEN, OFF = models.OPEN, models.OFF
PartState = models.Part.State
ProjectState = models.JointProject.State


def projects_seen_by(actor: Actor) -> QuerySet[models.JointProject]:
    """Return the projects in sight; who takes part sees the whole of it once it was founded."""
    led = actors.within_reach(actor, Act.SEE)
    theirs = models.Part.objects.filter(actors.within_reach(actor, Act.SEE), project=OuterRef("pk"))
    found = models.JointProject.objects.filter(led | (Q(founded_on__isnull=False) & Exists(theirs)))
    return found.select_related("org")


def with_counts(actor: Actor, rows: QuerySet[models.JointProject]) -> QuerySet[models.JointProject]:
    """Add to projects how many parts each has that stand, and how many of these are accepted."""
    return rows.annotate(
        parts_count=Count("parts", filter=~Q(parts__state__in=OFF)),
        accepted_count=Count("parts", filter=Q(parts__state=PartState.ACCEPTED)),
    )


def parts_seen_by(actor: Actor) -> QuerySet[models.Part]:
    """Return the parts of the projects in sight."""
    seen = projects_seen_by(actor).order_by().values("pk")
    found = models.Part.objects.filter(project__in=seen)
    return found.select_related("project__org", "parent", "org", "above")


def parts_of(actor: Actor, project: models.JointProject) -> list[models.Part]:
    """Return the parts of one project: each street's, then its communities' pieces of it."""
    rows = list(parts_seen_by(actor).filter(project=project).order_by("org__path", "pk"))
    tops = [one for one in rows if one.parent_id is None]
    return [one for top in tops for one in (top, *(row for row in rows if row.parent_id == top.pk))]


def means_seen_by(actor: Actor) -> QuerySet[models.Means]:
    """Return the means of the projects in sight, with how much was given to parts and used."""
    seen = projects_seen_by(actor).order_by().values("pk")
    found = models.Means.objects.filter(project__in=seen).select_related("project__org")
    return found.annotate(
        given=Sum("allotments__quantity", filter=Q(allotments__part__parent__isnull=True)),
        used=Sum("allotments__used"),
    )


def allotments_of(actor: Actor, part: models.Part) -> QuerySet[models.Allotment]:
    """Return what one part was given, with how much of it was given on."""
    on = Sum("means__allotments__quantity", filter=Q(means__allotments__part__parent=part))
    return part.allotments.select_related("means").annotate(given_on=on).order_by("pk")


def orgs_for(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the open organisations in which this actor may do an act, for a form to offer."""
    return actors.orgs_where(actor, act).filter(closed_on__isnull=True)


def orgs_below(actor: Actor, org: Org) -> QuerySet[Org]:
    """Return who stands below a giver, for whoever gives; the giver's tree is looked at."""
    if not actors.may(actor, Act.LEAD, at=org):
        return Org.objects.none()
    below = Org.objects.filter(path__startswith=org.path, closed_on__isnull=True)
    return below.exclude(pk=org.pk)

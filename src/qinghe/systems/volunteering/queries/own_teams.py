"""A volunteer's own teams to be: where one may be founded, with whom, and how far it has come."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.systems.volunteering import models

from .certificates import own_volunteer

AT_FOUNDING = "发起成立队伍"
State = models.Team.State
Member = models.TeamMember.State


@dataclass(frozen=True)
class Answers:
    """What those whom an application names have said so far."""

    agreed: int
    asked: int
    head_agreed: bool


def hosts_near(actor: Actor) -> QuerySet[Org]:
    """Return where a volunteer may found a team: at home, and in the communities of their street."""
    volunteer = own_volunteer(actor)
    if volunteer is None:
        return Org.objects.none()
    lineage = codes_in(volunteer.org.path)
    street = f"/{'/'.join(lineage[:2])}/"
    near = Q(kind="community", path__startswith=street) if len(lineage) > 1 else Q(pk__isnull=True)
    return Org.objects.filter(near | Q(pk=volunteer.org_id), closed_on__isnull=True).order_by(
        "path"
    )


def registered_by_number(actor: Actor) -> QuerySet[models.Volunteer]:
    """Return whom a volunteer may name by the number that they were told: all on the roll."""
    if own_volunteer(actor) is None:
        return models.Volunteer.objects.none()
    return models.Volunteer.objects.filter(state=models.Volunteer.State.REGISTERED)


def own_applications(actor: Actor) -> QuerySet[models.Team]:
    """Return the teams that somebody applied for themself, newest first."""
    asked = models.HeadChange.objects.filter(
        team=OuterRef("pk"), applied_by=actor.person_id, reason=AT_FOUNDING
    )
    own = models.Volunteer.objects.filter(person=actor.person_id)
    named = models.TeamMember.objects.filter(team=OuterRef("pk"), volunteer__in=own.values("pk"))
    return (
        models.Team.objects.filter(Exists(asked), Exists(named))
        .select_related("org")
        .order_by("-applied_on", "-pk")
    )


def founders_of(actor: Actor, team: models.Team) -> QuerySet[models.TeamMember]:
    """Return whom an application names, by number; who said no last."""
    return (
        team.members.select_related("volunteer")
        .annotate(leads=_proposed())
        .order_by("state", "volunteer__number")
    )


def answers_of(actor: Actor, team: models.Team) -> Answers:
    """Return how many of those named agreed, how many have yet to answer, and what the head said."""
    leads = set(team.head_changes.filter(state="applied").values_list("volunteer", flat=True))
    said = dict(
        team.members.filter(state__in=[Member.FOUNDING, Member.INVITED]).values_list(
            "volunteer", "state"
        )
    )
    states = list(said.values())
    return Answers(
        agreed=states.count(Member.FOUNDING),
        asked=states.count(Member.INVITED),
        head_agreed=all(said.get(one, Member.FOUNDING) == Member.FOUNDING for one in leads),
    )


def ready_for_review(actor: Actor, teams: QuerySet[models.Team]) -> QuerySet[models.Team]:
    """Return those of some applications of which enough founders, and the head, have said yes."""
    founders = models.TeamMember.objects.filter(team=OuterRef("pk"), state=Member.FOUNDING)
    counted = founders.order_by().values("team").annotate(found=Count("pk")).values("found")
    scheme = models.TeamScheme.objects.filter(starts_on__lte=OuterRef("applied_on"))
    unsure = models.TeamMember.objects.filter(
        _proposed(), team=OuterRef("pk"), state=Member.INVITED
    )
    return teams.alias(
        founders=Coalesce(Subquery(counted, output_field=IntegerField()), Value(0)),
        least=Coalesce(
            Subquery(scheme.order_by("-starts_on").values("least_members")[:1]), Value(0)
        ),
    ).filter(~Exists(unsure), founders__gte=F("least"))


def _proposed() -> Exists:
    """Return the test whether a member is who shall lead the team."""
    return Exists(
        models.HeadChange.objects.filter(
            team=OuterRef("team"), volunteer=OuterRef("volunteer"), state="applied"
        )
    )

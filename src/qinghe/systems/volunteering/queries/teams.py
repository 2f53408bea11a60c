"""Teams: under which scheme, with whom, what they owe, what stands against them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from qinghe.kernel.access import actors
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.rules import codes_in
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

from .certificates import own_volunteer
from .records import teams_seen_by

TeamKind = models.Team.Kind
TeamMember = models.TeamMember
MemberState = models.TeamMember.State
TeamPost = models.TeamPost
HeadChange = models.HeadChange
HeadChangeState = models.HeadChange.State
TeamConfirmation = models.TeamConfirmation
ConfirmationState = models.TeamConfirmation.State
TeamObjection = models.TeamObjection
STANDING = models.Team.State.APPROVED
HEAD = models.TeamPost.Post.HEAD
MOST_NEAR = 40


@dataclass(frozen=True)
class Confirming:
    """The year that may be confirmed today, and the last whose window is over."""

    asked: int | None
    due: int | None


def team_scheme_on(actor: Actor, day: date) -> models.TeamScheme:
    """Return the scheme in force on a day; where none is, one that asks nothing."""
    entered = models.TeamScheme.objects.filter(starts_on__lte=day).order_by("-starts_on").first()
    return entered or models.TeamScheme(
        title="尚无办法",
        starts_on=day,
        least_members=0,
        notice_days=0,
        confirm_from=0,
        confirm_to=0,
        head_quarters=0,
        head_months=0,
    )


def confirming(actor: Actor, today: date) -> Confirming:
    """Return which years teams confirm today."""
    scheme = team_scheme_on(actor, today)
    months = {"first_month": scheme.confirm_from, "last_month": scheme.confirm_to}
    due = rules.year_due(today, **months)
    if due is not None and due < scheme.starts_on.year:
        due = None  # nobody was asked before the scheme
    return Confirming(rules.year_asked(today, **months), due)


def sessions_in_year(actor: Actor, team: models.Team, year: int) -> int:
    """Count the sessions of a team in a year to which somebody came, as VOL-02 counts them."""
    served = models.Attendance.objects.filter(
        session=OuterRef("pk"), state=models.Attendance.State.EFFECTIVE
    )
    held = models.Session.objects.filter(
        Exists(served),
        team=team,
        state=models.Session.State.PUBLISHED,
        day__gte=date(year, 1, 1),
        day__lte=date(year, 12, 31),
    )
    return held.count()


def team_ledger(actor: Actor) -> QuerySet[models.Team]:
    """Return the teams in sight with how many are in each, and whether somebody leads it."""
    inside = (
        models.TeamMember.objects.filter(team=OuterRef("pk"), state=MemberState.MEMBER)
        .order_by()
        .values("team")
        .annotate(found=Count("pk"))
        .values("found")
    )
    return teams_seen_by(actor).annotate(size=Coalesce(Subquery(inside), 0), led=Exists(_leading()))


def _leading() -> QuerySet[models.TeamPost]:
    return models.TeamPost.objects.filter(team=OuterRef("pk"), post=HEAD, ends_on__isnull=True)


def owing(actor: Actor, teams: QuerySet[models.Team], *, year: int | None) -> QuerySet[models.Team]:
    """Return those of the teams that owe the confirmation of a year and have handed none in."""
    if year is None:
        return teams.none()
    handed_in = models.TeamConfirmation.objects.filter(
        team=OuterRef("pk"),
        year=year,
        state__in=[ConfirmationState.SUBMITTED, ConfirmationState.ACCEPTED],
    )
    return teams.filter(~Exists(handed_in), state=STANDING, approved_on__lt=date(year, 1, 1))


def members_seen_by(actor: Actor) -> QuerySet[models.TeamMember]:
    """Return who is or was in the teams in sight, those who joined first before."""
    return (
        models.TeamMember.objects.filter(team__org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("team__org", "volunteer__person", "volunteer__org")
        .annotate(post=_post_now("post"))
        .order_by("joined_on", "pk")
    )


def members_of(actor: Actor, team: models.Team) -> QuerySet[models.TeamMember]:
    """Return the people of one team: those who lead first, those who left last."""
    standing = Q(state__in=[MemberState.MEMBER, MemberState.FOUNDING])
    return (
        members_seen_by(actor)
        .filter(team=team)
        .exclude(state=MemberState.REFUSED)
        .alias(here=standing)
        .order_by("-here", F("post").desc(nulls_last=True), "joined_on", "pk")
    )


def _post_now(field: str) -> Subquery:
    held = models.TeamPost.objects.filter(
        team=OuterRef("team"), volunteer=OuterRef("volunteer"), ends_on__isnull=True
    )
    return Subquery(held.values(field)[:1])


def team_posts_of(actor: Actor, team: models.Team) -> QuerySet[models.TeamPost]:
    """Return who led a team and who stood in, latest first."""
    return team.posts.select_related("volunteer__person", "team__org").order_by(
        F("ends_on").desc(nulls_first=True), "-starts_on", "-pk"
    )


def head_of(actor: Actor, team: models.Team) -> models.TeamPost | None:
    """Return who leads a team today."""
    return team_posts_of(actor, team).filter(post=HEAD, ends_on__isnull=True).first()


def head_has_role(actor: Actor, post: models.TeamPost, day: date) -> bool:
    """Tell if a head's account may do what a TEAM_LEADER may at the host."""
    held = access.holdings_on(day).filter(
        person=post.volunteer.person_id, role=Role.TEAM_LEADER, org=post.team.org_id
    )
    return held.exists()


def head_changes_seen_by(actor: Actor) -> QuerySet[models.HeadChange]:
    """Return the requests for another head of the teams in sight."""
    return models.HeadChange.objects.filter(
        team__org__in=actors.orgs_where(actor, Act.SEE)
    ).select_related("team__org", "volunteer__person")


def confirmations_seen_by(actor: Actor) -> QuerySet[models.TeamConfirmation]:
    """Return the yearly confirmations of the teams in sight, newest first."""
    return (
        models.TeamConfirmation.objects.filter(team__org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("team__org", "head__person")
        .order_by("-year", "-pk")
    )


def reviewed_by(actor: Actor) -> Q:
    """Return the condition on teams whose application this actor's organisation reviews.

    A host is reviewed by its parent; what has none reviews itself.
    """
    above = actors.orgs_where(actor, Act.APPROVE_TEAM)
    return Q(org__parent__in=above) | Q(org__parent__isnull=True, org__in=above)


def team_objections_seen_by(actor: Actor) -> QuerySet[models.TeamObjection]:
    """Return what is held against the teams that this actor reviews."""
    reviewed = models.Team.objects.filter(reviewed_by(actor)).values("pk")
    return models.TeamObjection.objects.filter(team__in=reviewed).select_related(
        "team__org__parent", "person"
    )


def teams_on_notice(actor: Actor, day: date) -> QuerySet[models.Team]:
    """Return the teams that anybody may read of and object to on a day."""
    return (
        models.Team.objects.filter(state=models.Team.State.NOTICED, notice_until__gte=day)
        .select_related("org")
        .annotate(founders=Count("members", filter=Q(members__state=MemberState.FOUNDING)))
        .order_by("notice_until", "pk")
    )


def own_memberships(actor: Actor) -> QuerySet[models.TeamMember]:
    """Return a volunteer's own teams, what waits first, what is over last."""
    return (
        models.TeamMember.objects.filter(volunteer__person=actor.person_id)
        .select_related("team__org", "volunteer")
        .annotate(post=_post_now("post"))
        .order_by(F("left_on").desc(nulls_first=True), "-asked_on", "-pk")
    )


def teams_near(actor: Actor) -> QuerySet[models.Team]:
    """Return the standing teams of a volunteer's own street and above, those of their home first.

    Those they are in, or have asked to be in, are left out.
    """
    volunteer = own_volunteer(actor)
    if volunteer is None:
        return models.Team.objects.none()
    home = volunteer.org.path
    lineage = codes_in(home)
    street = f"/{'/'.join(lineage[:2])}/"
    mine = models.TeamMember.objects.filter(
        volunteer=volunteer, state__in=["asked", "invited", "founding", "member"]
    ).values("team")
    inside = Count("members", filter=Q(members__state=MemberState.MEMBER))
    return (
        models.Team.objects.filter(
            Q(org__code__in=lineage) | Q(org__path__startswith=street), state=STANDING
        )
        .exclude(pk__in=mine)
        .select_related("org")
        .annotate(size=inside)
        .alias(away=Case(When(org__path__startswith=home, then=0), default=1))
        .order_by("away", "-org__path", "name")[:MOST_NEAR]
    )


def teams_to_join(actor: Actor) -> QuerySet[models.Team]:
    """Return the teams that a volunteer may ask to join: every standing one, wherever it is."""
    if own_volunteer(actor) is None:
        return models.Team.objects.none()
    return models.Team.objects.filter(state=STANDING).select_related("org")


def communities_of(actor: Actor, org: Org) -> QuerySet[Org]:
    """Return the communities in sight below an organisation, with what each has and lacks."""
    return (
        actors.orgs_where(actor, Act.SEE)
        .filter(path__startswith=org.path, kind="community", closed_on__isnull=True)
        .select_related("parent")
        .annotate(
            federations=_orgs_below(kind="volunteer_federation"),
            teams=_teams_below(suspended_on__isnull=True),
            compounds=_teams_below(suspended_on__isnull=True, kind=TeamKind.COMPOUND),
            suspended=_teams_below(suspended_on__isnull=False),
        )
        .order_by("path")
    )


def streets_of(actor: Actor, org: Org) -> QuerySet[Org]:
    """Return the streets in sight below an organisation, with how much of each is covered."""
    communities = Org.objects.filter(
        path__startswith=OuterRef("path"), kind="community", closed_on__isnull=True
    )
    standing = models.Team.objects.filter(
        org__path__startswith=OuterRef("path"), state=STANDING, suspended_on__isnull=True
    )
    federation = Org.objects.filter(
        path__startswith=OuterRef("path"),
        kind="volunteer_federation",
        level="community",
        closed_on__isnull=True,
    )
    return (
        actors.orgs_where(actor, Act.SEE)
        .filter(path__startswith=org.path, kind="street", closed_on__isnull=True)
        .annotate(
            federations=_orgs_below(kind="volunteer_federation", level="street"),
            communities=_counted(communities),
            federated=_counted(communities.filter(Exists(federation))),
            covered=_counted(communities.filter(Exists(standing))),
            teams=_teams_below(suspended_on__isnull=True),
            compounds=_teams_below(suspended_on__isnull=True, kind=TeamKind.COMPOUND),
        )
        .order_by("path")
    )


def _counted(rows: QuerySet) -> Coalesce:
    """Return a subquery that counts its rows."""
    counted = rows.order_by().values(one=Value(1)).annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted), 0)


def _orgs_below(**wanted: str) -> Coalesce:
    return _counted(
        Org.objects.filter(path__startswith=OuterRef("path"), closed_on__isnull=True, **wanted)
    )


def _teams_below(**wanted: object) -> Coalesce:
    return _counted(
        models.Team.objects.filter(org__path__startswith=OuterRef("path"), state=STANDING, **wanted)
    )

"""Activities as the desk sees them: those that one hosts and those that one joins."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import models, rules
from qinghe.systems.volunteering.access import Act

Activity = models.Activity
ActivityKind = models.Activity.Kind
ActivityState = models.Activity.State
Project = models.Project
ServicePost = models.ServicePost
Template = models.ActivityTemplate
ASKED_AT_ONCE = 5_000


class Planned(NamedTuple):
    """What makes a line of a plan the same as another: one post at one sitting."""

    org: str
    title: str
    place: str
    starts_at: datetime
    post: str


def activities_seen_by(actor: Actor) -> QuerySet[models.Activity]:
    """Return the activities that this actor's organisations host or join, newest first."""
    reach = actors.orgs_where(actor, Act.SEE)
    return models.Activity.objects.filter(
        Q(org__in=reach)
        | Q(pk__in=models.CoOrganiser.objects.filter(org__in=reach).values("activity"))
    ).select_related("org", "project")


def activities_of(actor: Actor, org: Org) -> QuerySet[models.Activity]:
    """Return what an organisation and all below it host or join, each once, with its next sitting.

    Two figures a row are asked for the rows of one page only: they stand in no filter and no order.
    """
    joined = models.CoOrganiser.objects.filter(org__path__startswith=org.path)
    ahead = models.Session.objects.filter(
        activity=OuterRef("pk"), state=models.Session.State.PUBLISHED
    ).order_by()
    posts = models.ServicePost.objects.filter(
        session__activity=OuterRef("pk"), session__state=models.Session.State.PUBLISHED
    ).order_by()
    return (
        activities_seen_by(actor)
        .filter(Q(org__path__startswith=org.path) | Q(pk__in=joined.values("activity")))
        .annotate(
            sittings=Coalesce(_one(ahead, "activity", Count("pk")), 0),
            first_at=_one(ahead, "activity", Min("starts_at")),
            wanted=Coalesce(_one(posts, "session__activity", Sum("capacity")), 0),
            taken=Coalesce(_one(posts, "session__activity", Sum("taken")), 0),
        )
        .order_by("-published_at", "-pk")
    )


def partners_of(actor: Actor, activity: models.Activity) -> list[Org]:
    """Return who joins an activity; whoever sees it may know."""
    return list(Org.objects.filter(pk__in=activity.co_organisers.values("org")).order_by("path"))


def joined_sessions(actor: Actor) -> Q:
    """Return the condition under which a session is held together with an org in sight."""
    reach = actors.orgs_where(actor, Act.SEE)
    return Q(activity__in=models.CoOrganiser.objects.filter(org__in=reach).values("activity"))


def sittings_of(actor: Actor, activity: models.Activity) -> QuerySet[models.Session]:
    """Return the sessions of an activity in sight, in order of time, with their places."""
    return (
        models.Session.objects.filter(activity=activity)
        .annotate(
            wanted=Coalesce(Sum("posts__capacity"), 0), taken=Coalesce(Sum("posts__taken"), 0)
        )
        .order_by("starts_at")
    )


def posts_seen_by(actor: Actor) -> QuerySet[models.ServicePost]:
    """Return the posts of sessions whose host this actor may see."""
    return models.ServicePost.objects.filter(
        session__org__in=actors.orgs_where(actor, Act.SEE)
    ).select_related("session__org", "session__activity")


def posts_of(actor: Actor, session: models.Session) -> list[models.ServicePost]:
    """Return the posts of a session, each with how many wait for it."""
    waiting = Count("sign_ups", filter=Q(sign_ups__state=models.SignUp.State.WAITING))
    return list(session.posts.annotate(waiting=waiting).order_by("pk"))


def projects_seen_by(actor: Actor) -> QuerySet[models.Project]:
    """Return the projects of this actor's organisations, newest first, with their activities."""
    return (
        models.Project.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org")
        .annotate(held=Count("activities"))
    )


def templates_for(actor: Actor) -> QuerySet[models.ActivityTemplate]:
    """Return the templates from which this actor may make activities."""
    return models.ActivityTemplate.objects.filter(
        org__in=actors.orgs_where(actor, Act.PUBLISH)
    ).select_related("org")


def orgs_to_join(actor: Actor) -> QuerySet[Org]:
    """Return the open organisations that may be asked to join an activity: any but closed ones."""
    found = Org.objects.filter(closed_on__isnull=True)
    return found if actors.may_anywhere(actor, Act.PUBLISH) else found.none()


def short_of_people(actor: Actor) -> QuerySet[models.Session]:
    """Return the sessions of the next two days with posts not filled, for who keeps their lists."""
    now = timezone.now()
    lacking = models.ServicePost.objects.filter(session=OuterRef("pk"), taken__lt=F("capacity"))
    return (
        models.Session.objects.filter(
            Exists(lacking),
            org__in=actors.orgs_where(actor, Act.KEEP_SIGN_UPS),
            state=models.Session.State.PUBLISHED,
            starts_at__gt=now,
            starts_at__lte=now + rules.SHORT_BEFORE,
        )
        .select_related("org")
        .order_by("starts_at", "pk")
    )


def short_of_people_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show sessions that lack people as lines of the inbox."""
    rows = short_of_people(actor).filter(pk__in=ids)
    return [
        Item(
            pk=one.pk,
            title=f"{one.title}（{_shown(one.starts_at)}）还缺 {one.lacking} 人",  # type: ignore[attr-defined]
            org=one.org.name,
            url=reverse("volunteering:session", args=[one.pk]),
        )
        for one in rows.annotate(lacking=Sum(F("posts__capacity") - F("posts__taken")))
    ]


def activity_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return activities as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.title,
            cells=(("主办组织", one.org.name), ("状态", one.get_state_display())),
            url=reverse("volunteering:activity", args=[one.pk]),
        )
        for one in activities_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def joined_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return what was held together behind a figure, a line for each organisation and session."""
    keys = {one: divmod(one, models.CoOrganiser.EACH) for one in ids}
    joined = models.CoOrganiser.objects.select_related("org").in_bulk(
        [pk for _, pk in keys.values()]
    )
    reach = actors.orgs_where(actor, Act.SEE)
    seen = models.Session.objects.filter(Q(org__in=reach) | joined_sessions(actor))
    sessions = seen.select_related("org").in_bulk([pk for pk, _ in keys.values()])
    return [
        Line(
            pk=one,
            title=sessions[session].title,
            cells=(
                ("协办组织", joined[pk].org.name),
                ("主办组织", sessions[session].org.name),
                ("日期", sessions[session].day.isoformat()),
            ),
            url=reverse("volunteering:session", args=[session]),
        )
        for one, (session, pk) in keys.items()
        if session in sessions and pk in joined
    ]


def post_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return posts behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.session.title}·{one.name}",
            cells=(
                ("主办组织", one.session.org.name),
                ("日期", one.session.day.isoformat()),
                ("招募", f"{one.capacity}人"),
                ("报名", f"{one.taken}人"),
            ),
            url=reverse("volunteering:session", args=[one.session_id]),
        )
        for one in posts_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def _shown(moment: datetime) -> str:
    """Write a moment by the local clock."""
    return f"{moment.astimezone(TZ):%m-%d %H:%M}"


def _one(rows: QuerySet, key: str, value: Count | Min | Sum) -> Subquery:
    return Subquery(rows.values(key).annotate(found=value).values("found"))


def posts_planned(actor: Actor, titles: Sequence[str]) -> set[Planned]:
    """Return the posts that are out already under these titles, seen by the actor or not."""
    found: set[Planned] = set()
    wanted = list(dict.fromkeys(titles))
    for start in range(0, len(wanted), ASKED_AT_ONCE):
        rows = models.ServicePost.objects.filter(
            session__title__in=wanted[start : start + ASKED_AT_ONCE],
            session__state=models.Session.State.PUBLISHED,
        )
        found |= {
            Planned(*row)
            for row in rows.values_list(
                "session__org__code", "session__title", "session__place",
                "session__starts_at", "name",
            )
        }  # fmt: skip
    return found

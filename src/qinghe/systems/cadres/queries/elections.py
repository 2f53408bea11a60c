"""Elections and tenures in an actor's sight, and what of them waits."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate as local_today

from qinghe.edges.inbox import Item
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Post
from qinghe.systems.cadres import models, rules
from qinghe.systems.cadres.access import Act

from .terms import terms_on

Election = models.Election  # named here for the edges, which do not import models
ElectionState = models.Election.State
Elected = models.Elected


def elections_seen_by(actor: Actor) -> QuerySet[Election]:
    """Return the elections of the organisations at which this actor may look, the latest first."""
    reach = actors.within_reach(actor, Act.SEE)
    return Election.objects.filter(reach).select_related("org__parent", "recorded_by", "decided_by")


def electing_orgs(actor: Actor, act: Act) -> QuerySet[Org]:
    """Return the organisations that elect and are there today, in which the actor may do an act."""
    reached = actors.orgs_where(actor, act)
    return reached.filter(kind__in=sorted(rules.ELECTING), closed_on__isnull=True)


def orgs_below_approver(actor: Actor) -> QuerySet[Org]:
    """Return the organisations that elect and whose elections this actor approves."""
    above = actors.within_reach(actor, Act.APPROVE_ELECTION, path="parent__path")
    rows = Org.objects.filter(above, kind__in=sorted(rules.ELECTING), closed_on__isnull=True)
    return rows.select_related("parent")


def may_approve(actor: Actor, election: Election) -> bool:
    """Test if this actor answers for the organisation above, and did not record it themself."""
    above = election.org.parent
    return (
        above is not None
        and actor.person_id != election.recorded_by_id
        and actors.may(actor, Act.APPROVE_ELECTION, at=above)
    )


def tenures_seen_by(actor: Actor) -> QuerySet[Election]:
    """Return the tenures that run, of organisations that are there, the first to end first."""
    return elections_seen_by(actor).filter(_running()).order_by("term_ends_on", "pk")


def _running() -> Q:
    """Return what makes an election the tenure of its organisation today."""
    return Q(state=ElectionState.APPROVED, ended_on__isnull=True, org__closed_on__isnull=True)


def current_of(actor: Actor | str, orgs: Collection[int]) -> dict[int, Election]:
    """Return the tenure that runs at each of some organisations."""
    rows = Election.objects.filter(
        org__in=orgs, state=ElectionState.APPROVED, ended_on__isnull=True
    )
    return {one.org_id: one for one in rows}


def last_day_at(actor: Actor | str, org: Org) -> date | None:
    """Return the day of the last approved election of an organisation."""
    tenure = current_of(actor, [org.pk]).get(org.pk)
    return tenure.held_on if tenure else None


def elected_seen_by(actor: Actor) -> QuerySet[Elected]:
    """Return whom elections put into posts, as far as the actor may look."""
    rows = Elected.objects.filter(election__in=elections_seen_by(actor))
    return rows.select_related("election__org")


def elected_of(actor: Actor, election: Election) -> QuerySet[Elected]:
    """Return whom an election put into posts."""
    return Elected.objects.filter(election=election).select_related("person", "election__org")


def leaving_of(actor: Actor, election: Election) -> list[Post]:
    """Return the posts that end with an election."""
    rows = models.Leaving.objects.filter(election=election).select_related("post__person")
    return [one.post for one in rows]


def posts_at(actor: Actor | str, org: Org) -> QuerySet[Post]:
    """Return the posts that are held at an organisation today; not those of a secondment."""
    seconded = models.Secondment.objects.filter(host=org, post__isnull=False).values("post")
    held = Post.objects.filter(org=org, ends_on__isnull=True).exclude(pk__in=seconded)
    return held.select_related("person").order_by("starts_on", "pk")


def size_after(actor: Actor | str, election: Election) -> int:
    """Return how many sit on the committee when an election has taken effect, each once."""
    left = models.Leaving.objects.filter(election=election).values("post")
    staying = posts_at(actor, election.org).exclude(pk__in=left)
    people = set(staying.values_list("person", flat=True))
    people |= set(election.elected.values_list("person", flat=True))
    return len(people)


def tenures_due_for(actor: Actor) -> QuerySet[Election]:
    """Return the tenures that end soon or are over, at which this actor holds the election."""
    reach = actors.within_reach(actor, Act.HOLD_ELECTION)
    begun = Election.objects.filter(org=OuterRef("org"), state=ElectionState.WAITING)
    due = Election.objects.filter(_running(), reach, ~Exists(begun), warn_on__lte=local_today())
    return due.select_related("org__parent")


def elections_to_approve(actor: Actor) -> QuerySet[Election]:
    """Return what this actor, at the organisation above, is to answer."""
    reach = actors.within_reach(actor, Act.APPROVE_ELECTION, path="org__parent__path")
    waiting = Election.objects.filter(reach, state=ElectionState.WAITING)
    return waiting.exclude(recorded_by=actor.person_id).select_related("org__parent")


def due_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show tenures that end as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.org.name}：{one.term_ends_on.isoformat()}届满，请按期换届",
            org=one.org.parent.name if one.org.parent else "",
            url=reverse("cadres:tenure", args=[one.org_id]),
        )
        for one in tenures_due_for(actor).filter(pk__in=ids)
    ]


def approval_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show elections that wait for an answer as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{one.org.name}：{one.held_on.isoformat()}换届结果报批",
            org=one.org.name,
            url=reverse("cadres:election", args=[one.pk]),
        )
        for one in elections_to_approve(actor).filter(pk__in=ids)
    ]


def election_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return elections behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.org.name,
            cells=(
                ("选举日期", one.held_on.isoformat()),
                ("届满日期", one.term_ends_on.isoformat()),
                ("下届选举", one.ended_on.isoformat() if one.ended_on else "—"),
            ),
            url=reverse("cadres:election", args=[one.pk]),
        )
        for one in elections_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def unrecorded(actor: Actor, org: Org) -> QuerySet[Org]:
    """Return the organisations that elect and of which no tenure is on record."""
    tenures = Election.objects.filter(org=OuterRef("pk"), state=ElectionState.APPROVED)
    rows = electing_orgs(actor, Act.SEE).filter(~Exists(tenures), path__startswith=org.path)
    return rows.select_related("parent")


def begins_with(actor: Actor, org: Org, today: date) -> dict[str, object]:
    """Return what a form for an election begins with: today, the roll, the usual term (T-06)."""
    least, most = rules.years_allowed(
        kind=org.kind, sector=org.sector, terms=terms_on(actor, today)
    )
    usual = least if org.sector == Sector.SCHOOL and least == 1 else most
    on_roll = Membership.objects.filter(org=org, ends_on__isnull=True).count()
    return {"held_on": today, "entitled": on_roll or None, "years": usual}


def quorum_words(actor: Actor, day: date) -> str:
    """Say what an election needs to count."""
    terms = terms_on(actor, day)
    return (
        f"到会人数须超过应到的{terms.quorum_bottom}分之{terms.quorum_top}，"
        f"当选须得票超过实到人数的{terms.votes_percent}%；人数不足的不能登记。"
        "应到人数按名册预填，可以改正；设团员代表大会的填代表人数。"
    )

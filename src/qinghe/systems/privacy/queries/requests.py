"""Requests about one's own data: who answers, what waits, what keeps records from erasure."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access import queries as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.access.models import Holding
from qinghe.kernel.consent.models import Guardianship
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership, Person, Post
from qinghe.kernel.secrets import services as secrets
from qinghe.lib.verdicts import Refused
from qinghe.systems.privacy import models
from qinghe.systems.privacy.access import Act


def orgs_seen_by(actor: Actor) -> QuerySet[Org]:
    """Return the open organisations whose records this actor oversees, in the tree's order."""
    return actors.orgs_where(actor, Act.SEE).filter(closed_on__isnull=True).order_by("path")


def org_answering_for(actor: Actor, person: Person, on: date) -> Org:
    """Return the organisation that answers for a person's data: where they hold a role, else where
    they are on the roll, else the district. Raises Refused: unknown_org.
    """
    held = (
        access.holdings_on(on)
        .filter(person=person)
        .select_related("org")
        .order_by("starts_on", "pk")
        .last()
    )
    if held:
        return held.org
    beside = Guardianship.objects.filter(ward=person).select_related("org").first()
    if beside:
        return beside.org
    last = Membership.objects.filter(person=person).order_by("starts_on", "pk").last()
    found = last.org if last else Org.objects.filter(parent__isnull=True).order_by("pk").first()
    if found is None:
        raise Refused("unknown_org", "还没有可以受理申请的组织，没有提交；请稍后再试。")
    return found


def requests_seen_by(actor: Actor) -> QuerySet[models.Request]:
    """Return the requests that this actor may answer or oversee, those due first."""
    answering = actors.orgs_where(actor, Act.ANSWER)
    overseen = actors.orgs_where(actor, Act.SEE)
    return (
        models.Request.objects.filter(org__in=answering | overseen)
        .select_related("person", "org")
        .order_by("due_on", "pk")
    )


def requests_waiting_for(actor: Actor) -> QuerySet[models.Request]:
    """Return the open requests that this actor can answer; nobody answers their own."""
    return (
        models.Request.objects.filter(
            org__in=actors.orgs_where(actor, Act.ANSWER), state=models.Request.State.OPEN
        )
        .exclude(person_id=actor.person_id)
        .select_related("person", "org")
    )


def request_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show some of the waiting requests as lines of the inbox."""
    return [
        Item(
            pk=one.pk,
            title=f"{_name(actor, one)}：{one}",
            url=reverse("privacy:request", args=[one.pk]),
            org=one.org.name,
        )
        for one in requests_waiting_for(actor).filter(pk__in=ids)
    ]


def wish_of(actor: Actor, request: models.Request) -> str:
    """Return what a person asks for in their own words, opened for who may answer, or themself."""
    own = request.person_id == actor.person_id
    if not own and not actors.may(actor, Act.ANSWER, at=request.org):
        return ""
    return secrets.unseal(request.wish, about=secrets.place(request, "wish"))


def duties_to_keep(actor: Actor, person: Person, on: date) -> list[str]:
    """Return why a person's records must be kept for now (S-07): sentences without a full stop."""
    duties = []
    if Membership.objects.filter(person=person, ends_on__isnull=True).exists():
        duties.append("现为在册团员，团籍档案须保留，请先办理转出或离团")
    if Post.objects.filter(person=person, ends_on__isnull=True).exists():
        duties.append("现任团干部，任职档案须保留，请先办理离任")
    if _posts_with_rights(person, on).exists():
        duties.append("现任平台岗位，办理记录须可追溯，请先办理交接")
    return duties


def _posts_with_rights(person: Person, on: date) -> QuerySet[Holding]:
    return access.holdings_on(on).filter(person=person).exclude(role=Role.VOLUNTEER)


def _name(actor: Actor, one: models.Request) -> str:
    return levels.short_name(actor, one.person, at=one.org, on=timezone.localdate())

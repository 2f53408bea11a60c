"""Applications: seen, waiting, and what they may found where."""

from collections.abc import Sequence

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.urls import reverse

from qinghe.edges.inbox import Item, Step
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.kinds import AREAS, COMMITTEES, OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.systems.founding import models
from qinghe.systems.founding.access import Act

Application = models.Application
ApplicationState = models.Application.State
_REACH = "unit__org__path"


def applications_seen_by(actor: Actor) -> QuerySet[models.Application]:
    """Return the applications of units where this actor may look."""
    seen = actors.within_reach(actor, Act.SEE, path=_REACH)
    return models.Application.objects.filter(seen).select_related(
        "unit__org", "parent", "secretary", "applicant", "agreed_by", "decided_by", "founded"
    )


def applications_to_agree(actor: Actor) -> QuerySet[models.Application]:
    """Return what waits for the street and was not asked for by this actor."""
    return models.Application.objects.filter(
        actors.within_reach(actor, Act.AGREE, path=_REACH), state=ApplicationState.SUBMITTED
    ).exclude(applicant=actor.person_id)


def applications_to_approve(actor: Actor) -> QuerySet[models.Application]:
    """Return what waits for approval and was neither asked for nor agreed by this actor."""
    waiting = models.Application.objects.filter(
        actors.within_reach(actor, Act.APPROVE, path=_REACH), state=ApplicationState.AGREED
    )
    return waiting.exclude(Q(applicant=actor.person_id) | Q(agreed_by=actor.person_id))


def application_items(actor: Actor, ids: Sequence[int]) -> list[Item]:
    """Show applications as lines of the inbox; a street can agree right there."""
    found = applications_seen_by(actor).filter(pk__in=ids)
    return [
        Item(
            pk=one.pk,
            title=f"{one.unit.name}申请建立{one.get_kind_display()}",
            url=reverse("founding:application", args=[one.pk]),
            org=one.unit.org.name,
            steps=_steps(one),
        )
        for one in found
    ]


def _steps(one: models.Application) -> tuple[Step, ...]:
    if one.state != ApplicationState.SUBMITTED:
        return ()
    return (Step("同意", reverse("founding:agree", args=[one.pk])),)


def parents_for(actor: Actor, unit: models.Unit) -> QuerySet[Org]:
    """Return where a unit's organisation may stand: in its street, or under an industry committee.

    In its street that is the street and the communities with what leads there; an actor offers
    what lies in reach, and the industry committees always.
    """
    lies = Q(path__startswith=unit.org.path)
    over = Org.objects.annotate(begins=StrIndex(Value(unit.org.path), F("path"))).filter(begins=1)
    streets = over.filter(kind__in=[OrgKind.STREET, OrgKind.COMMUNITY])
    there = (lies | Q(pk__in=streets.values("pk")) | Q(parent__in=streets.values("pk"))) & Q(
        kind__in=sorted(AREAS | COMMITTEES | {OrgKind.GENERAL_BRANCH})
    )
    industry = Q(kind=OrgKind.INDUSTRY_WORKING_COMMITTEE)
    may = actor.person_id > 0
    return (
        Org.objects.filter(there | industry, closed_on__isnull=True) if may else Org.objects.none()
    )


def issuer(actor: Actor) -> str:
    """Return in whose name an application is approved: the district's committee, as it is called."""
    committees = Org.objects.filter(kind=OrgKind.DISTRICT_COMMITTEE, closed_on__isnull=True)
    found = committees.order_by("pk").first() or orgs.root()
    return found.name if found else ""


def application_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return applications behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.name,
            cells=(
                ("单位", one.unit.name),
                ("申请日期", one.asked_on.isoformat()),
                ("状态", one.get_state_display()),
            ),
            url=reverse("founding:application", args=[one.pk]),
        )
        for one in applications_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]

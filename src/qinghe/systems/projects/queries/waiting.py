"""What waits for somebody, and the records behind figures as lines."""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.inbox import Item, Step
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.projects import models
from qinghe.systems.projects.access import Act

from .seen import OFF, PartState, ProjectState, parts_seen_by, projects_seen_by


def offers_waiting_for(actor: Actor) -> QuerySet[models.Part]:
    """Return the parts that this actor's organisation was given and has not answered."""
    mine = actors.within_reach(actor, Act.CARRY)
    return models.Part.objects.filter(
        mine, state=PartState.OFFERED, project__state=ProjectState.RUNNING
    )


def parts_to_accept(actor: Actor) -> QuerySet[models.Part]:
    """Return what was handed in to this actor's organisation: nothing that they handed in themselves."""
    mine = actors.within_reach(actor, Act.LEAD, path="above__path")
    found = models.Part.objects.filter(
        mine, state=PartState.SUBMITTED, project__state=ProjectState.RUNNING
    )
    return found.exclude(submitted_by=actor.person_id)


def milestones_waiting_for(actor: Actor) -> QuerySet[models.Milestone]:
    """Return the milestones of this actor's organisation whose day has come."""
    mine = actors.within_reach(actor, Act.CARRY)
    return models.Milestone.objects.filter(
        mine,
        done_on__isnull=True,
        due_on__lte=timezone.localdate(),
        project__state=ProjectState.RUNNING,
    ).exclude(part__state__in=OFF)  # what nobody does any more has nothing to reach


def offer_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show parts that were given as lines of the inbox."""
    rows = offers_waiting_for(actor).filter(pk__in=keys).select_related("project", "org")
    return [
        Item(
            one.pk,
            f"{one.project.title}：{one.title}",
            reverse("projects:part", args=[one.pk]),
            one.org.name,
            (Step("承接", reverse("projects:part_take", args=[one.pk])),),
        )
        for one in rows
    ]


def accepting_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show parts that were handed in as lines of the inbox."""
    rows = parts_to_accept(actor).filter(pk__in=keys).select_related("project", "org")
    return [
        Item(
            one.pk,
            f"{one.project.title}：{one.title}",
            reverse("projects:part", args=[one.pk]),
            one.org.name,
        )
        for one in rows
    ]


def milestone_items(actor: Actor, keys: Sequence[int]) -> list[Item]:
    """Show milestones whose day has come as lines of the inbox."""
    rows = milestones_waiting_for(actor).filter(pk__in=keys).select_related("project", "org")
    return [
        Item(
            one.pk,
            f"{one.project.title}：{one.title}",
            reverse("projects:project", args=[one.project_id]),
            one.org.name,
            (Step("记为达到", reverse("projects:milestone_reach", args=[one.pk])),),
        )
        for one in rows
    ]


def project_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return projects behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.title,
            cells=(
                ("牵头单位", one.org.name),
                ("立项日期", one.founded_on.isoformat() if one.founded_on else "—"),
                ("状态", one.get_state_display()),
            ),
            url=reverse("projects:project", args=[one.pk]),
        )
        for one in projects_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def part_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return parts behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.project.title}：{one.title}",
            cells=(
                ("承接单位", one.org.name),
                ("完成日期", one.due_on.isoformat()),
                ("状态", one.get_state_display()),
            ),
            url=reverse("projects:part", args=[one.pk]),
        )
        for one in parts_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]

"""Drives: what was brought, what is in stock, what went where."""

from collections.abc import Sequence

from django.db.models import Exists, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.systems.resources import models
from qinghe.systems.resources.access import Act

Delivery = models.Delivery  # named here for the edges, which do not import models
Donation = models.Donation
Drive = models.Drive
Room = models.Room
DonationState = models.Donation.State
DriveState = models.Drive.State
RoomState = models.Room.State


def drives_seen_by(actor: Actor) -> QuerySet[models.Drive]:
    """Return the drives this actor may see: their own organisations', and those held above them."""
    return (
        models.Drive.objects.filter(Exists(actors.reached(actor, Act.SEE, under="org__path")))
        .select_related("org")
        .annotate(collected=Coalesce(Sum("donations__accepted"), 0))
    )


def donations_seen_by(actor: Actor) -> QuerySet[models.Donation]:
    """Return the donations taken where this actor may look, newest first."""
    seen = actors.orgs_where(actor, Act.SEE)
    return models.Donation.objects.filter(org__in=seen).select_related("org", "drive__org")


def donations_of(actor: Actor, drive: models.Drive) -> QuerySet[models.Donation]:
    """Return the donations of one drive, as far as this actor may look."""
    return donations_seen_by(actor).filter(drive=drive)


def rooms_seen_by(actor: Actor) -> QuerySet[models.Room]:
    """Return the reading rooms this actor may see, with how much has come to each."""
    return (
        models.Room.objects.filter(org__in=actors.orgs_where(actor, Act.SEE))
        .select_related("org")
        .annotate(sent=Coalesce(Sum("deliveries__quantity"), 0))
    )


def deliveries_of(actor: Actor, *, drive: models.Drive) -> QuerySet[models.Delivery]:
    """Return what a drive has sent, newest first."""
    return _deliveries(actor).filter(drive=drive)


def delivery_of(actor: Actor) -> QuerySet[models.Delivery]:
    """Return the deliveries of which this actor may see the room or the drive."""
    return _deliveries(actor)


def _deliveries(actor: Actor) -> QuerySet[models.Delivery]:
    seen = actors.orgs_where(actor, Act.SEE)
    return models.Delivery.objects.filter(drive__org__in=seen).select_related("drive__org", "room")


def donation_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return donations behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.drive.title}：入库{one.accepted or 0}{one.drive.unit}",
            cells=(
                ("接收单位", one.org.name),
                ("验收日期", one.decided_on.isoformat() if one.decided_on else ""),
            ),
            url=reverse("resources:donation", args=[one.pk]),
        )
        for one in donations_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def room_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return reading rooms behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.name,
            cells=(
                ("所在地", one.place),
                ("建成日期", one.built_on.isoformat() if one.built_on else ""),
                ("状态", one.get_state_display()),
            ),
            url=reverse("resources:room", args=[one.pk]),
        )
        for one in rooms_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]

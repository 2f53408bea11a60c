"""Who studies abroad and stays on the roll, in an actor's sight."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.transfers import models
from qinghe.systems.transfers.access import Act

AbroadStay = models.AbroadStay


def stays_seen_by(actor: Actor) -> QuerySet[models.AbroadStay]:
    """Return the stays abroad of the members where this actor may look, the latest first."""
    mine = actors.within_reach(actor, Act.SEE)
    return models.AbroadStay.objects.filter(mine).select_related("person", "org")


def stay_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return stays abroad behind a check as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"出国（境）学习：{one.place}",
            cells=(("团籍保留在", one.org.name), ("保留团籍至", one.until.isoformat())),
            url=reverse("transfers:stay", args=[one.pk]),
        )
        for one in stays_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def is_abroad(actor: Actor, person: Person) -> bool:
    """Test if somebody is abroad and stays on the old roll."""
    return models.AbroadStay.objects.filter(person=person, returned_on__isnull=True).exists()


def abroad(actor: Actor, *, person: str = "person") -> Exists:
    """Tell of each row's person if they are abroad."""
    open_stays = models.AbroadStay.objects.filter(returned_on__isnull=True)
    return Exists(open_stays.filter(person=OuterRef(person)))

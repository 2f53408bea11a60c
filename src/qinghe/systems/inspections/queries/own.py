"""What inspections tell somebody about themself."""

from django.db.models import Q
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.inspections import models

from .findings import rectifications_seen_by
from .visits import visits_seen_by


def about_person(actor: Actor, person: Person) -> list[Line]:
    """Return a person's visits, and what they put right or looked at again (S-07).

    To themself all of it, without a way to a page where they held a post and hold it no more; to
    others what they may see.
    """
    visits, attempts = visits_seen_by(actor), rectifications_seen_by(actor)
    if actor.person_id == person.pk:
        visits = models.Visit.objects.select_related("point")
        attempts = models.Rectification.objects.all()
    theirs = attempts.filter(Q(done_by=person) | Q(checked_by=person)).select_related("finding")
    seen = set(
        visits_seen_by(actor).filter(inspector=person).order_by().values_list("pk", flat=True)
    )
    return [
        *(_visit_line(one, seen=seen) for one in visits.filter(inspector=person).order_by("-day")),
        *(_attempt_line(one, person) for one in theirs.order_by("-pk")),
    ]


def _visit_line(one: models.Visit, *, seen: set[int]) -> Line:
    return Line(
        pk=one.pk,
        title=f"巡查{one.point.name}",
        cells=(("日期", one.day.isoformat()), ("状态", one.get_state_display())),
        url=reverse("inspections:visit", args=[one.pk]) if one.pk in seen else "",
    )


def _attempt_line(one: models.Rectification, person: Person) -> Line:
    what = "整改" if one.done_by_id == person.pk else "复查"
    return Line(
        pk=one.pk,
        title=f"{what}{one.finding.words}",
        cells=(
            ("日期", local_day(one.done_at).isoformat()),
            ("结果", one.get_state_display()),
        ),
        url="",
    )

"""团青比 of graduating classes: classes in sight, ratios of places, the ceilings (T-15)."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Membership
from qinghe.systems.joining import models, rules
from qinghe.systems.joining.access import Act, NumberAct

GraduatingClass = models.GraduatingClass
RatioCeiling = models.RatioCeiling
Stage = models.Stage


def classes_seen_by(actor: Actor) -> QuerySet:
    """Return the graduating classes in sight, each with its members of today."""
    found = GraduatingClass.objects.filter(actors.within_reach(actor, Act.SEE))
    return _with_members(found).select_related("org__parent")


def all_ceilings(actor: Actor) -> QuerySet[models.RatioCeiling]:
    """Return all ceilings, the newest first."""
    return RatioCeiling.objects.all()


def ceilings_on(actor: Actor, day: date) -> dict[str, models.RatioCeiling]:
    """Return by stage the ceiling that holds on a day."""
    held = RatioCeiling.objects.filter(starts_on__lte=day).order_by("starts_on")
    return {one.stage: one for one in held}


def ratio_at(actor: Actor, org: Org, *, on: date) -> rules.Ratio | None:
    """Return the ratio that one more member of a branch weighs on; nothing unless it graduates.

    All graduating classes of one stage under one committee weigh together.
    """
    going = GraduatingClass.objects.filter(starts_on__lte=on, ends_on__gt=on)
    mine = going.filter(org=org).first()
    if mine is None:
        return None
    beside = going.filter(stage=mine.stage).filter(Q(org__parent=org.parent_id) | Q(pk=mine.pk))
    counted = list(_with_members(beside).values_list("members", "students").order_by())
    return _ratio(counted, ceiling=ceilings_on(actor, on).get(mine.stage))


def ratios_below(actor: Actor, orgs: Iterable[Org], *, on: date) -> dict[int, list[str]]:
    """Return by organisation what the ratios of all below it are, in words; three questions in all."""
    places = list(orgs)
    ceilings = ceilings_on(actor, on)
    going = GraduatingClass.objects.filter(
        actors.within_reach(actor, NumberAct.SEE), starts_on__lte=on, ends_on__gt=on
    )
    rows = list(
        _with_members(going).values_list("stage", "org__path", "members", "students").order_by()
    )
    told: dict[int, list[str]] = {}
    for place in places:
        for stage in Stage:
            some = [
                (members, students)
                for of_stage, path, members, students in rows
                if of_stage == stage and path.startswith(place.path)
            ]
            if some:
                ratio = _ratio(some, ceiling=ceilings.get(stage))
                told.setdefault(place.pk, []).append(f"{stage.label}{ratio.words}")
    return told


def _with_members(found: QuerySet[models.GraduatingClass]) -> QuerySet:
    there = Membership.objects.filter(org=OuterRef("org"), ends_on__isnull=True).order_by()
    counted = there.values("org").annotate(number=Count("pk")).values("number")
    return found.annotate(members=Coalesce(Subquery(counted, output_field=IntegerField()), 0))


def _ratio(rows: Iterable[tuple[int, int]], *, ceiling: models.RatioCeiling | None) -> rules.Ratio:
    """Add members and students up."""
    members, students = (sum(each) for each in zip(*rows, strict=True))
    return rules.Ratio(
        members=members,
        students=students,
        per_mille=ceiling.per_mille if ceiling else None,
        is_hard=bool(ceiling and ceiling.is_hard),
    )


def class_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return graduating classes behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=f"{one.org.name}：{one}",
            cells=(("学生数", str(one.students)), ("今天在册团员", str(one.members))),
            url=reverse("joining:class", args=[one.pk]),
        )
        for one in classes_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]

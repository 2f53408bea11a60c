"""What organisations carry, for who carries it, who stands above and who presses."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeAlias

from django.db.models import (
    DateField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
)
from django.db.models.functions import Coalesce
from django.urls import reverse

from qinghe.edges.inbox import Item as Waiting
from qinghe.edges.system import Line
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.systems.targets import models
from qinghe.systems.targets.access import Act, Charging
from qinghe.systems.targets.models import Charge, LightSpan, Progress
from qinghe.systems.targets.rules.pace import Light, Point

from . import holders

ProgressState = Progress.State  # named here for the edges, which do not import models
ProgressKind = Progress.Kind
Shining = LightSpan.Shining
Rung = models.LadderStep.Rung
Slip: TypeAlias = models.Slip
Item: TypeAlias = models.Item
Lights: TypeAlias = dict[tuple[int, int], Light]


def charges_seen_by(actor: Actor) -> QuerySet[Charge]:
    """Return what organisations carry in this actor's sight, with its light of today."""
    rows = _in_sight(actor).select_related("item__task_list", "org", "above", "share")
    return _with_lights(rows)


def _with_lights(rows: QuerySet[Charge]) -> QuerySet[Charge]:
    """Add to charges what they shine in, since when, and by when they are due: the first first."""
    return rows.annotate(
        now=FilteredRelation("lights", condition=Q(lights__ended_on__isnull=True)),
        light=F("now__light"),
        lit_on=F("now__since"),
        due_on=Coalesce("item__due_on", "item__task_list__ends_on", output_field=DateField()),
    ).order_by("due_on", "pk")


def live(actor: Actor, rows: QuerySet[Charge]) -> QuerySet[Charge]:
    """Keep what is on a list in force, was not dropped and is not led by another now."""
    return rows.filter(
        item__task_list__state=models.TaskList.State.PUBLISHED, item__dropped_on__isnull=True
    ).exclude(models.LED_BEFORE)


def paused_on(actor: Actor, rows: QuerySet[Charge], day: date) -> QuerySet[Charge]:
    """Keep what is not watched on a day."""
    running = models.Pause.objects.filter(
        charge=OuterRef("pk"), ended_on__isnull=True, starts_on__lte=day, until__gte=day
    )
    return rows.filter(Exists(running))


def lights_of(actor: Actor, *, items: Iterable[int]) -> Lights:
    """Return what items shine in today at each organisation that carries them: one question."""
    rows = LightSpan.objects.filter(
        _sight(actor, "charge__"), ended_on__isnull=True, charge__item__in=list(items)
    )
    return {
        (item, org): Light(light)
        for item, org, light in rows.values_list("charge__item_id", "charge__org_id", "light")
    }


def progress_seen_by(actor: Actor) -> QuerySet[Progress]:
    """Return what was told of charges; drafts only to those who carry them."""
    mine = holders.told_by(actor, org="charge__org")
    seen = Q(charge__in=_in_sight(actor)) & ~Q(state=ProgressState.DRAFT)
    return Progress.objects.filter(seen | mine).select_related(
        "charge__item__task_list", "charge__org", "charge__above", "charge__share", "filed_by"
    )


def slips_seen_by(actor: Actor) -> QuerySet[Slip]:
    """Return the papers that press charges in sight."""
    return Slip.objects.filter(charge__in=_in_sight(actor)).select_related(
        "charge__item__task_list", "charge__org", "charge__share", "issuer", "issued_by"
    )


def spans_seen_by(actor: Actor) -> QuerySet[LightSpan]:
    """Return how charges in sight shone, and when."""
    return LightSpan.objects.filter(charge__in=_in_sight(actor)).select_related(
        "charge__item", "charge__org"
    )


def _in_sight(actor: Actor) -> QuerySet[Charge]:
    return Charge.objects.filter(_sight(actor))


def _sight(actor: Actor, charge: str = "") -> Q:
    """Return the condition of charges in sight: who accepts one sees it wherever it has moved."""
    carried = f"{charge}org__path"
    return (
        actors.within_reach(actor, Act.SEE, path=carried)
        | actors.within_reach(actor, Act.CARRY, path=carried)
        | actors.within_reach(actor, Charging.ACCEPT, path=f"{charge}above__path")
    )


def red_on(actor: Actor, org: Org, *, day: date) -> QuerySet[LightSpan]:
    """Return what of an organisation's lists shone red at the end of a day, the longest first."""
    shone = Q(since__lte=day) & (Q(ended_on__isnull=True) | Q(ended_on__gt=day))
    reds = spans_seen_by(actor).filter(shone, light=Shining.RED, charge__item__task_list__org=org)
    return reds.select_related("charge__item__task_list", "charge__org").order_by("since", "pk")


def followed_lights(actor: Actor, items: Iterable[int]) -> dict[int, tuple[Light, bool]]:
    """Return of items the worst light of all who carry them, and whether all are struck off."""
    keys, worst = list(items), [Light.NONE, Light.GREEN, Light.YELLOW, Light.RED]
    lights = lights_of(actor, items=keys)
    found: dict[int, tuple[Light, bool]] = {}
    rows = _in_sight(actor).filter(item__in=keys).exclude(models.LED_BEFORE)
    for item, org, struck in rows.values_list("item_id", "org_id", "struck_on"):
        light, all_struck = found.get(item, (Light.NONE, True))
        now = lights.get((item, org), Light.NONE)
        found[item] = (max(light, now, key=worst.index), all_struck and struck is not None)
    return found


def charges_to_tell(actor: Actor) -> QuerySet[Charge]:
    """Return what this actor's organisation should tell the progress of."""
    mine = holders.told_by(actor)
    return Charge.objects.filter(mine, asked_on__isnull=False)


def progress_to_accept(actor: Actor) -> QuerySet[Progress]:
    """Return what waits for this actor's yes or no: nothing that they told themselves."""
    mine = actors.within_reach(actor, Charging.ACCEPT, path="charge__above__path")
    waiting = Progress.objects.filter(mine, state=ProgressState.SUBMITTED)
    return waiting.exclude(filed_by=actor.person_id)


def red_charges_of(actor: Actor) -> QuerySet[LightSpan]:
    """Return what shines red at this actor's own organisation."""
    mine = holders.told_by(actor, org="charge__org")
    return LightSpan.objects.filter(mine, light=Shining.RED, ended_on__isnull=True)


def telling_items(actor: Actor, keys: Sequence[int]) -> list[Waiting]:
    """Return charges as lines of the inbox."""
    rows = charges_to_tell(actor).filter(pk__in=keys).select_related("item", "org")
    return [
        Waiting(
            one.pk, one.item.title, reverse("targets:progress_new", args=[one.pk]), one.org.name
        )
        for one in rows
    ]


def accepting_items(actor: Actor, keys: Sequence[int]) -> list[Waiting]:
    """Return what was told as lines of the inbox."""
    rows = progress_to_accept(actor).filter(pk__in=keys)
    return [
        Waiting(
            one.pk,
            f"{one.get_kind_display()}：{one.charge.item.title}",
            reverse("targets:progress", args=[one.pk]),
            one.charge.org.name,
        )
        for one in rows.select_related("charge__item", "charge__org")
    ]


def red_items(actor: Actor, keys: Sequence[int]) -> list[Waiting]:
    """Return what shines red as lines of the inbox."""
    rows = red_charges_of(actor).filter(pk__in=keys).select_related("charge__item", "charge__org")
    return [
        Waiting(
            one.pk,
            one.charge.item.title,
            reverse("targets:charge", args=[one.charge_id]),
            one.charge.org.name,
        )
        for one in rows
    ]


def charge_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return charges behind a figure as lines, as far as the actor may see them."""
    rows = charges_seen_by(actor).filter(pk__in=ids).order_by("pk")
    return [
        Line(
            pk=one.pk,
            title=one.item.title,
            cells=(("责任单位", one.org.name), ("时限", one.course().due.isoformat())),
            url=reverse("targets:charge", args=[one.pk]),
        )
        for one in rows
    ]


def span_lines(actor: Actor, ids: Sequence[int]) -> list[Line]:
    """Return red lights behind a figure as lines, as far as the actor may see them."""
    return [
        Line(
            pk=one.pk,
            title=one.charge.item.title,
            cells=(("责任单位", one.charge.org.name), ("亮灯日期", one.since.isoformat())),
            url=reverse("targets:charge", args=[one.charge_id]),
        )
        for one in spans_seen_by(actor).filter(pk__in=ids).order_by("pk")
    ]


def stepped(actor: Actor, rows: QuerySet[Charge], rung: str) -> QuerySet[Charge]:
    """Keep charges for which a step was taken of the light, or the end, that they have today."""
    of = F("due_on") if rung == Rung.SOON else F("now__since")
    taken = models.LadderStep.objects.filter(
        charge=OuterRef("pk"), rung=rung, of=OuterRef("of_day")
    )
    return rows.annotate(of_day=of).filter(Exists(taken))


def is_paused(actor: Actor, charge: Charge, day: date) -> bool:
    """Test if a charge is not watched on a day."""
    return paused_on(actor, Charge.objects.filter(pk=charge.pk), day).exists()


def points_of(actor: Actor, item: models.Item) -> list[Point]:
    """Return the milestones of an item, the first first."""
    return marks_of(actor, [item.pk])[item.pk]


def marks_of(actor: Actor, items: Iterable[int]) -> dict[int, list[Point]]:
    """Return the milestones of many items, the first first, with one question."""
    keys = list(items)
    found: dict[int, list[Point]] = {key: [] for key in keys}
    if actor.person_id:
        rows = models.Milestone.objects.filter(item__in=keys).order_by("day")
        for item, day, percent in rows.values_list("item_id", "day", "percent"):
            found[item].append(Point(day, percent))
    return found

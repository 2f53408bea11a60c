"""Lists of work as boards: streets by lists in their lights; one list as a chart over time."""

from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web import gantt as charts
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.targets import queries
from qinghe.systems.targets.access import Act
from qinghe.systems.targets.queries import Item, TaskList
from qinghe.systems.targets.queries import charges as carried
from qinghe.systems.targets.queries.charges import Charge, Shining
from qinghe.systems.targets.rules.pace import LIGHTS, Light

from .charge_tables import LIGHT_TONES
from .lists import found_list, url_of

STRUCK = pages.Tag("已销号", pages.Tone.GOOD)
DARK = pages.Tag("不亮灯", pages.Tone.PLAIN)


@require_safe
def lights(request: Request) -> HttpResponse:
    """Show how the lists in force shine at the chosen organisation and at each right below it."""
    doors.require_anywhere(request.actor, Act.SEE, Act.CARRY)
    return pages.page(
        request,
        "targets/lights.html",
        title="亮灯总览",
        board=queries.light_map(request.actor, org=request.scope.org),
        back=pages.Link("督办清单", reverse("targets:charges")),
    )


@require_safe
def gantt(request: Request, task_list_id: int) -> HttpResponse:
    """Show a list over time: its items in their order, or what each organisation carries of it."""
    found = found_list(request, task_list_id)
    today = local_day(timezone.now())
    by_org = request.GET.get("by") == "org"
    bars = _by_org(request, found) if by_org else _by_item(request, found)
    here = reverse("targets:gantt", args=[found.pk])
    other = pages.Action("按任务", here) if by_org else pages.Action("按单位", f"{here}?by=org")
    return pages.page(
        request,
        "web/gantt.html",
        title=f"{found.title}：甘特图",
        gantt=charts.chart(bars, today=today),
        actions=[other],
        back=pages.Link(found.title, url_of(found)),
    )


def _by_item(request: Request, found: TaskList) -> list[charts.Task]:
    items = [one for one in queries.items_of(request.actor, found) if one.dropped_on is None]
    lit = carried.followed_lights(request.actor, [one.pk for one in items])
    marks = carried.marks_of(request.actor, [one.pk for one in items])
    return [
        charts.Task(
            title=f"{one.number} {one.title}",
            **_days(found, one),
            url=reverse(
                "targets:item_progress" if one.pk in lit else "targets:item", args=[one.pk]
            ),
            who=one.lead.name if one.lead else "",
            state=_tag(lit[one.pk][0], is_struck=lit[one.pk][1]) if one.pk in lit else None,
            depth=one.level - 1,
            marks=[charts.Mark(point.day, f"应完成{point.percent}%") for point in marks[one.pk]],
        )
        for one in items
    ]


def _by_org(request: Request, found: TaskList) -> list[charts.Task]:
    """Return under each organisation's name what it carries itself."""
    orgs = [found.org, *queries.standing_below(request.actor, found.org)]
    rows = carried.live(request.actor, carried.charges_seen_by(request.actor))
    of_org: dict[int, list[Charge]] = {}
    for charge in rows.filter(item__task_list=found, org__in=orgs).order_by("item__path"):
        of_org.setdefault(charge.org_id, []).append(charge)
    bars = []
    for org in orgs:
        carries = of_org.get(org.pk, [])
        if carries:
            bars.append(charts.Task(title=org.name))
        bars += [_charge_bar(charge) for charge in carries]
    return bars


def _charge_bar(charge: Charge) -> charts.Task:
    course = charge.course()
    light = Light(charge.light) if charge.light else Light.NONE
    return charts.Task(
        title=f"{charge.item.number} {charge.item.title}",
        starts_on=course.start,
        ends_on=course.due,
        url=reverse("targets:charge", args=[charge.pk]),
        state=_tag(light, is_struck=charge.struck_on is not None),
        depth=1,
    )


def _days(found: TaskList, one: Item) -> dict[str, date]:
    due = one.due_on or found.ends_on
    return {"starts_on": min(one.starts_on or found.starts_on, due), "ends_on": due}


def _tag(light: Light, *, is_struck: bool) -> pages.Tag:
    if is_struck:
        return STRUCK
    return DARK if light is Light.NONE else pages.Tag(LIGHTS[light], LIGHT_TONES[Shining(light)])

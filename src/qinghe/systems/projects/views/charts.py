"""Projects as charts over time: one with its parts, or all that run."""

from collections.abc import Sequence
from datetime import date

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web import gantt as charts
from qinghe.edges.web.requests import Request
from qinghe.lib.periods import local_day
from qinghe.systems.projects import queries
from qinghe.systems.projects.access import Act
from qinghe.systems.projects.queries import OFF, JointProject, Part, PartState, ProjectState

from .projects import TITLE, back_to, found_project, url_of
from .tables import TONES


@require_safe
def gantt(request: Request, joint_project_id: int) -> HttpResponse:
    """Show a project as a chart over time: itself, its parts, their pieces."""
    found = found_project(request, joint_project_id)
    today = local_day(timezone.now())
    marks: dict[int | None, list[charts.Mark]] = {}
    for one in queries.milestones_seen_by(request.actor).filter(project=found).order_by("due_on"):
        mark = charts.Mark(one.due_on, one.title, is_done=one.done_on is not None)
        marks.setdefault(one.part_id, []).append(mark)
    parts = [one for one in queries.parts_of(request.actor, found) if one.state not in OFF]
    rows = [
        _bar(found, marks.get(None, ())),
        *[_part_bar(one, marks.get(one.pk, ()), today=today) for one in parts],
    ]
    return pages.page(
        request,
        "web/gantt.html",
        title=f"{found.title}：甘特图",
        gantt=charts.chart(rows, today=today),
        back=back_to(found),
    )


@require_safe
def gantt_all(request: Request) -> HttpResponse:
    """Show all projects in sight that are planned or run, on one line of time."""
    doors.require_anywhere(request.actor, Act.SEE)
    rows = queries.projects_seen_by(request.actor).filter(
        state__in=[ProjectState.DRAFT, ProjectState.RUNNING]
    )
    bars = [_bar(one, ()) for one in rows.order_by("starts_on", "pk")]
    return pages.page(
        request,
        "web/gantt.html",
        title="统筹项目：甘特图",
        gantt=charts.chart(bars, today=local_day(timezone.now())),
        back=pages.Link(TITLE, reverse("projects:projects")),
    )


def _bar(found: JointProject, marks: Sequence[charts.Mark]) -> charts.Task:
    state = ProjectState(found.state)
    return charts.Task(
        title=found.title,
        starts_on=found.starts_on,
        ends_on=found.ends_on,
        url=url_of(found),
        who=found.org.name,
        state=pages.Tag(state.label, TONES[state]),
        marks=marks,
    )


def _part_bar(one: Part, marks: Sequence[charts.Mark], *, today: date) -> charts.Task:
    state = PartState(one.state)
    is_late = state in (PartState.OFFERED, PartState.TAKEN) and one.due_on < today
    tag = pages.Tag(f"{state.label}，已超期", pages.Tone.LATE) if is_late else None
    return charts.Task(
        title=one.title,
        starts_on=one.starts_on,
        ends_on=one.due_on,
        url=reverse("projects:part", args=[one.pk]),
        who=one.org.name,
        state=tag or pages.Tag(state.label, TONES[state]),
        depth=1 if one.parent_id is None else 2,
        marks=marks,
    )

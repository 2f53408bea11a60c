"""The calendar: a month by its days, appointments with what clashes, milestones."""

from datetime import date, timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import levels
from qinghe.lib import periods
from qinghe.lib.periods import TZ, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.projects import forms, queries, services
from qinghe.systems.projects.access import Act
from qinghe.systems.projects.queries import Event, JointProject, Milestone, Part

from .projects import back_to, found_project, may_plan, named_part, plans_in, url_of

TITLE = "项目日程"


@require_safe
def calendar(request: Request) -> HttpResponse:
    """Show a month of the chosen organisation with all below it, or of one project."""
    doors.require_anywhere(request.actor, Act.SEE)
    key = request.GET.get("project", "")
    found = found_project(request, int(key)) if key.isdecimal() else None
    month = queries.calendar(
        request.actor,
        first=_first(request.GET.get("month", ""), today=local_day(timezone.now())),
        org=request.scope.org,
        project=found,
    )
    return pages.page(
        request,
        "projects/calendar.html",
        title=f"{found.title}：日程" if found else TITLE,
        month=month,
        kept=f"&project={found.pk}" if found else "",
        whose=found.org.name if found else f"{request.scope.org.name}及下级",
        actions=_calendar_actions(request, found),
        back=back_to(found) if found else None,
    )


def _calendar_actions(request: Request, found: JointProject | None) -> list[pages.Action]:
    if found is None:
        return [pages.Action("统筹项目", reverse("projects:projects"))]
    if found.is_over or not plans_in(request, found):
        return []
    return [pages.Action("排日程", reverse("projects:event_new", args=[found.pk]), primary=True)]


def _first(name: str, *, today: date) -> date:
    """Return the first day of the month that an address names, or of this one."""
    try:
        return periods.parse(name.replace("-", "M")).start
    except Refused:
        return today.replace(day=1)


@require_safe
def event(request: Request, project_event_id: int) -> HttpResponse:
    """Show one appointment with all that clashes with it."""
    found = _found_event(request, project_event_id)
    starts, ends = found.starts_at.astimezone(TZ), found.ends_at.astimezone(TZ)
    told = queries.clashes_of(request.actor, [found]).get(found.pk, [])
    clashing = "；".join(f"{one.label}：{one.other}" for one in told)
    attending = found.attending.select_related("person").order_by("pk")
    today = local_day(timezone.now())
    people = [
        levels.full_name(request.actor, one.person, at=found.org, on=today) for one in attending
    ]
    is_off = found.cancelled_on is not None
    actions = []
    if (
        not is_off
        and not found.project.is_over
        and may_plan(request.actor, found.project, found.part)
    ):
        actions = [pages.Action("取消日程", reverse("projects:event_cancel", args=[found.pk]))]
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag("已取消") if is_off else pages.Tag("已排", pages.Tone.INFO),
        facts=[
            ("项目", pages.Link(found.project.title, url_of(found.project))),
            ("单位", found.org.name),
            ("时间", f"{starts:%Y-%m-%d %H:%M} 至 {ends:%H:%M}"),
            ("地点", found.place),
            ("参加人员", "、".join(people) or "—"),
            ("与其他安排", "—" if is_off else clashing or "没有冲突"),
            ("协调情况", found.settled or "—"),
            ("取消原因", found.reason or "—"),
        ],
        actions=actions,
        back=pages.Link(TITLE, f"{reverse('projects:calendar')}?month={starts:%Y-%m}"),
    )


def event_new(request: Request, joint_project_id: int) -> HttpResponse:
    """Put an appointment into the calendar."""
    found = found_project(request, joint_project_id)
    part = _part_to_plan(request, found)
    morning = timezone.localtime().replace(hour=9, minute=0) + timedelta(days=7)
    initial = {"part": part, "starts_at": morning, "ends_at": morning + timedelta(hours=2)}
    form = forms.EventForm(
        request.POST or None, initial=initial, actor=request.actor, project=found
    )

    def do() -> str:
        made = services.enter_event(new=form.as_new(), at=timezone.now(), by=request.actor)
        return reverse("projects:event", args=[made.pk])

    return pages.act_page(
        request,
        title=f"排日程：{found.title}",
        form=form,
        do=do,
        submit="排入",
        note="保存时与全区所有项目的日程比对：同一人、同一地点的时间重叠要先协调。",
        back=back_to(found),
    )


def event_cancel(request: Request, project_event_id: int) -> HttpResponse:
    """Call an appointment off."""
    found = _found_event(request, project_event_id)
    if not may_plan(request.actor, found.project, found.part):
        raise doors.closed()
    return pages.reason_page(
        request,
        title=f"取消日程：{found.title}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.cancel_event(
            event=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="取消日程",
        back=pages.Link(found.title, reverse("projects:event", args=[found.pk])),
    )


def milestone_new(request: Request, joint_project_id: int) -> HttpResponse:
    """Say what must be reached by when."""
    found = found_project(request, joint_project_id)
    part = _part_to_plan(request, found)
    form = forms.MilestoneForm(
        request.POST or None, initial={"part": part}, actor=request.actor, project=found
    )

    def do() -> str:
        services.set_milestone(
            project=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return url_of(found)

    return pages.act_page(
        request,
        title=f"设定节点：{found.title}",
        form=form,
        do=do,
        note="到了日期还没有记为达到的，在所属单位的待办里提醒。",
        back=back_to(found),
    )


@require_POST
def milestone_reach(request: Request, project_milestone_id: int) -> HttpResponse:
    """Say that a milestone is reached."""
    found = _found_milestone(request, project_milestone_id)
    services.reach_milestone(milestone=found, at=timezone.now(), by=request.actor)
    return redirect(url_of(found.project))


@require_POST
def milestone_drop(request: Request, project_milestone_id: int) -> HttpResponse:
    """Take a milestone back."""
    found = _found_milestone(request, project_milestone_id)
    services.drop_milestone(milestone=found, at=timezone.now(), by=request.actor)
    return redirect(url_of(found.project))


def _part_to_plan(request: Request, found: JointProject) -> Part | None:
    """Return the part that the address names, for who plans for it; with none, for any: the service asks."""
    part = named_part(request, found, by="part")
    if not (may_plan(request.actor, found, part) if part else plans_in(request, found)):
        raise doors.closed()
    return part


def _found_event(request: Request, project_event_id: int) -> Event:
    return get_object_or_404(queries.events_seen_by(request.actor), pk=project_event_id)


def _found_milestone(request: Request, project_milestone_id: int) -> Milestone:
    return get_object_or_404(queries.milestones_seen_by(request.actor), pk=project_milestone_id)

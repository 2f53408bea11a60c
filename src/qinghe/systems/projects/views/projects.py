"""A project: the ledger, its page, what is done to it, its closing report."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages, tables, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day, months_after
from qinghe.systems.projects import forms, indicators, queries, services
from qinghe.systems.projects.access import Act
from qinghe.systems.projects.queries import JointProject, Part, ProjectState

from . import documents
from .tables import TONES, EventTable, MeansTable, PartTable, ProjectTable

TITLE = "统筹项目"
FIRST = 20
LONG_MONTHS = 6


def projects(request: Request) -> HttpResponseBase:
    """List the projects in sight."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if actors.may_anywhere(request.actor, Act.LEAD):
        actions.append(pages.Action("新建项目", reverse("projects:project_new"), primary=True))
    return pages.list_page(
        request,
        title=TITLE,
        table=ProjectTable,
        rows=queries.with_counts(request.actor, queries.projects_seen_by(request.actor)),
        filterset=forms.ProjectFilter,
        actions=[
            *actions,
            pages.Action("甘特图", reverse("projects:gantt_all")),
            pages.Action("项目日程", reverse("projects:calendar")),
            pages.Action("数据", reverse("projects:board")),
        ],
    )


def board(request: Request) -> HttpResponse:
    """Show the figures of projects of the chosen organisation and of those right below it."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    codes = [one.code for one in indicators.INDICATORS]
    return pages.board_page(
        request,
        title="项目统筹",
        codes=codes,
        actions=[pages.Action(TITLE, reverse("projects:projects"))],
    )


def project_new(request: Request) -> HttpResponse:
    """Propose a project."""
    doors.require_anywhere(request.actor, Act.LEAD)
    today = local_day(timezone.now())
    initial = {
        "org": request.scope.org.code,
        "starts_on": today,
        "ends_on": months_after(today, months=LONG_MONTHS),
    }
    form = forms.ProjectForm(request.POST or None, initial=initial, actor=request.actor)
    return pages.act_page(
        request,
        title="新建项目",
        form=form,
        do=lambda: url_of(
            services.propose_project(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        note="保存后是筹划中，只有本单位和上级看得到；安排好分工和资源再立项。",
        back=pages.Link(TITLE, reverse("projects:projects")),
    )


@require_safe
def project(request: Request, joint_project_id: int) -> HttpResponse:
    """Show one project: its parts, means, milestones and appointments."""
    found = found_project(request, joint_project_id)
    state = ProjectState(found.state)
    is_running = state == ProjectState.RUNNING
    milestones = queries.milestones_seen_by(request.actor).filter(project=found)
    events = queries.events_seen_by(request.actor).filter(project=found).order_by("starts_at")
    return pages.page(
        request,
        "projects/project.html",
        title=found.title,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("牵头单位", found.org.name),
            ("目标", found.aim),
            ("起止", f"{found.starts_on.isoformat()} 至 {found.ends_on.isoformat()}"),
            ("立项日期", found.founded_on.isoformat() if found.founded_on else "—"),
            ("结项或终止日期", found.ended_on.isoformat() if found.ended_on else "—"),
            ("结项总结", found.summary or "—"),
            ("终止原因", found.reason or "—"),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "分工",
                tables.short(PartTable, queries.parts_of(request.actor, found)),
                empty="还没有安排分工",
            ),
            pages.Related(
                "资源",
                tables.short(
                    MeansTable, queries.means_seen_by(request.actor).filter(project=found)
                ),
                note="经费按元",
                empty="还没有登记资源",
            ),
            pages.Related(
                "日程",
                tables.short(EventTable, events[:FIRST]),
                url=f"{reverse('projects:calendar')}?project={found.pk}",
                empty="还没有排日程",
            ),
        ],
        milestones=[
            (one, is_running and one.done_on is None and may_plan(request.actor, found, one.part))
            for one in milestones.order_by("due_on", "pk")
        ],
        timeline=timeline.of(found, reader=request.actor),
        back=pages.Link(TITLE, reverse("projects:projects")),
    )


def _actions(request: Request, found: JointProject) -> list[pages.Action]:
    key = [found.pk]
    chart = pages.Action("甘特图", reverse("projects:gantt", args=key))
    if found.is_over:
        closed = found.state == ProjectState.CLOSED
        paper = pages.Action("下载结项报告", reverse("projects:report", args=key), primary=True)
        return [paper, chart] if closed else [chart]
    plan = [
        pages.Action("设定节点", reverse("projects:milestone_new", args=key)),
        pages.Action("排日程", reverse("projects:event_new", args=key)),
    ]
    if not actors.may(request.actor, Act.LEAD, at=found.org):
        return [*(plan if plans_in(request, found) else []), chart]
    return [*_steps(found), *plan, chart, pages.Action("终止", _to("project_cancel", found))]


def _steps(found: JointProject) -> list[pages.Action]:
    """Return what its leader does next, the most likely first."""
    give = [
        pages.Action("安排分工", _to("part_new", found)),
        pages.Action("登记资源", _to("means_new", found)),
    ]
    if found.state == ProjectState.DRAFT:
        ask = "立项后各承接单位看得到项目和分工，确定立项吗？"
        start = pages.Action("立项", _to("project_start", found), primary=True, post=True, ask=ask)
        return [start, *give, pages.Action("更正", _to("project_change", found))]
    return [
        *give,
        pages.Action("结项", _to("project_close", found)),
        pages.Action("延期", _to("project_extend", found)),
    ]


def project_change(request: Request, joint_project_id: int) -> HttpResponse:
    """Correct a draft."""
    found = led_project(request, joint_project_id)
    names = ("title", "aim", "starts_on", "ends_on")
    said = {name: getattr(found, name) for name in names} | {"org": found.org.code}
    form = forms.ProjectForm(request.POST or None, initial=said, actor=request.actor)
    return pages.act_page(
        request,
        title=f"更正{found.title}",
        form=form,
        do=lambda: url_of(
            services.change_project(
                project=found, new=form.as_new(), at=timezone.now(), by=request.actor
            )
        ),
        back=back_to(found),
    )


@require_POST
def project_start(request: Request, joint_project_id: int) -> HttpResponse:
    """Found a project."""
    found = found_project(request, joint_project_id)
    services.start_project(project=found, at=timezone.now(), by=request.actor)
    return redirect(url_of(found))


def project_extend(request: Request, joint_project_id: int) -> HttpResponse:
    """Let a project last longer."""
    found = led_project(request, joint_project_id)
    form = forms.ExtendForm(request.POST or None)

    def do() -> str:
        services.extend_project(
            project=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return url_of(found)

    return pages.act_page(
        request, title=f"延期：{found.title}", form=form, do=do, submit="延期", back=back_to(found)
    )


def project_close(request: Request, joint_project_id: int) -> HttpResponse:
    """Close a project with its summary."""
    found = led_project(request, joint_project_id)
    form = forms.CloseForm(request.POST or None)

    def do() -> str:
        services.close_project(
            project=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return url_of(found)

    return pages.act_page(
        request,
        title=f"结项：{found.title}",
        form=form,
        do=do,
        submit="结项",
        note="所有分工验收后才能结项；结项后不再改动，可下载结项报告。",
        back=back_to(found),
    )


def project_cancel(request: Request, joint_project_id: int) -> HttpResponse:
    """Break a project off."""
    found = led_project(request, joint_project_id)
    return pages.reason_page(
        request,
        title=f"终止{found.title}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.cancel_project(
            project=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定终止",
        note="终止后不再改动，已办的分工、资源和日程保留可查。",
        back=back_to(found),
    )


def means_new(request: Request, joint_project_id: int) -> HttpResponse:
    """Enter what a project has to work with."""
    found = led_project(request, joint_project_id)
    form = forms.MeansForm(request.POST or None)

    def do() -> str:
        services.add_means(project=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return url_of(found)

    return pages.act_page(
        request, title=f"登记资源：{found.title}", form=form, do=do, back=back_to(found)
    )


@require_safe
def report(request: Request, joint_project_id: int) -> HttpResponse:
    """Send the closing report as a document."""
    found = found_project(request, joint_project_id)
    return documents.closing_report(request.actor, found)


def found_project(request: Request, joint_project_id: int) -> JointProject:
    """Return a project in sight, else there is no such page."""
    return get_object_or_404(queries.projects_seen_by(request.actor), pk=joint_project_id)


def led_project(request: Request, joint_project_id: int) -> JointProject:
    """Return a project that the reader leads; one in sight that they do not is refused."""
    found = found_project(request, joint_project_id)
    actors.require(request.actor, Act.LEAD, at=found.org)
    return found


def named_part(request: Request, found: JointProject, *, by: str) -> Part | None:
    """Return the part that the address names, if it does; one that is not in sight is not there."""
    key = request.GET.get(by, "")
    if not key.isdecimal():
        return None
    rows = queries.parts_seen_by(request.actor).filter(project=found)
    return get_object_or_404(rows, pk=int(key))


def may_plan(actor: Actor, found: JointProject, part: Part | None) -> bool:
    """Test if somebody plans for a project, or for one of its parts."""
    if part is None:
        return actors.may(actor, Act.LEAD, at=found.org)
    return actors.may(actor, Act.LEAD, at=part.above) or actors.may(actor, Act.CARRY, at=part.org)


def plans_in(request: Request, found: JointProject) -> bool:
    """Test if the reader plans for a project, or for any of its parts."""
    parts = queries.parts_of(request.actor, found)
    return any(may_plan(request.actor, found, one) for one in (None, *parts))


def url_of(found: JointProject) -> str:
    """Return a project's address."""
    return reverse("projects:project", args=[found.pk])


def back_to(found: JointProject) -> pages.Link:
    """Return the way back to a project."""
    return pages.Link(found.title, url_of(found))


def _to(name: str, found: JointProject) -> str:
    return reverse(f"projects:{name}", args=[found.pk])

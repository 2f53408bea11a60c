"""Programmes with their courses; the lecturers of a team."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.training import forms, queries, services
from qinghe.systems.training.access import Act
from qinghe.systems.training.queries import Lecturer, Programme, ProgrammeKind

from .tables import CourseTable, LecturerTable, LectureTable, ProgrammeTable

FIRST = 20


def programmes(request: Request) -> HttpResponseBase:
    """Show the programmes of the actor's organisations and of those above them."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.RUN, at=request.scope.org):
        url = reverse("training:programme_new")
        actions.append(pages.Action("设立培训项目", url, primary=True))
    return pages.list_page(
        request,
        title="培训项目",
        table=ProgrammeTable,
        rows=queries.programmes_seen_by(request.actor),
        actions=actions,
    )


def programme(request: Request, programme_id: int) -> HttpResponse:
    """Show one programme, its courses and, of a team, its lecturers."""
    found = _found(request, programme_id)
    related = []
    if found.kind == ProgrammeKind.TEAM:
        there = queries.lecturers_of(request.actor, found).filter(left_on__isnull=True)
        related.append(
            pages.Related("讲师", tables.short(LecturerTable, there[:FIRST]), empty="还没有讲师")
        )
    taught = queries.courses_of(request.actor, found)
    related.append(
        pages.Related("课程", tables.short(CourseTable, taught[:FIRST]), empty="还没有课程")
    )
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag("已结束") if found.ended_on else pages.Tag("进行中", pages.Tone.GOOD),
        facts=[
            ("编号", found.code),
            ("类别", found.get_kind_display()),
            ("管理单位", found.org.name),
            ("设立日期", found.opened_on.isoformat()),
            ("结束日期", found.ended_on.isoformat() if found.ended_on else "—"),
            ("说明", found.about or "—"),
        ],
        actions=_actions(request, found),
        related=related,
        back=pages.Link("培训项目", reverse("training:programmes")),
    )


def programme_new(request: Request) -> HttpResponse:
    """Set up a programme."""
    actors.require(request.actor, Act.RUN, at=request.scope.org)
    form = forms.ProgrammeForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="设立培训项目",
        form=form,
        do=lambda: _url(
            services.open_programme(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link("培训项目", reverse("training:programmes")),
    )


def programme_end(request: Request, programme_id: int) -> HttpResponse:
    """End a programme."""
    found = _found(request, programme_id)
    actors.require(request.actor, Act.RUN, at=found.org)
    return pages.reason_page(
        request,
        title=f"结束{found.title}",
        note="结束后不能再新增班次、期次和预约；已经安排的照常进行。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.end_programme(
            programme=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定结束",
        back=_back(found),
    )


def course_new(request: Request, programme_id: int) -> HttpResponse:
    """Add a course."""
    found = _found(request, programme_id)
    actors.require(request.actor, Act.RUN, at=found.org)
    form = forms.CourseForm(request.POST or None)

    def do() -> str:
        services.add_course(new=form.as_new(found), at=timezone.now(), by=request.actor)
        return _url(found)

    return pages.act_page(
        request, title=f"登记课程：{found.title}", form=form, do=do, back=_back(found)
    )


def lecturers(request: Request) -> HttpResponseBase:
    """Show the lecturers of the chosen organisation's teams and of all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.lecturers_seen_by(request.actor)
    return pages.list_page(
        request,
        title="讲师",
        table=LecturerTable,
        rows=rows.filter(team__org__path__startswith=request.scope.org.path),
        actions=[pages.Action("培训项目", reverse("training:programmes"))],
        sheet="training.lecturers",
    )


def lecturer(request: Request, lecturer_id: int) -> HttpResponse:
    """Show one lecturer's record: what they gave, and how hosts found it."""
    found = _lecturer(request, lecturer_id)
    gave = queries.lectures_seen_by(request.actor).filter(lecturer=found)
    stars = found.stars  # type: ignore[attr-defined]
    actions = []
    if not found.left_on and actors.may(request.actor, Act.SEND, at=found.team.org):
        url = reverse("training:lecturer_leave", args=[found.pk])
        actions.append(pages.Action("办理离队", url))
    return pages.record_page(
        request,
        title=queries.full_name_of(request.actor, found, on=timezone.localdate()),
        record=found,
        state=pages.Tag("已离队") if found.left_on else pages.Tag("在队", pages.Tone.GOOD),
        facts=[
            ("讲师队", pages.Link(found.team.title, _url(found.team))),
            ("擅长领域", found.subjects),
            ("派出单位", found.sender),
            ("入队日期", found.joined_on.isoformat()),
            ("离队日期", found.left_on.isoformat() if found.left_on else "—"),
            ("已宣讲", f"{found.given}场"),  # type: ignore[attr-defined]
            ("平均星级", "—" if stars is None else f"{stars:.1f}"),
        ],
        actions=actions,
        related=[
            pages.Related(
                "派课和评价", tables.short(LectureTable, gave[:FIRST]), empty="还没有派课"
            )
        ],
        back=pages.Link("讲师", reverse("training:lecturers")),
    )


def lecturer_new(request: Request, programme_id: int) -> HttpResponse:
    """Take a lecturer into a team."""
    found = _found(request, programme_id)
    actors.require(request.actor, Act.SEND, at=found.org)
    form = forms.LecturerForm(
        request.POST or None, initial={"joined_on": timezone.localdate()}, actor=request.actor
    )
    return pages.act_page(
        request,
        title=f"登记讲师：{found.title}",
        form=form,
        do=lambda: reverse(
            "training:lecturer",
            args=[
                services.take_in_lecturer(
                    new=form.as_new(found), at=timezone.now(), by=request.actor
                ).pk
            ],
        ),
        back=_back(found),
    )


def lecturer_leave(request: Request, lecturer_id: int) -> HttpResponse:
    """Let a lecturer go."""
    found = _lecturer(request, lecturer_id)
    actors.require(request.actor, Act.SEND, at=found.team.org)
    return pages.reason_page(
        request,
        title="办理离队",
        note="离队后不再派课，宣讲记录和评价保留。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.let_go_lecturer(
            lecturer=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定离队",
        back=pages.Link("讲师", reverse("training:lecturer", args=[found.pk])),
    )


def _found(request: Request, programme_id: int) -> Programme:
    return get_object_or_404(queries.programmes_seen_by(request.actor), pk=programme_id)


def _lecturer(request: Request, lecturer_id: int) -> Lecturer:
    return get_object_or_404(queries.lecturers_seen_by(request.actor), pk=lecturer_id)


def _url(found: Programme) -> str:
    return reverse("training:programme", args=[found.pk])


def _back(found: Programme) -> pages.Link:
    return pages.Link(found.title, _url(found))


def _actions(request: Request, found: Programme) -> list[pages.Action]:
    if found.ended_on:
        return []
    key, actions = [found.pk], []
    if found.kind == ProgrammeKind.TEAM and actors.may(request.actor, Act.SEND, at=found.org):
        url = reverse("training:lecturer_new", args=key)
        actions.append(pages.Action("登记讲师", url, primary=True))
    if actors.may(request.actor, Act.RUN, at=found.org):
        actions.append(pages.Action("登记课程", reverse("training:course_new", args=key)))
        actions.append(pages.Action("结束", reverse("training:programme_end", args=key)))
    return actions

"""Volunteers: list, record, application, approval, refusal, withdrawal."""

from typing import cast

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, search, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import State, TeamMember, Volunteer, VolunteerState

from .cells import CarriedTable, CreditHours
from .feedback import EvaluationTable
from .sessions import ATTENDANCE_TONES, FIRST, written

TONES: dict[str, pages.Tone] = {
    VolunteerState.APPLIED: pages.Tone.WAIT,
    VolunteerState.REGISTERED: pages.Tone.GOOD,
    VolunteerState.REFUSED: pages.Tone.LATE,
    VolunteerState.WITHDRAWN: pages.Tone.PLAIN,
}


class VolunteerTable(Table):
    """Volunteers, names masked."""

    number = Column("志愿者编号", linkify=("volunteering:volunteer", [A("pk")]))
    name = columns.MaskedName(verbose_name="姓名", accessor="person__name")
    org = Column("主组织", accessor="org__name", order_by="org__path")
    registered_on = columns.Day(verbose_name="注册日期")
    state = columns.State(verbose_name="状态", labels=dict(VolunteerState.choices), tones=TONES)


class ServiceTable(Table):
    """What one volunteer did."""

    title = Column(
        "活动",
        accessor="session__title",
        linkify=("volunteering:attendance", [A("pk")]),
    )
    day = columns.Day(verbose_name="日期", accessor="session__day")
    org = Column("主办组织", accessor="session__org__name")
    minutes = columns.Number(verbose_name="分钟")
    state = columns.State(verbose_name="状态", labels=dict(State.choices), tones=ATTENDANCE_TONES)


class MembershipTable(Table):
    """In which teams one volunteer is or was."""

    team = Column("队伍", accessor="team__name", linkify=("volunteering:team", [A("team_id")]))
    joined_on = columns.Day(verbose_name="加入日期")
    left_on = columns.Day(verbose_name="离队日期")
    state = Column("状态", accessor="get_state_display")


class LearntTable(Table):
    """What one volunteer earned at trainings."""

    title = Column("培训", accessor="training__title")
    kind = Column("类别", accessor="training__get_kind_display")
    day = columns.Day(verbose_name="结业日期", accessor="training__day")
    quarters = CreditHours("学时")
    reason = Column("取消原因")


class HonourTable(Table):
    """The stars that one volunteer was given."""

    star = Column("星级", linkify=("volunteering:star_case", [A("pk")]))
    issued_on = columns.Day(verbose_name="认定日期")
    state = Column("状态", accessor="get_state_display", orderable=False)


def volunteers(request: Request) -> HttpResponseBase:
    """Show the volunteers of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.REGISTER, at=request.scope.org):
        url = reverse("volunteering:volunteer_new")
        actions.append(pages.Action("登记志愿者", url, primary=True))
    return pages.list_page(
        request,
        title="志愿者",
        table=VolunteerTable,
        rows=queries.volunteers_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.VolunteerFilter,
        actions=[*actions, *_bulk(request)],
        sheet="volunteering.volunteers",
    )


def volunteer(request: Request, volunteer_id: int) -> HttpResponse:
    """Show one volunteer and what they did lately."""
    found = _found(request, volunteer_id)
    state = VolunteerState(found.state)
    served = queries.attendances_seen_by(request.actor).filter(volunteer=found)
    return pages.record_page(
        request,
        title=levels.short_name(request.actor, found.person, at=found.org, on=timezone.localdate()),
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("志愿者编号", found.number),
            ("人员", _person(request, found)),
            ("主组织", found.org.name),
            ("申请日期", found.applied_on.isoformat()),
            ("注册日期", written(found.registered_on)),
            ("退出日期", written(found.withdrawn_on)),
            (
                "监护人同意日期",
                written(found.guardian_agreed_on),
            ),
            *_beside(request, found),
            *_said(request, found),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "最近的服务", tables.short(ServiceTable, served[:FIRST]), empty="还没有服务记录"
            ),
            *_groups(request, found),
        ],
        back=pages.Link("志愿者", reverse("volunteering:volunteers")),
    )


def _beside(request: Request, found: Volunteer) -> list[tuple[str, pages.Cell]]:
    """Say that somebody is a child who serves beside a guardian, to those who may know it (V-21)."""
    if found.beside_until is None or not levels.may_see(
        request.actor, levels.Level.CHILD, at=found.org
    ):
        return []
    return [("随监护人服务", f"至{found.beside_until.isoformat()}前，由监护人报名、同行签到")]


def volunteer_new(request: Request) -> HttpResponse:
    """Enter an application."""
    actors.require(request.actor, Act.REGISTER, at=request.scope.org)
    initial = {"org": request.scope.org.code}
    form = forms.VolunteerForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.register_volunteer(
                new=form.as_new(), at=timezone.now(), by=request.actor
            )
            return redirect("volunteering:volunteer", made.pk)
    return pages.form_page(
        request,
        title="登记志愿者",
        form=form,
        groups=[
            ("人员", ["person_number", "name", "sex", "birth_date", "guardian_agreed_on"]),
            ("注册", ["number", "org"]),
        ],
        submit="提交申请",
        back=pages.Link("志愿者", reverse("volunteering:volunteers")),
        draft="volunteering.volunteer_new",
    )


@require_POST
def volunteer_approve(request: Request, volunteer_id: int) -> HttpResponse:
    """Put an applicant on the roll."""
    found = _found(request, volunteer_id)
    services.approve_volunteer(volunteer=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:volunteer", found.pk)


def volunteer_refuse(request: Request, volunteer_id: int) -> HttpResponse:
    """Turn an application down."""
    found = _to_approve(request, volunteer_id)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="不予通过",
        submit="确定不通过",
        back=_back(found),
        then=lambda reason: services.refuse_volunteer(
            volunteer=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def volunteer_withdraw(request: Request, volunteer_id: int) -> HttpResponse:
    """Take a volunteer off the roll."""
    found = _to_approve(request, volunteer_id)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="办理退出",
        note="退出后不再计入注册志愿者总数，已有的服务记录保留。",
        submit="确定退出",
        back=_back(found),
        then=lambda reason: services.withdraw_volunteer(
            volunteer=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def _bulk(request: Request) -> list[pages.Bulk]:
    if not actors.may(request.actor, Act.APPROVE_VOLUNTEER, at=request.scope.org):
        return []
    return [
        pages.Bulk(
            "approve",
            "通过所选申请",
            lambda found: services.approve_volunteer(
                volunteer=cast(queries.Volunteer, found), at=timezone.now(), by=request.actor
            ),
            ask="通过所选志愿者的注册申请？",
            primary=True,
        )
    ]


def _person(request: Request, found: Volunteer) -> pages.Cell:
    number = found.person.number
    if found.state not in (VolunteerState.APPLIED, VolunteerState.REGISTERED):
        return number
    url = search.person_url(request.actor, found.person, at=found.org)
    return pages.Link(number, url) if url else number


def _found(request: Request, volunteer_id: int) -> Volunteer:
    return get_object_or_404(queries.volunteers_seen_by(request.actor), pk=volunteer_id)


def _groups(request: Request, found: Volunteer) -> list[pages.Related]:
    """Return the groups of a volunteer's record beside service (V-03); a new group is one more here."""
    honours = queries.cases_seen_by(request.actor).filter(volunteer=found, issued_on__isnull=False)
    said = queries.evaluations_seen_by(request.actor).filter(attendance__volunteer=found)
    return [
        pages.Related(
            "队伍",
            tables.short(MembershipTable, _memberships(request, found)),
            empty="还没有加入队伍",
        ),
        pages.Related(
            "培训学时",
            tables.short(LearntTable, queries.credits_about(request.actor, found)),
            empty="还没有培训学时",
        ),
        pages.Related(
            "表彰奖励", tables.short(HonourTable, honours[:FIRST]), empty="还没有表彰奖励"
        ),
        pages.Related(
            "其他平台的时长（分开记录）",
            tables.short(CarriedTable, queries.carried_to(request.actor, found)[:FIRST]),
            empty="没有转入的时长",
        ),
        pages.Related("评价", tables.short(EvaluationTable, said[:FIRST]), empty="还没有评价"),
    ]


def _said(request: Request, found: Volunteer) -> list[tuple[str, pages.Cell]]:
    """Return what they say of themself: skills and service intention belong to the record."""
    profile = queries.profile_of(request.actor, found)
    if profile is None:
        return []
    told = queries.written(request.actor, profile)
    return [
        ("技能", told.skills),
        ("空闲时间", told.free_times),
        ("语言", told.languages),
        ("意向社区", told.places),
        ("单位或学校", profile.unit),
    ]


def _to_approve(request: Request, volunteer_id: int) -> Volunteer:
    found = _found(request, volunteer_id)
    actors.require(request.actor, Act.APPROVE_VOLUNTEER, at=found.org)
    return found


def _back(found: Volunteer) -> pages.Link:
    url = reverse("volunteering:volunteer", args=[found.pk])
    return pages.Link(found.number, url)


def _actions(request: Request, found: Volunteer) -> list[pages.Action]:
    if not actors.may(request.actor, Act.APPROVE_VOLUNTEER, at=found.org):
        return []
    key = [found.pk]
    if found.state == VolunteerState.APPLIED:
        return [
            pages.Action(
                "通过", reverse("volunteering:volunteer_approve", args=key), primary=True, post=True
            ),
            pages.Action("不通过", reverse("volunteering:volunteer_refuse", args=key)),
        ]
    if found.state == VolunteerState.REGISTERED:
        return [pages.Action("退出", reverse("volunteering:volunteer_withdraw", args=key))]
    return []


def _memberships(request: Request, found: Volunteer) -> QuerySet[TeamMember]:
    return queries.members_seen_by(request.actor).filter(volunteer=found)

"""Bodies, their units and who stands for them; the numbers that hold for sittings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import local_day
from qinghe.systems.meetings import forms, queries, services
from qinghe.systems.meetings.access import Act
from qinghe.systems.meetings.queries import Body, MemberUnit

from .tables import BodyTable, RepresentativeTable, SittingTable, UnitTable

TITLE, TERMS = "会议机构", "会议参数"
FIRST = 40


def bodies(request: Request) -> HttpResponse:
    """Show the bodies in sight."""
    doors.require_anywhere(request.actor, Act.SEE, Act.ANSWER)
    actions = []
    if actors.may_anywhere(request.actor, Act.RUN):
        actions = [
            pages.Action("登记会议机构", reverse("meetings:body_new"), primary=True),
            pages.Action(TERMS, reverse("meetings:terms")),
        ]
    return pages.list_page(
        request,
        title=TITLE,
        table=BodyTable,
        rows=queries.bodies_with_counts(request.actor),
        actions=actions,
    )


def body(request: Request, body_id: int) -> HttpResponse:
    """Show one body, its units, who stands for them, and its sittings."""
    found = _found(request, body_id)
    sittings = queries.sittings_seen_by(request.actor).filter(body=found)
    related = []
    if not found.is_above:
        related = [
            pages.Related(
                "成员单位",
                tables.short(UnitTable, queries.units_of(request.actor, found)),
                empty="还没有登记成员单位",
            ),
            pages.Related(
                "代表和联络员",
                tables.short(RepresentativeTable, queries.representatives_of(request.actor, found)),
                empty="还没有登记代表",
            ),
        ]
    related.append(
        pages.Related("会议", tables.short(SittingTable, sittings[:FIRST]), empty="还没有会议")
    )
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag("已撤销") if found.ended_on else pages.Tag("运行中", pages.Tone.GOOD),
        facts=[
            ("类别", found.get_kind_display()),
            ("登记单位" if found.is_above else "办公室所在单位", found.org.name),
            ("青年工作委员会", found.committee.name if found.committee else "—"),
            ("总召集人", found.convener or "—"),
            ("办公室设在", found.office or "—"),
            ("建立日期", found.founded_on.isoformat()),
            ("撤销日期", found.ended_on.isoformat() if found.ended_on else "—"),
        ],
        actions=_actions(request, found),
        related=related,
        back=pages.Link(TITLE, reverse("meetings:bodies")),
    )


def body_new(request: Request) -> HttpResponse:
    """Enter a body."""
    doors.require_anywhere(request.actor, Act.RUN)
    form = forms.BodyForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="登记会议机构",
        form=form,
        do=lambda: _url(
            services.found_body(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link(TITLE, reverse("meetings:bodies")),
    )


def body_convener(request: Request, body_id: int) -> HttpResponse:
    """Say who convenes a body now."""
    found = _found(request, body_id)
    actors.require(request.actor, Act.RUN, at=found.org)
    initial = {"convener": found.convener, "office": found.office}
    form = forms.ConvenerForm(request.POST or None, initial=initial)
    return pages.act_page(
        request,
        title=f"更换{found.name}总召集人",
        form=form,
        do=lambda: _url(
            services.change_convener(
                body=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        back=_back(found),
    )


def body_end(request: Request, body_id: int) -> HttpResponse:
    """End a body."""
    found = _found(request, body_id)
    actors.require(request.actor, Act.REGISTER if found.is_above else Act.RUN, at=found.org)
    return pages.reason_page(
        request,
        title=f"撤销{found.name}",
        note="会议、纪要和议定事项都保留。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.end_body(
            body=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤销",
        back=_back(found),
    )


def unit_new(request: Request, body_id: int) -> HttpResponse:
    """Take a unit into a body."""
    found = _found(request, body_id)
    actors.require(request.actor, Act.RUN, at=found.org)
    form = forms.UnitForm(request.POST or None, actor=request.actor)
    return pages.act_page(
        request,
        title=f"登记成员单位：{found.name}",
        form=form,
        do=lambda: _unit_url(
            services.admit_unit(body=found, new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=_back(found),
    )


def unit(request: Request, member_unit_id: int) -> HttpResponse:
    """Show one unit and who has stood for it."""
    found = _unit(request, member_unit_id)
    actions = []
    if found.left_on is None and actors.may(request.actor, Act.RUN, at=found.body.org):
        key = [found.pk]
        actions = [
            pages.Action(
                "登记代表", reverse("meetings:representative_new", args=key), primary=True
            ),
            pages.Action("办理退出", reverse("meetings:unit_leave", args=key)),
        ]
    people = queries.representatives_of(request.actor, found.body).filter(member=found)
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag("已退出") if found.left_on else pages.Tag("成员单位", pages.Tone.GOOD),
        facts=[
            ("会议机构", pages.Link(found.body.name, _url(found.body))),
            ("平台内组织", found.unit.name if found.unit else "外单位，没有账号"),
            ("加入日期", found.joined_on.isoformat()),
            ("退出日期", found.left_on.isoformat() if found.left_on else "—"),
        ],
        actions=actions,
        related=[
            pages.Related(
                "代表和联络员",
                tables.short(RepresentativeTable, people),
                empty="还没有登记代表",
            )
        ],
        back=_back(found.body),
    )


def unit_leave(request: Request, member_unit_id: int) -> HttpResponse:
    """Let a unit leave."""
    found = _unit(request, member_unit_id)
    actors.require(request.actor, Act.RUN, at=found.body.org)
    return pages.reason_page(
        request,
        title=f"办理{found.name}退出",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.release_unit(
            member=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定退出",
        back=pages.Link(found.name, _unit_url(found)),
    )


def representative_new(request: Request, member_unit_id: int) -> HttpResponse:
    """Name who stands for a unit."""
    found = _unit(request, member_unit_id)
    actors.require(request.actor, Act.RUN, at=found.body.org)
    initial = {"starts_on": timezone.localdate()}
    form = forms.RepresentativeForm(request.POST or None, initial=initial)

    def do() -> str:
        services.name_representative(
            member=found, new=form.as_new(), at=timezone.now(), by=request.actor
        )
        return _unit_url(found)

    return pages.act_page(
        request,
        title=f"登记{found.name}的代表",
        form=form,
        do=do,
        back=pages.Link(found.name, _unit_url(found)),
    )


@require_safe
def terms(request: Request) -> HttpResponse:
    """Show all terms, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if doors.may_for_the_house(request.actor, Act.SET):
        actions = [pages.Action("调整参数", reverse("meetings:terms_new"), primary=True)]
    held = queries.terms_on(request.actor, local_day(timezone.now()))
    every = list(queries.all_terms(request.actor))
    labels = forms.TermsForm()
    return pages.page(
        request,
        "meetings/terms.html",
        title=TERMS,
        rows=[
            (
                one,
                one is held or one.pk == held.pk,
                [(labels[name].label, getattr(one, name)) for name in queries.TERM_NUMBERS],
            )
            for one in (every if held.pk else [*every, held])
        ],
        actions=actions,
        back=pages.Link(TITLE, reverse("meetings:bodies")),
    )


def terms_new(request: Request) -> HttpResponse:
    """Set numbers from a coming day on."""
    if not doors.may_for_the_house(request.actor, Act.SET):
        raise doors.closed()
    held = queries.terms_on(request.actor, local_day(timezone.now()))
    initial = {name: getattr(held, name) for name in queries.TERM_NUMBERS}
    form = forms.TermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("meetings:terms")

    return pages.act_page(
        request,
        title="调整会议参数",
        form=form,
        do=do,
        note="到会要求按开会当天的参数；已经开过的会不受影响。",
        back=pages.Link(TERMS, reverse("meetings:terms")),
    )


def _found(request: Request, body_id: int) -> Body:
    return get_object_or_404(queries.bodies_seen_by(request.actor), pk=body_id)


def _unit(request: Request, member_unit_id: int) -> MemberUnit:
    return get_object_or_404(queries.units_in_sight(request.actor), pk=member_unit_id)


def _url(found: Body) -> str:
    return reverse("meetings:body", args=[found.pk])


def _unit_url(found: MemberUnit) -> str:
    return reverse("meetings:unit", args=[found.pk])


def _back(found: Body) -> pages.Link:
    return pages.Link(found.name, _url(found))


def _actions(request: Request, found: Body) -> list[pages.Action]:
    key = [found.pk]
    act = Act.REGISTER if found.is_above else Act.RUN
    if found.ended_on or not actors.may(request.actor, act, at=found.org):
        return []
    if found.is_above:
        return [
            pages.Action("登记上会议题", reverse("meetings:above_new"), primary=True),
            pages.Action("撤销", reverse("meetings:body_end", args=key)),
        ]
    return [
        pages.Action("登记成员单位", reverse("meetings:unit_new", args=key), primary=True),
        pages.Action("导入成员单位", reverse("sheets:sheet", args=["meetings", "units"])),
        pages.Action("更换总召集人", reverse("meetings:body_convener", args=key)),
        pages.Action("筹备会议", f"{reverse('meetings:sitting_new')}?body={found.pk}"),
        pages.Action("撤销", reverse("meetings:body_end", args=key)),
    ]

"""One star case: the hours behind it, what was said of it, objections, falling back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib import sentences
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import StarCase, StarObjection, StarState, StarVerdict

from .cells import CarriedTable
from .sessions import FIRST, written
from .stars import TONES
from .volunteers import ServiceTable


class DecisionTable(Table):
    """What each hand said."""

    org = Column("单位", accessor="org__name")
    person = columns.MaskedName(verbose_name="办理人", accessor="person__name")
    verdict = Column("意见", accessor="get_verdict_display")
    words = Column("说明")
    at = columns.Moment(verbose_name="时间")


class ObjectionTable(Table):
    """What was held against it."""

    words = Column("异议内容", linkify=lambda record: _objection_url(record))
    state = Column("状态", accessor="get_state_display")
    answer = Column("核实情况")
    at = columns.Moment(verbose_name="提出时间")


def star_case(request: Request, star_case_id: int) -> HttpResponse:
    """Show one case."""
    found = _found(request, star_case_id)
    state = StarState(found.state)
    lost = queries.lost_of(request.actor, found)
    hours = queries.hours_behind(request.actor, found)
    return pages.record_page(
        request,
        title=f"{_name(request, found)} {found.star}星",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            (
                "志愿者",
                pages.Link(
                    found.volunteer.number,
                    reverse("volunteering:volunteer", args=[found.volunteer_id]),
                ),
            ),
            ("评定批次", found.round.title),
            ("评定办法", found.round.scheme.title),
            ("申报时主组织", found.org.name),
            ("注册日期", written(found.volunteer.registered_on)),
            (
                "计入时长",
                f"{rules.tenths_of_hours(found.minutes)} 小时"
                f"（其中结转 {rules.tenths_of_hours(found.carried)} 小时）",
            ),
            ("时长计至", found.round.counted_until.isoformat()),
            ("申报方式", "本人申请" if found.by_self else "组织申报"),
            ("待审核单位", found.awaits.name if found.awaits else ""),
            ("公示", _span(found)),
            ("认定日期", written(found.issued_on)),
            ("核减日期", written(found.ended_on)),
            ("已取消或更正的服务", f"{len(lost)} 条" if lost else "没有"),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "审核意见",
                tables.short(DecisionTable, queries.decisions_of(request.actor, found)),
                empty="还没有审核意见",
            ),
            pages.Related(
                "计入的服务", tables.short(ServiceTable, hours[:FIRST]), empty="没有平台服务记录"
            ),
            pages.Related(
                "结转时长",
                tables.short(CarriedTable, queries.carried_of(request.actor, found.volunteer)),
                empty="没有结转时长",
            ),
            pages.Related(
                "公示异议",
                tables.short(ObjectionTable, found.objections.all()),
                empty="没有异议",
            ),
        ],
        back=pages.Link(
            found.round.title, reverse("volunteering:star_round", args=[found.round_id])
        ),
    )


@require_POST
def star_agree(request: Request, star_case_id: int) -> HttpResponse:
    """Say yes."""
    found = _found(request, star_case_id)
    services.decide_stars(
        cases=[found],
        verdict=StarVerdict.AGREED,
        words="",
        at=timezone.now(),
        by=request.actor,
    )
    return redirect("volunteering:star_case", found.pk)


def star_refuse(request: Request, star_case_id: int) -> HttpResponse:
    """Say no, and why."""
    found = _found(request, star_case_id)
    actors.require(request.actor, Act.REVIEW_STAR, at=found.awaits or found.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="不同意星级申报",
        note="不同意的申报就此办结，原因会告知志愿者本人。",
        submit="确定不同意",
        back=_back(found),
        then=lambda reason: services.decide_stars(
            cases=[found],
            verdict=StarVerdict.REFUSED,
            words=reason,
            at=timezone.now(),
            by=request.actor,
        ),
    )


@require_POST
def star_lower(request: Request, star_case_id: int) -> HttpResponse:
    """Let a star fall back to what the hours bear."""
    found = _found(request, star_case_id)
    lower = services.fall_back(case=found, at=timezone.now(), by=request.actor)
    now = f"改为{lower.star}星" if lower else "不再符合任何星级"
    messages.success(request, f"已核减，{now}；原因已记入档案并告知本人。")
    return redirect("volunteering:star_case", found.pk)


def star_objection(request: Request, star_objection_id: int) -> HttpResponse:
    """Say what came of looking into an objection."""
    found: StarObjection = get_object_or_404(
        queries.objections_seen_by(request.actor), pk=star_objection_id
    )
    case = found.case
    form = forms.ObjectionForm(request.POST or None)

    def do() -> str:
        services.answer_objection(
            objection=found,
            verdict=StarObjection.State(form.cleaned_data["verdict"]),
            answer=form.cleaned_data["answer"],
            at=timezone.now(),
            by=request.actor,
        )
        return reverse("volunteering:star_case", args=[case.pk])

    return pages.act_page(
        request,
        title="核实公示异议",
        form=form,
        do=do,
        submit="提交核实结论",
        note=f"{found.at.astimezone(TZ):%Y-%m-%d} 提出：{sentences.inside(found.words)}。"
        "异议成立的，本件申报终止；不成立的，继续公示。",
        back=_back(case),
    )


def _found(request: Request, star_case_id: int) -> StarCase:
    return get_object_or_404(queries.cases_seen_by(request.actor), pk=star_case_id)


def _name(request: Request, found: StarCase) -> str:
    today = local_day(timezone.now())
    return levels.short_name(request.actor, found.volunteer.person, at=found.org, on=today)


def _back(found: StarCase) -> pages.Link:
    return pages.Link(f"{found.star}星申报", reverse("volunteering:star_case", args=[found.pk]))


def _span(found: StarCase) -> str:
    if found.notice_from is None or found.notice_until is None:
        return ""
    return f"{found.notice_from.isoformat()} 至 {found.notice_until.isoformat()}"


def _objection_url(record: StarObjection) -> str:
    return reverse("volunteering:star_objection", args=[record.pk])


def _actions(request: Request, found: StarCase) -> list[pages.Action]:
    key = [found.pk]
    if queries.stars_waiting_for(request.actor).filter(pk=found.pk).exists():
        return [
            pages.Action(
                "同意", reverse("volunteering:star_agree", args=key), primary=True, post=True
            ),
            pages.Action("不同意", reverse("volunteering:star_refuse", args=key)),
        ]
    if queries.short_waiting_for(request.actor).filter(pk=found.pk).exists():
        return [
            pages.Action(
                "按现有时长核减",
                reverse("volunteering:star_lower", args=key),
                primary=True,
                post=True,
                ask="现有时长已不足这一星级。核减后通知本人，档案保留，确定吗？",
            )
        ]
    return []

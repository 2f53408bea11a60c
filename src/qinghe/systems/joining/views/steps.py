"""The one form of the next step; lessons and objections beside it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.systems.joining import forms, queries, services
from qinghe.systems.joining.access import Act
from qinghe.systems.joining.queries import Case, CaseState

BRANCH, COMMITTEE, POSTED = "branch", "committee", "posted"


@dataclass(frozen=True)
class Door:
    """How a step is taken: its form, its service, what stands above the form."""

    title: str
    form: type[forms.StepForm]
    do: Callable[..., object]
    note: str = ""


DOORS: Mapping[tuple[int, str], Door] = {
    (2, BRANCH): Door(
        "派人谈话", forms.TalkForm, services.hold_talk, "收到申请书一个月内派人谈话。"
    ),
    (3, BRANCH): Door(
        "上报积极分子",
        forms.ProposeForm,
        services.propose_activist,
        "支委会讨论决定后上报，由上级团组织批准；一人一报。",
    ),
    (3, COMMITTEE): Door(
        "批准积极分子",
        forms.ConfirmForm,
        services.confirm_activist,
        "培养考察期从批准之日起算；由报送人以外的同志批准，一人一批。",
    ),
    (4, BRANCH): Door(
        "指定培养联系人", forms.SponsorsForm, services.name_contacts, "一至两名正式团员。"
    ),
    (5, BRANCH): Door("完成培养考察", forms.CultivationForm, services.finish_cultivation),
    (6, BRANCH): Door(
        "推荐发展对象", forms.StepForm, services.recommend, "支委会讨论决定后报上级团委预审。"
    ),
    (7, COMMITTEE): Door(
        "预审",
        forms.PreviewForm,
        services.preview,
        "书面答复预审意见，同时从编号配额中预留一个编号、发放入团志愿书；不同意的，请用“不予发展”写明原因。",
    ),
    (8, BRANCH): Door(
        "开始公示", forms.StepForm, services.post_notice, "公示按工作日计算，法定节假日不计。"
    ),
    (8, POSTED): Door(
        "公示期满", forms.PlainForm, services.close_notice, "期满且异议都已答复后办结。"
    ),
    (9, BRANCH): Door(
        "确定入团介绍人", forms.SponsorsForm, services.name_introducers, "两名正式团员。"
    ),
    (10, BRANCH): Door(
        "填写入团志愿书",
        forms.FillForm,
        services.fill_form,
        "团课、入团志愿、介绍人意见、大会决议、审批意见的日期须逐项晚一天以上。",
    ),
    (11, BRANCH): Door(
        "登记支部大会",
        forms.MeetingForm,
        services.hold_meeting,
        "实到超过应到半数方可开会；赞成超过应到半数方为通过，未通过的申请到此终结。",
    ),
    (12, COMMITTEE): Door(
        "审批",
        forms.DecisionForm,
        services.approve,
        "批准后本人即登记为团员，入团时间为支部大会之日；不同意的，请用“不予发展”写明原因。",
    ),
    (13, BRANCH): Door(
        "反馈审批结果", forms.StepForm, services.tell_result, "保存后本人会收到通知。"
    ),
    (14, BRANCH): Door("登记入团仪式", forms.StepForm, services.hold_ceremony),
    (15, BRANCH): Door("归档", forms.ArchiveForm, services.archive, "上传后这份申请办结。"),
}


def door_of(found: Case) -> Door:
    """Return how the next step of a case is taken."""
    posted = found.step == 8 and any(s.number == 8 and s.on for s in found.steps.all())
    return DOORS[found.step, POSTED if posted else found.awaits]


def may_take(actor: Actor, found: Case) -> bool:
    """Test if this actor may take the next step of a case, for the branch or for the committee."""
    if found.state != CaseState.OPEN or found.person_id == actor.person_id:
        return False
    if found.awaits == COMMITTEE and found.org.parent is not None:
        return actors.may(actor, Act.APPROVE, at=found.org.parent)
    return actors.may(actor, Act.RUN, at=found.org)


def case_next(request: Request, joining_case_id: int) -> HttpResponse:
    """Take the next step of a case by its own form."""
    found = _found(request, joining_case_id)
    if found.state != CaseState.OPEN:
        raise Refused("wrong_state", "这份申请不在办理中，没有可办的步骤，也没有改动。")
    if not may_take(request.actor, found):
        place = found.org.parent if found.awaits == COMMITTEE else found.org
        raise Refused(
            "not_allowed", f"这一步由{place}的有权人员办理，且不能是申请人本人，没有改动。"
        )
    door = door_of(found)
    form = door.form(
        request.POST or None,
        request.FILES or None,
        actor=request.actor,
        case=found,
        terms=queries.terms_of(request.actor, found),
    )

    def do() -> str:
        door.do(case=found, **form.told(), at=timezone.now(), by=request.actor)
        messages.success(request, f"{door.title}：已保存。")
        return _url(found)

    return pages.act_page(
        request,
        title=f"第{found.step}步：{door.title}",
        note=door.note,
        form=form,
        do=do,
        back=_back(found),
    )


def lesson_new(request: Request, joining_case_id: int) -> HttpResponse:
    """Write down a lesson."""
    found = _found(request, joining_case_id)
    actors.require(request.actor, Act.RUN, at=found.org)
    form = forms.LessonForm(request.POST or None, initial={"on": timezone.localdate()})

    def do() -> str:
        told = form.cleaned_data
        services.add_lesson(
            case=found,
            on=told["on"],
            title=told["title"],
            quarters=told["hours"],
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(request, "已登记团课。")
        return _url(found)

    return pages.act_page(request, title="登记团课", form=form, do=do, back=_back(found))


def lesson_strike(request: Request, joining_lesson_id: int) -> HttpResponse:
    """Strike out a lesson that was entered in error."""
    lesson = get_object_or_404(queries.lessons_seen_by(request.actor), pk=joining_lesson_id)
    actors.require(request.actor, Act.RUN, at=lesson.case.org)
    return pages.reason_page(
        request,
        title=f"划去团课：{lesson.title}",
        note="划去后不再计入学时，记录和原因保留。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.strike_lesson(
            lesson=lesson, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定划去",
        back=_back(lesson.case),
    )


def objection_new(request: Request, joining_case_id: int) -> HttpResponse:
    """Write down an objection."""
    found = _found(request, joining_case_id)
    _require_either(request, found)
    form = forms.ObjectionForm(request.POST or None, initial={"on": timezone.localdate()})

    def do() -> str:
        told = form.cleaned_data
        services.object_to(case=found, **told, at=timezone.now(), by=request.actor)
        messages.success(request, "已登记异议，核实答复前不能办结公示。")
        return _url(found)

    return pages.act_page(request, title="登记公示异议", form=form, do=do, back=_back(found))


def objection_answer(request: Request, joining_objection_id: int) -> HttpResponse:
    """Write down what was found out about an objection."""
    found = get_object_or_404(queries.objections_seen_by(request.actor), pk=joining_objection_id)
    _require_either(request, found.case)
    form = forms.ObjectionAnswerForm(request.POST or None)

    def do() -> str:
        services.answer_objection(
            objection=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        messages.success(request, "已答复异议。")
        return _url(found.case)

    return pages.act_page(request, title="答复公示异议", form=form, do=do, back=_back(found.case))


def _require_either(request: Request, found: Case) -> None:
    above = found.org.parent
    if above is None or not actors.may(request.actor, Act.APPROVE, at=above):
        actors.require(request.actor, Act.RUN, at=found.org)


def _found(request: Request, joining_case_id: int) -> Case:
    rows = queries.cases_seen_by(request.actor).prefetch_related("steps")
    return get_object_or_404(rows, pk=joining_case_id)


def _url(found: Case) -> str:
    return reverse("joining:case", args=[found.pk])


def _back(found: Case) -> pages.Link:
    return pages.Link("返回申请", _url(found))

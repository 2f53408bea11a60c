"""The registers: instructions of leaders, experience shared above; who may read what is internal."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.meetings import forms, queries, services
from qinghe.systems.meetings.access import Act
from qinghe.systems.meetings.queries import AgendaItem, Instruction, Sitting, Talk

from .sittings import found_or_404, url_of
from .tables import TONES, InstructionTable, PlatformTable, TalkTable

BOARD, INSTRUCTIONS, TALKS, PLATFORMS = "会议", "领导批示", "经验交流", "交流平台"
CODES = ["MTG-01", "MTG-02", "MTG-03", "MTG-04", "MTG-05", "MTG-06", "MTG-07"]


def board(request: Request) -> HttpResponse:
    """Show the figures of meetings for the chosen organisation."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    return pages.board_page(
        request,
        title=BOARD,
        codes=CODES,
        actions=[
            pages.Action("会议机构", reverse("meetings:bodies")),
            pages.Action(INSTRUCTIONS, reverse("meetings:instructions")),
            pages.Action(TALKS, reverse("meetings:talks")),
        ],
    )


def instructions(request: Request) -> HttpResponse:
    """Show the instructions in sight."""
    doors.require_anywhere(request.actor, Act.SEE, Act.ANSWER)
    actions = []
    if actors.may_anywhere(request.actor, Act.REGISTER):
        actions = [pages.Action("登记批示", reverse("meetings:instruction_new"), primary=True)]
    return pages.list_page(
        request,
        title=INSTRUCTIONS,
        table=InstructionTable,
        rows=queries.instructions_seen_by(request.actor),
        filterset=forms.InstructionFilter,
        actions=actions,
    )


def instruction(request: Request, instruction_id: int) -> HttpResponse:
    """Show one instruction."""
    found = _instruction(request, instruction_id)
    state = Instruction.State(found.state)
    actions = []
    if actors.may(request.actor, Act.REGISTER, at=found.org):
        key = [found.pk]
        if state == Instruction.State.OPEN:
            url = reverse("meetings:instruction_close", args=key)
            actions.append(pages.Action("登记落实情况", url, primary=True))
        actions.append(pages.Action("知悉范围", reverse("meetings:instruction_readers", args=key)))
    return pages.record_page(
        request,
        title=found.subject,
        record=found,
        state=pages.Tag(state.label, TONES.get(state, pages.Tone.WAIT)),
        facts=[
            ("批示领导", found.leader),
            ("批示日期", found.day.isoformat()),
            ("批示内容", found.words),
            ("登记单位", found.org.name),
            ("落实单位", found.owner.name if found.owner else "—"),
            ("落实时限", found.due_on.isoformat() if found.due_on else "—"),
            ("落实情况", found.outcome or "—"),
            ("落实日期", found.closed_on.isoformat() if found.closed_on else "—"),
            ("知悉范围", "内部事项，仅指定人员可见" if found.is_internal else "一般事项"),
        ],
        actions=actions,
        back=pages.Link(INSTRUCTIONS, reverse("meetings:instructions")),
    )


def instruction_new(request: Request) -> HttpResponse:
    """Register an instruction."""
    doors.require_anywhere(request.actor, Act.REGISTER)
    form = forms.InstructionForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="登记批示",
        form=form,
        do=lambda: _instruction_url(
            services.enter_instruction(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link(INSTRUCTIONS, reverse("meetings:instructions")),
    )


def instruction_close(request: Request, instruction_id: int) -> HttpResponse:
    """Say what came of an instruction."""
    found = _instruction(request, instruction_id)
    actors.require(request.actor, Act.REGISTER, at=found.org)
    form = forms.OutcomeForm(request.POST or None)
    return pages.act_page(
        request,
        title="登记落实情况",
        form=form,
        do=lambda: _instruction_url(
            services.close_instruction(
                instruction=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        back=pages.Link(found.subject, _instruction_url(found)),
    )


def talks(request: Request) -> HttpResponse:
    """Show the talks in sight."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if actors.may_anywhere(request.actor, Act.REGISTER):
        actions.append(pages.Action("登记交流", reverse("meetings:talk_new"), primary=True))
    actions.append(pages.Action(PLATFORMS, reverse("meetings:platforms")))
    return pages.list_page(
        request,
        title=TALKS,
        table=TalkTable,
        rows=queries.talks_seen_by(request.actor),
        filterset=forms.TalkFilter,
        actions=actions,
    )


def talk(request: Request, talk_id: int) -> HttpResponse:
    """Show one talk; its material is beside it."""
    found = _talk(request, talk_id)
    actions = []
    if not found.void_on and actors.may(request.actor, Act.REGISTER, at=found.org):
        actions = [pages.Action("作废", reverse("meetings:talk_void", args=[found.pk]))]
    return pages.record_page(
        request,
        title=found.topic,
        record=found,
        state=pages.Tag("已作废") if found.void_on else pages.Tag("已登记", pages.Tone.GOOD),
        facts=[
            ("平台", found.platform.name),
            ("时间", found.day.isoformat()),
            ("分享人", found.speaker),
            ("登记单位", found.org.name),
            ("统计", "计入改革经验分享次数" if found.platform.is_counted else "不计入"),
            ("作废原因", found.reason or "—"),
        ],
        actions=actions,
        back=pages.Link(TALKS, reverse("meetings:talks")),
    )


def talk_new(request: Request) -> HttpResponse:
    """Register a talk."""
    doors.require_anywhere(request.actor, Act.REGISTER)
    form = forms.TalkForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="登记交流",
        note="平台由区里列入名单；没有您要的平台，请与团区委联系。材料在登记后上传。",
        form=form,
        do=lambda: _talk_url(
            services.enter_talk(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link(TALKS, reverse("meetings:talks")),
    )


def talk_void(request: Request, talk_id: int) -> HttpResponse:
    """Take a talk out of the count."""
    found = _talk(request, talk_id)
    actors.require(request.actor, Act.REGISTER, at=found.org)
    return pages.reason_page(
        request,
        title=f"作废：{found.topic}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.void_talk(
            talk=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定作废",
        back=pages.Link(found.topic, _talk_url(found)),
    )


def platforms(request: Request) -> HttpResponse:
    """Show the district's list of platforms."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = [pages.Action("返回经验交流", reverse("meetings:talks"))]
    if doors.may_for_the_house(request.actor, Act.SET):
        url = reverse("meetings:platform_new")
        actions.insert(0, pages.Action("列入平台", url, primary=True))
    return pages.list_page(
        request,
        title=PLATFORMS,
        table=PlatformTable,
        rows=queries.platforms_with_counts(request.actor),
        actions=actions,
    )


def platform_new(request: Request) -> HttpResponse:
    """Put a platform on the list."""
    if not doors.may_for_the_house(request.actor, Act.SET):
        raise doors.closed()
    form = forms.PlatformForm(request.POST or None)

    def do() -> str:
        services.open_platform(**form.cleaned_data, at=timezone.now(), by=request.actor)
        messages.success(request, "已列入名单。")
        return reverse("meetings:platforms")

    back = pages.Link(PLATFORMS, reverse("meetings:platforms"))
    return pages.act_page(request, title="列入平台", form=form, do=do, back=back)


def platform_end(request: Request, talk_platform_id: int) -> HttpResponse:
    """Take a platform off the list."""
    found = get_object_or_404(queries.platforms(request.actor), pk=talk_platform_id)
    if not doors.may_for_the_house(request.actor, Act.SET):
        raise doors.closed()
    return pages.reason_page(
        request,
        title=f"停用{found.name}",
        note="已登记的交流保留，照常统计。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.end_platform(
            platform=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定停用",
        back=pages.Link(PLATFORMS, reverse("meetings:platforms")),
    )


def sitting_readers(request: Request, sitting_id: int) -> HttpResponse:
    """Say who may see a sitting."""
    found = found_or_404(request, sitting_id)
    act = Act.REGISTER if found.body.is_above else Act.RUN
    actors.require(request.actor, act, at=found.body.org)
    return _readers(request, found, title=found.title, back=url_of(found))


def item_readers(request: Request, agenda_item_id: int) -> HttpResponse:
    """Say who may see an item."""
    rows = queries.items_seen_by(request.actor)
    found: AgendaItem = get_object_or_404(rows, pk=agenda_item_id)
    body = found.sitting.body
    actors.require(request.actor, Act.REGISTER if body.is_above else Act.RUN, at=body.org)
    back = reverse("meetings:item", args=[found.pk])
    return _readers(request, found, title=found.title, back=back)


def instruction_readers(request: Request, instruction_id: int) -> HttpResponse:
    """Say who may see an instruction."""
    found = _instruction(request, instruction_id)
    actors.require(request.actor, Act.REGISTER, at=found.org)
    return _readers(request, found, title=found.subject, back=_instruction_url(found))


def _readers(
    request: Request, found: Sitting | AgendaItem | Instruction, *, title: str, back: str
) -> HttpResponse:
    named = queries.readers_of(request.actor, found)
    initial = {"numbers": "\n".join(one.person.number for one in named)}
    form = forms.ReadersForm(request.POST or None, initial=initial)

    def do() -> str:
        services.name_readers(
            record=found,
            people=form.cleaned_data["numbers"],
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(request, "知悉范围已保存。")
        return back

    return pages.act_page(
        request,
        title=f"知悉范围：{title}",
        note="指定后成为内部事项，列表、导出、接口和统计明细中只有这些人看得到；不得录入国家秘密。",
        form=form,
        do=do,
        back=pages.Link("返回", back),
    )


def _instruction(request: Request, instruction_id: int) -> Instruction:
    return get_object_or_404(queries.instructions_seen_by(request.actor), pk=instruction_id)


def _talk(request: Request, talk_id: int) -> Talk:
    return get_object_or_404(queries.talks_seen_by(request.actor), pk=talk_id)


def _instruction_url(found: Instruction) -> str:
    return reverse("meetings:instruction", args=[found.pk])


def _talk_url(found: Talk) -> str:
    return reverse("meetings:talk", args=[found.pk])

"""Applications at a branch: the list, one case with its track, a new one from paper, what to file."""

from typing import cast

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.joining import forms, queries, rules, services
from qinghe.systems.joining.access import Act
from qinghe.systems.joining.queries import Case, CaseState

from .steps import door_of, may_take
from .tables import TONES, CaseTable, FilingTable, LessonTable, ObjectionTable, TrackTable

FIRST = 60


def cases(request: Request) -> HttpResponseBase:
    """Show the applications of the chosen organisation and all below it."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    actions = []
    if actors.may_anywhere(request.actor, Act.RUN):
        url = reverse("joining:case_new")
        actions.append(pages.Action("登记入团申请", url, primary=True))
    if actors.may_anywhere(request.actor, Act.FILE):
        actions.append(pages.Action("待备案", reverse("joining:filing")))
    rows = queries.cases_seen_by(request.actor)
    return pages.list_page(
        request,
        title="入团申请",
        table=CaseTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.CaseFilter,
        actions=actions,
    )


def filing(request: Request) -> HttpResponseBase:
    """Show who was admitted and is not on record yet; filing many at once is allowed (step 12)."""
    doors.require_anywhere(request.actor, Act.FILE)
    now = timezone.now()
    return pages.list_page(
        request,
        title="待备案的新团员",
        table=FilingTable,
        rows=queries.to_be_filed(request.actor),
        actions=[
            pages.Bulk(
                "file",
                "备案所选",
                lambda row: services.file_case(case=cast(Case, row), at=now, by=request.actor),
            ),
            pages.Action("入团申请", reverse("joining:cases")),
        ],
    )


def case(request: Request, joining_case_id: int) -> HttpResponse:
    """Show one application: the fifteen steps, what is next, who must act and why not yet."""
    found = case_seen(request, joining_case_id)
    today = timezone.localdate()
    track = queries.track_of(request.actor, found, on=today)
    state = CaseState(found.state)
    name = levels.full_name(request.actor, found.person, at=found.org, on=today)
    return pages.record_page(
        request,
        title=f"{name}的入团申请",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[*_now(found, track), *_facts(request, found)],
        actions=_actions(request, found, track),
        related=_related(request, found, track),
        back=pages.Link("入团申请", reverse("joining:cases")),
    )


def case_new(request: Request) -> HttpResponse:
    """Enter an application that a branch has on paper."""
    doors.require_anywhere(request.actor, Act.RUN)
    initial = {"on": timezone.localdate(), "org": request.scope.org.code}
    form = forms.ApplicationForm(
        request.POST or None, request.FILES or None, initial=initial, actor=request.actor
    )

    def do() -> str:
        made = services.enter_application(
            new=form.as_new(), applicant=form.as_person(), at=timezone.now(), by=request.actor
        )
        messages.success(request, "已登记入团申请，请在期限内派人谈话。")
        return url_of(made)

    return pages.act_page(
        request,
        title="登记入团申请",
        note="申请人须年满14周岁、未满28周岁；有账号的申请人也可以在手机上自己提交。",
        form=form,
        do=do,
        submit="登记",
        back=pages.Link("入团申请", reverse("joining:cases")),
    )


def case_seen(request: Request, joining_case_id: int) -> Case:
    """Return a case in sight, with what its track asks for."""
    rows = queries.cases_seen_by(request.actor)
    rows = rows.prefetch_related("steps", "lessons", "objections", "sponsors__person")
    return get_object_or_404(rows, pk=joining_case_id)


def url_of(found: Case) -> str:
    """Return where a case stands."""
    return reverse("joining:case", args=[found.pk])


def _now(found: Case, track: list[rules.Mark]) -> list[tuple[str, pages.Cell]]:
    """Say what is next, whose turn it is, until when, and why not yet."""
    if found.state != CaseState.OPEN:
        return []
    mark = track[found.step - 1]
    until = f"，{mark.due_on}前" if mark.due_on else ""
    lacking = mark.words if mark.state in ("blocked", "late") else ""
    return [
        ("下一步", f"第{mark.number}步：{mark.title}（由{mark.who}办理{until}）"),
        ("还缺", lacking or "没有，可以办理"),
    ]


def _facts(request: Request, found: Case) -> list[tuple[str, pages.Cell | pages.Kept]]:
    meeting = getattr(found, "meeting", None)
    vote = (
        f"应到{meeting.entitled}、实到{meeting.present}；"
        f"赞成{meeting.agreed}、反对{meeting.opposed}、弃权{meeting.abstained}"
        if meeting
        else "—"
    )
    letter = found.letter or "见附件扫描件"
    earlier = queries.earlier_of(request.actor, found)
    return [
        ("团支部", found.org.name),
        ("申请日期", found.opened_on.isoformat()),
        (
            "此前的团籍",
            pages.Kept(earlier, "people.FormerStay.joined_on", found.person, found.org),
        ),
        (
            "国籍",
            pages.Kept(found.nationality, "joining.Case.nationality", found.person, found.org),
        ),
        ("入团申请书", pages.Kept(letter, "joining.Case.letter", found.person, found.org)),
        ("培养联系人", _names(request, found, "contact")),
        ("入团介绍人", _names(request, found, "introducer")),
        ("发展团员编号", found.number or "—"),
        ("支部大会", vote),
        ("入团时间", found.joined_on.isoformat() if found.joined_on else "—"),
        ("备案日期", found.filed_on.isoformat() if found.filed_on else "—"),
        ("原因", found.reason or "—"),
    ]


def _names(request: Request, found: Case, kind: str) -> str:
    today = timezone.localdate()
    named = [
        levels.full_name(request.actor, one.person, at=found.org, on=today)
        for one in found.sponsors.all()
        if one.kind == kind
    ]
    return "、".join(named) or "—"


def _related(request: Request, found: Case, track: list[rules.Mark]) -> list[pages.Related]:
    lessons = list(found.lessons.all())
    counted = sum(one.quarters for one in lessons if one.struck_at is None)
    related = [
        pages.Related("办理进度", tables.short(TrackTable, track), note="五个阶段、十五个步骤"),
        pages.Related(
            "团课",
            tables.short(LessonTable, lessons[:FIRST]),
            note=f"共{counted / 4:g}学时",
            empty="还没有登记团课",
        ),
    ]
    objections = list(found.objections.all())
    if objections:
        related.append(pages.Related("公示异议", tables.short(ObjectionTable, objections)))
    return related


def _actions(request: Request, found: Case, track: list[rules.Mark]) -> list[pages.Action]:
    key = [found.pk]
    actions: list[pages.Action] = []
    if found.person_id == request.actor.person_id:
        return actions
    if may_take(request.actor, found):
        blocked = any(mark.state == "blocked" for mark in track)
        blocked = blocked or bool(found.step in (5, 8, 15) and _lacks(request, found))
        if not blocked:
            url = reverse("joining:case_next", args=key)
            actions.append(pages.Action(door_of(found).title, url, primary=True))
    actions += _beside(request, found)
    return actions


def _lacks(request: Request, found: Case) -> bool:
    terms = queries.rules_of(request.actor, queries.terms_of(request.actor, found))
    standing = queries.standing_of(request.actor, found)
    return bool(rules.why_not_yet(standing, on=timezone.localdate(), terms=terms))


def _beside(request: Request, found: Case) -> list[pages.Action]:
    """Return what may be done beside the next step."""
    key, actions = [found.pk], []
    runs = actors.may(request.actor, Act.RUN, at=found.org)
    if found.state == CaseState.PAUSED and runs:
        url = reverse("joining:case_resume", args=key)
        actions.append(pages.Action("恢复办理", url, primary=True, post=True))
    if found.state == CaseState.OPEN and runs and found.step <= 5:
        actions.append(pages.Action("登记团课", reverse("joining:lesson_new", args=key)))
    if found.state == CaseState.OPEN and found.step == 8 and _is_posted(found):
        actions.append(pages.Action("登记异议", reverse("joining:objection_new", args=key)))
    if found.step <= 12 and found.state in (CaseState.OPEN, CaseState.PAUSED):
        if may_take(request.actor, found):
            actions.append(pages.Action("不予发展", reverse("joining:case_refuse", args=key)))
        if runs:
            actions += _halting(found)
    return actions


def _halting(found: Case) -> list[pages.Action]:
    key, actions = [found.pk], []
    if found.state == CaseState.OPEN:
        actions.append(pages.Action("暂停", reverse("joining:case_pause", args=key)))
    actions.append(pages.Action("本人撤回", reverse("joining:case_withdraw", args=key)))
    actions.append(pages.Action("作失效处理", reverse("joining:case_lapse", args=key)))
    return actions


def _is_posted(found: Case) -> bool:
    return any(step.number == 8 and step.on for step in found.steps.all())

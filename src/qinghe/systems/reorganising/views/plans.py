"""The list of plans and the page of one, with its steps."""

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages, timeline, watching
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.reorganising import forms, queries, services
from qinghe.systems.reorganising.access import Act
from qinghe.systems.reorganising.queries import Plan, State

from . import shared

LIST = "reorganising:plans"
TITLE = "机构调整"


class PlanTable(Table):
    """Plans to reorganise."""

    title = Column("方案", linkify=("reorganising:plan", [A("pk")]))
    org = Column("所属组织", accessor="org__name", order_by="org__path")
    document = Column("文号", default="—")
    step_count = columns.Number(verbose_name="步骤")
    on = columns.Day(verbose_name="生效日期")
    state = columns.State(verbose_name="状态", labels=dict(State.choices), tones=shared.TONES)
    made_by = Column("拟定人", accessor="made_by__name", orderable=False)


def plans(request: Request) -> HttpResponseBase:
    """Show the plans in sight."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if actors.may_anywhere(request.actor, Act.PLAN):
        actions = [
            pages.Action("拟定方案", reverse("reorganising:plan_new"), primary=True),
            pages.Action("导入步骤", reverse("sheets:sheet", args=["reorganising", "steps"])),
        ]
    history = reverse("reorganising:history", args=[request.scope.org.pk])
    if actors.may(request.actor, Act.SEE, at=request.scope.org):
        actions.append(pages.Action("本组织沿革", history))
    return pages.list_page(
        request,
        title=TITLE,
        table=PlanTable,
        rows=queries.plans_seen_by(request.actor),
        filterset=forms.PlanFilter,
        actions=actions,
    )


def plan(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Show one plan: what it says, its steps, what can be done next."""
    found = shared.found(request, reorg_plan_id)
    watching.note_record(request.actor, found)
    changing = found.state == State.DRAFT and shared.may_plan(request, found)
    return pages.page(
        request,
        "reorganising/plan.html",
        title=found.title,
        record=found,
        state=shared.tag_of(found),
        facts=_facts(found),
        steps=queries.lines_of(request.actor, found),
        may_change=changing,
        adding=[(kind, label) for kind, (label, _) in forms.STEP_FORMS.items()],
        preview=queries.preview_of(request.actor, found),
        actions=_actions(request, found),
        back=pages.Link(TITLE, reverse(LIST)),
        timeline=timeline.of(found, reader=request.actor),
    )


def plan_new(request: Request) -> HttpResponse:
    """Draw a plan up."""
    doors.require_anywhere(request.actor, Act.PLAN)
    initial: dict[str, object] = {"on": timezone.localdate()}
    if actors.may(request.actor, Act.PLAN, at=request.scope.org):
        initial["org"] = request.scope.org.code
    form = forms.NewPlanForm(request.POST or None, initial=initial, actor=request.actor)
    return pages.act_page(
        request,
        title="拟定机构调整方案",
        note="先写明方案，下一步逐项添加步骤；批准并执行以前，组织不会有任何变动。",
        form=form,
        do=lambda: shared.act_url(
            "plan",
            services.draw_up(
                org=form.cleaned_data["org"],
                new=form.as_new(),
                at=timezone.now(),
                by=request.actor,
            ),
        ),
        submit="保存，去添加步骤",
        back=pages.Link(TITLE, reverse(LIST)),
    )


def plan_change(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Change what a draft says of itself."""
    found = shared.planned_by(request, reorg_plan_id)
    names = ("title", "document", "reason", "on")
    form = forms.PlanForm(
        request.POST or None, initial={name: getattr(found, name) for name in names}
    )
    return pages.act_page(
        request,
        title=f"修改：{found.title}",
        form=form,
        do=lambda: shared.act_url(
            "plan",
            services.change_plan(
                plan=found, new=form.as_new(), at=timezone.now(), by=request.actor
            ),
        ),
        back=shared.back_to(found),
    )


def plan_copy(request: Request, reorg_plan_id: int) -> HttpResponse:
    """Begin a draft with the steps of a plan."""
    found = shared.planned_by(request, reorg_plan_id)
    form = forms.CopyForm(request.POST or None, initial={"on": timezone.localdate()})
    return pages.act_page(
        request,
        title=f"另存为草稿：{found.title}",
        note="步骤原样带入新的草稿，可以修改后再提交；原方案不变。",
        form=form,
        do=lambda: shared.act_url(
            "plan",
            services.copy_plan(
                plan=found, on=form.cleaned_data["on"], at=timezone.now(), by=request.actor
            ),
        ),
        submit="另存为草稿",
        back=shared.back_to(found),
    )


def _facts(found: Plan) -> list[tuple[str, str]]:
    told = [
        ("方案编号", str(found.pk)),
        ("所属组织", found.org.name),
        ("文号", found.document or "—"),
        ("调整原因", found.reason),
        ("生效日期", found.on.isoformat()),
        ("拟定", f"{found.made_by.name}，{found.made_on.isoformat()}"),
    ]
    if found.submitted_by and found.submitted_at:
        told.append(("提交", f"{found.submitted_by.name}，{_moment(found.submitted_at)}"))
    if found.decided_by and found.decided_at:
        told.append(("审批", f"{found.decided_by.name}，{_moment(found.decided_at)}"))
    if found.answer:
        told.append(("答复、撤回原因", found.answer))
    if found.carried_out_at:
        told.append(("执行", _moment(found.carried_out_at)))
    return told


def _moment(at) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}"


def _actions(request: Request, found: Plan) -> list[pages.Action]:
    actions = [pages.Action("预览", shared.act_url("preview", found))]
    if shared.may_plan(request, found):
        actions += _own_actions(found)
    if shared.may_decide(request, found):
        actions += shared.deciding(found)
    return actions


def _own_actions(found: Plan) -> list[pages.Action]:
    actions = []
    if found.state == State.DRAFT:
        actions = [
            pages.Action("提交审批", shared.act_url("plan_submit", found), primary=True, post=True),
            pages.Action("修改", shared.act_url("plan_change", found)),
        ]
    if found.state not in shared.ENDED:
        actions.append(pages.Action("撤回", shared.act_url("plan_withdraw", found)))
    if found.state != State.DRAFT:
        actions.append(pages.Action("另存为草稿", shared.act_url("plan_copy", found)))
    return actions

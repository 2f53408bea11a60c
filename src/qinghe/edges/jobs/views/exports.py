"""Taking a list out of the house: why and for whom, a second word where it is needed, the register."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import A, Column, Table

from qinghe.edges.jobs import exports as services
from qinghe.edges.jobs import forms, models, queries, rules
from qinghe.edges.jobs.access import Act
from qinghe.edges.jobs.models import ExportState
from qinghe.edges.web import asking, columns, pages, timeline
from qinghe.edges.web.export import Ledger
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors

from .jobs import send

DRAFT = "jobs.export_new"  # typed on while signing in anew is asked in between
TONES: dict[str, pages.Tone] = {
    ExportState.WAITING: pages.Tone.WAIT,
    ExportState.APPROVED: pages.Tone.INFO,
    ExportState.MADE: pages.Tone.GOOD,
    ExportState.REFUSED: pages.Tone.LATE,
}
timeline.VERBS.update(
    {
        "exports.ask": "申请导出",
        "exports.approve": "同意导出",
        "exports.refuse": "不同意导出",
        "exports.export": "导出台账",
    }
)
timeline.DETAILS.update(
    {
        "title": "台账",
        "rows": "行数",
        "purpose": "用途",
        "receiver": "接收方",
        "filter": "筛选",
        "layout": "格式",
    }
)


class ExportTable(Table):
    """The register of what was taken out."""

    number = Column("编号", linkify=("jobs:export", [A("pk")]), order_by="pk")
    title = Column("台账")
    org = Column("组织", accessor="org__name", order_by="org__path")
    rows = columns.Number(verbose_name="行数", accessor="rows")
    purpose = Column("用途")
    receiver = Column("接收方")
    by = Column("导出人")
    at = columns.Moment(verbose_name="申请时间")
    state = columns.State(verbose_name="状态", labels=dict(ExportState.choices), tones=TONES)

    class Meta:
        order_by = "-at"


@require_safe
def exports(request: Request) -> HttpResponse:
    """Show what the actor took out, and what others did within the actor's say."""
    actions = []
    if actors.may_anywhere(request.actor, Act.APPROVE_EXPORT):
        actions.append(pages.Action("待审批", reverse("jobs:exports_waiting"), primary=True))
    return pages.list_page(
        request,
        title="导出登记",
        table=ExportTable,
        rows=queries.exports_seen_by(request.actor),
        actions=actions,
    )


@require_safe
def exports_waiting(request: Request) -> HttpResponse:
    """Show the exports that wait for this actor's word."""
    return pages.list_page(
        request,
        title="待审批的导出",
        table=ExportTable,
        rows=queries.exports_waiting_for(request.actor),
        actions=[pages.Action("导出登记", reverse("jobs:exports"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def export_new(request: Request) -> HttpResponse | FileResponse:
    """Ask what a list is taken out for and for whom; then give it, or say what happens next.

    Who takes out more people than one may alone shows first who they are, anew (bar 27).
    """
    address = request.GET.get("list", "")
    ledger = asking.ledger_at(address, actor=request.actor, user=request.user, at=timezone.now())
    ask = _ask_anew if _is_guarded(ledger) else _ask
    return ask(request, ledger, address)


def _ask(request: Request, ledger: Ledger, address: str) -> HttpResponse | FileResponse:
    form = forms.ExportForm(request.POST or None, ledger=ledger, receiver=request.scope.org.name)
    if form.is_valid():
        with pages.refusals_on(form):
            why = services.Reasons(**form.cleaned_data)
            made = services.ask(
                ledger=ledger, address=address, why=why, at=timezone.now(), by=request.actor
            )
            return _answer(request, made, ledger)
    return pages.form_page(
        request,
        title=f"导出{ledger.title}",
        form=form,
        note=_what_happens(ledger),
        submit="提交审批" if _is_guarded(ledger) else "导出",
        back=pages.Link(ledger.title, address),
        draft=DRAFT,
    )


_ask_anew = reauthentication_required(_ask)


@require_safe
def export(request: Request, export_id: int) -> HttpResponse:
    """Show one export: what, what for, for whom, who agreed."""
    found = get_object_or_404(queries.exports_seen_by(request.actor), pk=export_id)
    state = ExportState(found.state)
    mine = found.person_id == request.actor.person_id
    job = pages.Link("查看", reverse("jobs:job", args=[found.job_id])) if found.job_id else None
    return pages.record_page(
        request,
        title=f"{found.number} {found.title}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("组织", found.org.name),
            ("筛选条件", found.chosen or "无"),
            ("行数", found.rows),
            ("含个人信息", "是" if found.personal else "否"),
            ("格式", found.get_layout_display()),
            ("用途", found.why),
            ("接收方", found.receiver),
            ("导出人", found.by),
            ("审批人", found.decided_by or None),
            ("审批意见", found.reason or None),
            ("校验值", found.sha256[:16] or None),
            ("后台任务", job if mine else None),
        ],
        actions=_actions(request, found),
        back=pages.Link("导出登记", reverse("jobs:exports")),
    )


@require_POST
def export_approve(request: Request, export_id: int) -> HttpResponse:
    """Agree to an export."""
    found = get_object_or_404(queries.exports_seen_by(request.actor), pk=export_id)
    services.approve(export=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已同意导出{found.number}，文件生成后由申请人下载。")
    return redirect("jobs:exports_waiting")


@require_http_methods(["GET", "HEAD", "POST"])
def export_refuse(request: Request, export_id: int) -> HttpResponse:
    """Do not agree to an export."""
    found = get_object_or_404(queries.exports_waiting_for(request.actor), pk=export_id)
    form = forms.RefusalForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.refuse(
                export=found,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, f"已退回导出申请{found.number}。")
            return redirect("jobs:exports_waiting")
    return pages.form_page(
        request,
        title=f"不同意导出{found.number}",
        form=form,
        note="申请人会看到原因，可以缩小范围后重新申请。",
        submit="确定不同意",
        back=pages.Link(found.number, reverse("jobs:export", args=[found.pk])),
    )


def _answer(request: Request, made: models.Export, ledger: Ledger) -> HttpResponse | FileResponse:
    if made.state == ExportState.WAITING:
        messages.success(
            request,
            f"导出申请{made.number}已提交，等待另一位负责人审批；同意后在“后台任务”中下载。",
        )
        return redirect("jobs:export", made.pk)
    if made.job_id:
        return redirect("jobs:job", made.job_id)
    path = services.make_now(export=made, ledger=ledger, at=timezone.now(), by=request.actor)
    content = path.open("rb")
    path.unlink()  # what is open stays until it is sent
    return send(content, name=services.file_name(made))


def _is_guarded(ledger: Ledger) -> bool:
    return rules.is_guarded(rows=ledger.count, personal=ledger.personal)


def _what_happens(ledger: Ledger) -> str:
    first = f"共{ledger.count:,}行" + (f"，筛选条件：{ledger.chosen}。" if ledger.chosen else "。")
    kept = "导出会登记用途和接收方，文件带有编号和您的姓名。"
    if _is_guarded(ledger):
        return (
            f"{first}含个人信息且超过{rules.PEOPLE_ALONE}行，须由本级或上级另一位负责人审批；"
            f"文件保存24小时后清除。{kept}"
        )
    if ledger.count > rules.AT_ONCE:
        return f"{first}行数较多，在后台生成，可以离开页面，完成后到“后台任务”下载。{kept}"
    return first + kept


def _actions(request: Request, found: models.Export) -> list[pages.Action]:
    is_mine = found.person_id == request.actor.person_id
    if is_mine and found.job_id and found.state == ExportState.MADE:
        job = reverse("jobs:job", args=[found.job_id])
        return [pages.Action("去下载", job, primary=True)]
    if not queries.exports_waiting_for(request.actor).filter(pk=found.pk).exists():
        return []
    key = [found.pk]
    return [
        pages.Action("同意", reverse("jobs:export_approve", args=key), primary=True, post=True),
        pages.Action("不同意", reverse("jobs:export_refuse", args=key)),
    ]

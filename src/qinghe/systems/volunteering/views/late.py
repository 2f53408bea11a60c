"""Late entries: list, record, asking, mending, deciding, and the month's quota."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import LateEntry, LateState

TONES: dict[str, pages.Tone] = {
    LateState.ASKED: pages.Tone.WAIT,
    LateState.RETURNED: pages.Tone.LATE,
    LateState.APPROVED: pages.Tone.GOOD,
    LateState.REFUSED: pages.Tone.LATE,
    LateState.WITHDRAWN: pages.Tone.PLAIN,
}
LIST = "volunteering:late_entries"


class LateTable(Table):
    """Late entries."""

    title = Column("活动名称", linkify=("volunteering:late_entry", [A("pk")]))
    org = Column("主办组织", accessor="org__name", order_by="org__path")
    day = columns.Day(verbose_name="服务日期")
    people = columns.Number(verbose_name="人数")
    minutes = columns.Number(verbose_name="申请分钟")
    asked_at = columns.Moment(verbose_name="申请时间")
    state = columns.State(verbose_name="状态", labels=dict(LateState.choices), tones=TONES)


class LateLineTable(Table):
    """Who came and went by one late entry."""

    name = columns.MaskedName(
        verbose_name="姓名", accessor="volunteer__person__name", at="entry__org"
    )
    number = Column("志愿者编号", accessor="volunteer__number")
    came_at = columns.Moment(verbose_name="到达")
    left_at = columns.Moment(verbose_name="离开")
    minutes = columns.Number(verbose_name="分钟")


def late_entries(request: Request) -> HttpResponseBase:
    """Show the late entries of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.ENTER_LATE, at=request.scope.org):
        actions.append(pages.Action("申请补录", reverse("volunteering:late_new"), primary=True))
    if actors.may_anywhere(request.actor, Act.RAISE_LATE):
        actions.append(pages.Action("调高额度", reverse("volunteering:late_quota")))
    return pages.list_page(
        request,
        title="时长补录",
        table=LateTable,
        rows=queries.late_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.LateFilter,
        actions=actions,
    )


def late_entry(request: Request, late_entry_id: int) -> HttpResponse:
    """Show one late entry: what was served, who asks, who decided, what of the month is left."""
    found = _found(request, late_entry_id)
    state = LateState(found.state)
    allowed, used = queries.month_used(request.actor, found.org, found.day)
    starts, ends = found.starts_at.astimezone(TZ), found.ends_at.astimezone(TZ)
    return pages.record_page(
        request,
        title=f"补录：{found.title}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("场次", _session(found)),
            ("主办组织", found.org.name),
            ("地点", found.place),
            ("时间", f"{starts:%Y-%m-%d %H:%M} 至 {ends:%Y-%m-%d %H:%M}"),
            ("补录原因", found.reason),
            ("申请分钟", found.minutes),
            ("申请人", found.asked_by.name),
            ("办理人", found.decided_by.name if found.decided_by else None),
            ("办理意见", found.words),
            ("当月额度", f"共{allowed / 60:,.1f}小时，已用{used / 60:,.1f}小时"),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related(
                "人员和时间",
                tables.short(LateLineTable, queries.lines_of(request.actor, found)),
            )
        ],
        back=pages.Link("时长补录", reverse(LIST)),
    )


def late_new(request: Request) -> HttpResponse:
    """Ask for hours that were not recorded."""
    actors.require(request.actor, Act.ENTER_LATE, at=request.scope.org)
    initial = {"session": request.GET.get("session", ""), "org": request.scope.org.code}
    form = forms.LateForm(
        request.POST or None, request.FILES or None, initial=initial, actor=request.actor
    )
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.ask_late(
                new=form.as_new(),
                evidence=form.cleaned_data["evidence"],
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("volunteering:late_entry", made.pk)
    terms = queries.terms_on(request.actor, timezone.localdate())
    return pages.form_page(
        request,
        title="申请补录时长",
        form=form,
        groups=[
            ("已发布的活动", ["session"]),
            (
                "没有发布过的活动（填了场次编号的不用填）",
                ["title", "place", "org", "team", "starts_at", "ends_at"],
            ),
            ("人员和时间", ["people"]),
            ("依据", ["reason", "evidence"]),
        ],
        submit="提交申请",
        note=(
            f"服务结束后{terms.late_days}天内可以申请；由本单位或上级的他人审核，"
            "并计入本单位当月补录额度。补录时长在统计中单独列示。"
        ),
        back=pages.Link("时长补录", reverse(LIST)),
        draft="volunteering.late_new",
    )


def late_amend(request: Request, late_entry_id: int) -> HttpResponse:
    """Mend a late entry that was sent back, and ask again."""
    found = get_object_or_404(queries.late_returned_to(request.actor), pk=late_entry_id)
    initial = {"reason": found.reason, "people": _as_typed(request, found)}
    form = forms.LateAmendForm(
        request.POST or None,
        request.FILES or None,
        initial=initial,
        actor=request.actor,
        entry=found,
    )
    if form.is_valid():
        with pages.refusals_on(form):
            services.amend_late(
                entry=found,
                reason=form.cleaned_data["reason"],
                comes=form.cleaned_data["comes"],
                evidence=form.cleaned_data["evidence"],
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("volunteering:late_entry", found.pk)
    return pages.form_page(
        request,
        title=f"修改补录：{found.title}",
        form=form,
        submit="重新提交",
        note=f"退回意见：{found.words}",
        back=_back(found),
    )


@require_POST
def late_approve(request: Request, late_entry_id: int) -> HttpResponse:
    """Let late hours count."""
    found = _found(request, late_entry_id)
    actors.require(request.actor, Act.APPROVE_LATE, at=found.org)
    services.approve_late(entry=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:late_entry", found.pk)


def late_return(request: Request, late_entry_id: int) -> HttpResponse:
    """Send a late entry back to be mended."""
    found = _to_decide(request, late_entry_id)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"退回补录：{found.title}",
        note="退回后由申请人修改或补充材料，再次提交。",
        submit="确定退回",
        back=_back(found),
        then=lambda reason: services.return_late(
            entry=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def late_refuse(request: Request, late_entry_id: int) -> HttpResponse:
    """Turn a late entry down."""
    found = _to_decide(request, late_entry_id)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"不通过补录：{found.title}",
        note="不通过的补录不能再修改，申请和材料保留。",
        submit="确定不通过",
        back=_back(found),
        then=lambda reason: services.refuse_late(
            entry=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


@require_POST
def late_withdraw(request: Request, late_entry_id: int) -> HttpResponse:
    """Take one's own late entry back."""
    found = _found(request, late_entry_id)
    actors.require(request.actor, Act.ENTER_LATE, at=found.org)
    services.withdraw_late(entry=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:late_entry", found.pk)


def late_quota(request: Request) -> HttpResponse:
    """Let an organisation below enter more late in one month."""
    doors.require_anywhere(request.actor, Act.RAISE_LATE)
    form = forms.LateQuotaForm(request.POST or None, actor=request.actor)

    def do() -> str:
        services.raise_late_quota(new=form.as_new(), at=timezone.now(), by=request.actor)
        return reverse(LIST)

    return pages.act_page(
        request,
        title="调高补录额度",
        form=form,
        do=do,
        submit="确定调高",
        note="只有上级可以调高，只对这一个月有效；原因留存备查。",
        back=pages.Link("时长补录", reverse(LIST)),
    )


def _found(request: Request, late_entry_id: int) -> LateEntry:
    return get_object_or_404(queries.late_seen_by(request.actor), pk=late_entry_id)


def _to_decide(request: Request, late_entry_id: int) -> LateEntry:
    found = _found(request, late_entry_id)
    actors.require(request.actor, Act.APPROVE_LATE, at=found.org)
    return found


def _back(found: LateEntry) -> pages.Link:
    return pages.Link(found.title, reverse("volunteering:late_entry", args=[found.pk]))


def _session(found: LateEntry) -> pages.Cell:
    if found.session is None:
        return "没有发布过，通过后建立场次"
    return pages.Link(found.session.title, reverse("volunteering:session", args=[found.session_id]))


def _as_typed(request: Request, found: LateEntry) -> str:
    return "\n".join(
        f"{one.volunteer.number} {one.came_at.astimezone(TZ):%H:%M}"
        f" {one.left_at.astimezone(TZ):%H:%M}"
        for one in queries.lines_of(request.actor, found)
    )


def _actions(request: Request, found: LateEntry) -> list[pages.Action]:
    key, actions = [found.pk], []
    if queries.late_waiting_for(request.actor).filter(pk=found.pk).exists():
        actions += [
            pages.Action(
                "通过", reverse("volunteering:late_approve", args=key), primary=True, post=True
            ),
            pages.Action("退回", reverse("volunteering:late_return", args=key)),
            pages.Action("不通过", reverse("volunteering:late_refuse", args=key)),
        ]
    if found.asked_by_id == request.actor.person_id:
        if found.state == LateState.RETURNED:
            url = reverse("volunteering:late_amend", args=key)
            actions.append(pages.Action("修改后重新提交", url, primary=True))
        if found.state in (LateState.ASKED, LateState.RETURNED):
            url = reverse("volunteering:late_withdraw", args=key)
            actions.append(
                pages.Action("撤回", url, post=True, ask="撤回后须重新申请，确定撤回吗？")
            )
    return actions

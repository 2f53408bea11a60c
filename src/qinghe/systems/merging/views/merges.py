"""Merges: proposed, decided by other eyes, taken back."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.merging import forms, queries, services
from qinghe.systems.merging.access import Act
from qinghe.systems.merging.queries import Merge, MergeState

from .tables import TONES, MergeTable

NONE = "—"
NOTE = (
    "批准后，重复档案的记录转入保留的档案，旧链接转到保留的人；重复档案的账号停用、登录立即失效、"
    "岗位全部终止，账号和岗位都不会转给保留的人。合并后不能撤销。"
)


def merges(request: Request) -> HttpResponseBase:
    """Show what was proposed below the chosen organisation."""
    doors.require_at(request.actor, Act.SEE, org=request.scope.org)
    return pages.list_page(
        request,
        title="人员合并事项",
        table=MergeTable,
        rows=queries.merges_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.MergeFilter,
        actions=[pages.Action("疑似重复的人员", reverse("merging:candidates"))],
    )


def merge(request: Request, merge_id: int) -> HttpResponse:
    """Show one merge: who, why, what was decided."""
    found = _found(request, merge_id)
    state = MergeState(found.state)
    return pages.record_page(
        request,
        title=f"人员合并：{_name(request, found)}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("保留的人员编号", found.kept.number),
            ("重复的人员编号", found.duplicate.number),
            ("共同上级组织", found.org.name),
            ("合并理由", found.reason),
            ("团员名册以何处为准", found.branch.name if found.branch else NONE),
            ("提请人", found.proposed_by.name),
            ("办结人", found.decided_by.name if found.decided_by else NONE),
            ("答复", found.answer or NONE),
            ("合并日期", found.merged_on.isoformat() if found.merged_on else NONE),
            ("转入记录", found.moved),
            ("没有保留的内容", found.dropped or NONE),
        ],
        actions=_actions(request, found),
        back=pages.Link("人员合并事项", reverse("merging:merges")),
    )


def merge_approve(request: Request, merge_id: int) -> HttpResponse:
    """Merge two rows."""
    found = _to_decide(request, merge_id)
    return pages.act_page(
        request,
        title=f"批准合并：{_name(request, found)}",
        note=NOTE,
        form=forms.SureForm(request.POST or None),
        do=lambda: _url(services.approve_merge(merge=found, at=timezone.now(), by=request.actor)),
        submit="批准合并",
        back=_back(found),
    )


def merge_refuse(request: Request, merge_id: int) -> HttpResponse:
    """Turn a proposal down."""
    found = _to_decide(request, merge_id)
    return pages.reason_page(
        request,
        title="不批准合并",
        note="两份档案都不改动；提请人会收到答复。",
        form=forms.MergeReasonForm(request.POST or None),
        then=lambda reason: services.refuse_merge(
            merge=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不批准",
        back=_back(found),
    )


def merge_withdraw(request: Request, merge_id: int) -> HttpResponse:
    """Take a proposal back."""
    found = _found(request, merge_id)
    actors.require(request.actor, Act.PROPOSE, at=found.org)
    return pages.reason_page(
        request,
        title="撤回合并",
        note="撤回后可以重新提请。",
        form=forms.MergeReasonForm(request.POST or None),
        then=lambda reason: services.withdraw_merge(
            merge=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤回",
        back=_back(found),
    )


def _found(request: Request, merge_id: int) -> Merge:
    return get_object_or_404(queries.merges_seen_by(request.actor), pk=merge_id)


def _to_decide(request: Request, merge_id: int) -> Merge:
    found = _found(request, merge_id)
    actors.require(request.actor, Act.DECIDE, at=found.org)
    return found


def _actions(request: Request, found: Merge) -> list[pages.Action]:
    if found.state != MergeState.PROPOSED:
        return []
    key, pair = [found.pk], [found.kept_id, found.duplicate_id]
    steps = [pages.Action("核对两份档案", reverse("merging:pair", args=pair))]
    if queries.may_decide(request.actor, found):
        url = reverse("merging:merge_approve", args=key)
        steps.insert(0, pages.Action("批准", url, primary=True))
        steps.append(pages.Action("不批准", reverse("merging:merge_refuse", args=key)))
    if actors.may(request.actor, Act.PROPOSE, at=found.org):
        steps.append(pages.Action("撤回", reverse("merging:merge_withdraw", args=key)))
    return steps


def _name(request: Request, found: Merge) -> str:
    return levels.short_name(request.actor, found.kept, at=found.org, on=timezone.localdate())


def _url(found: Merge) -> str:
    return reverse("merging:merge", args=[found.pk])


def _back(found: Merge) -> pages.Link:
    return pages.Link("合并事项", _url(found))

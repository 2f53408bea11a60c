"""What auditors see. Each list that is read is itself an entry of the trail."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, export, pages, tables, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.audit.models import Entry, Outcome
from qinghe.kernel.audit.verifying import LABELS, Kind

from . import forms, queries, services

timeline.VERBS.update(
    {
        "audit.read": "查阅操作记录",
        "audit.verify": "校验操作记录",
        "audit.anchor": "写出锚点",
        "audit.prune": "删除到期的操作记录",
        "notices.keep_preference": "设置通知方式",
        "sheets.announce": "告知导入结果",
        "sheets.check": "核对台账",
        "sheets.load": "导入台账",
    }
)
timeline.DETAILS.update(
    {
        "page": "页面",
        "seq": "序号",
        "hash": "校验值",
        "count": "条数",
        "first": "起始序号",
        "last": "末尾序号",
        "through": "删至序号",
        "kind": "类别",
        "since": "起",
        "until": "止",
        "person": "姓名或编号",
        "area": "操作类别",
        "outcome": "结果",
        "number": "对象序号",
    }
)
timeline.VALUES.update({kind.value: words for kind, words in LABELS.items()})
TONES: Mapping[str, pages.Tone] = {
    Outcome.DONE: pages.Tone.GOOD,
    Outcome.REFUSED: pages.Tone.LATE,
}


@dataclass(frozen=True)
class Topic:
    """One way to look at the trail."""

    title: str
    note: str
    rows: Q


TOPICS = {
    "entries": Topic("操作记录", "每一次办理、登录、查看和导出，最新的在前", Q()),
    "grants": Topic("授权变更", "谁给了谁什么角色，何时收回", Q(area="access")),
    "reveals": Topic("敏感信息查看", "谁在何时因何事查看了隐去的内容", Q(verb="people.reveal")),
    "sign_ins": Topic("登录情况", "登录、失败、锁定和密码变更", Q(area="accounts")),
    "exports": Topic("导出记录", "带出了什么，作何用途，交给谁", Q(area="exports")),
    "auditors": Topic("审计员的操作", "审计员查阅、校验和导出的记录", Q()),
}


class EntryTable(Table):
    """Entries as a list shows them."""

    at = columns.Moment(verbose_name="时间", linkify=("oversight:entry", [A("seq")]))
    by = Column("办理人")
    verb = Column("操作")
    subject_kind = Column("对象", empty_values=())
    org_id = Column("组织", empty_values=())
    outcome = columns.State(verbose_name="结果", labels=dict(Outcome.choices), tones=TONES)
    address = Column("来源地址", default="—")
    seq = Column("序号")

    class Meta:
        orderable = False

    def __init__(self, *arguments: object, **options: object) -> None:
        super().__init__(*arguments, **options)
        self.kinds = forms.kinds()
        self.orgs: Mapping[int, str] = {}

    def render_verb(self, value: str) -> str:
        """Say it in words."""
        return timeline.VERBS.get(value, value)

    def render_subject_kind(self, record: Entry) -> str:
        """Name the record, or how many."""
        return _subject(record, self.kinds)

    def render_org_id(self, value: int) -> str:
        """Name the organisation where it is known."""
        return self.orgs.get(value, "—")


@require_safe
def entries(request: Request, topic: str) -> HttpResponse:
    """Show entries, newest first, a page found by key; what was looked for is written down."""
    looked_at = TOPICS[topic]
    rows = _rows(request, topic)
    chosen = forms.EntryFilter(request.GET, queryset=rows, request=request)
    kept = chosen.qs.order_by("-at", "-seq")
    taker = getattr(request, "taker", None)
    if isinstance(taker, export.Taker):
        made = tables.ordered(request, EntryTable, kept)
        return taker.take(
            export.ledger_of(
                request,
                title=looked_at.title,
                table=made,
                rows=kept,
                filterset=chosen,
                sheet=None,
            )
        )
    if request.GET.get("export") == "xlsx":
        return export.ask_why(request)
    services.note_search(
        page=looked_at.title, chosen=_chosen(chosen), at=timezone.now(), by=request.actor
    )
    return _list(request, looked_at, chosen=chosen, kept=kept)


@require_safe
def entry(request: Request, seq: int) -> HttpResponse:
    """Show one entry with its neighbours in the chain, and whether it is as it was written."""
    found = get_object_or_404(queries.entries_seen_by(request.actor), seq=seq)
    services.note_search(
        page="单条记录", chosen={"seq": str(seq)}, at=timezone.now(), by=request.actor
    )
    kinds = forms.kinds()
    orgs = queries.names_of_orgs(request.actor, [found.org_id])
    about = f"{reverse('oversight:entries')}?kind={found.subject_kind}&number={found.first_id}"
    return pages.page(
        request,
        "oversight/entry.html",
        title=f"第 {seq} 条操作记录",
        entry=found,
        line=timeline.line(found),
        subject=_subject(found, kinds),
        about=about if found.subject_kind in kinds else "",
        org=orgs.get(found.org_id, ""),
        outcome=pages.Tag(found.get_outcome_display(), TONES[found.outcome]),
        holds=queries.holds(request.actor, found),
        neighbours=[
            ("前一条" if other.seq < seq else "后一条", other, timeline.line(other))
            for other in queries.neighbours_of(request.actor, found)
        ],
        back=pages.Link("操作记录", reverse("oversight:entries")),
    )


@require_safe
def chain(request: Request) -> HttpResponse:
    """Show where the chain stands, and what its last check and anchor said."""
    state = queries.chain_seen_by(request.actor)
    if state is None:
        raise doors.closed()
    return pages.page(
        request,
        "oversight/chain.html",
        title="链校验",
        chain=state,
        fault=_fault(state.checked),
        actions=[
            pages.Action("校验整条链", reverse("oversight:chain_check"), primary=True, post=True)
        ],
    )


@require_POST
def chain_check(request: Request) -> HttpResponse:
    """Have the whole chain checked, and show how far it is."""
    if queries.chain_seen_by(request.actor) is None:
        raise doors.closed()
    job = services.start_check(at=timezone.now(), by=request.actor)
    return redirect("jobs:job", job.pk)


def _rows(request: Request, topic: str) -> QuerySet[Entry]:
    if not queries.reads_entries(request.actor):
        raise doors.closed()
    return queries.entries_seen_by(request.actor).filter(TOPICS[topic].rows)


def _list(
    request: Request, topic: Topic, *, chosen: forms.EntryFilter, kept: QuerySet[Entry]
) -> HttpResponse:
    behind = forms.position(request.GET.get("before", ""))
    shown = queries.slice_of(request.actor, kept, behind=behind)
    table = tables.short(EntryTable, shown.rows)
    table.orgs = queries.names_of_orgs(request.actor, [each.org_id for each in shown.rows])
    count = queries.count_of(request.actor, kept)
    return pages.page(
        request,
        "oversight/entries.html",
        title=topic.title,
        note=topic.note,
        filter=chosen,
        table=table,
        count=min(count, queries.COUNTED),
        more=count > queries.COUNTED,
        behind=behind,
        further=forms.told(shown.further) if shown.further else "",
    )


def _chosen(chosen: forms.EntryFilter) -> dict[str, str]:
    """Return what was looked for, as it was typed."""
    return {name: str(chosen.data[name])[:80] for name in chosen.filters if chosen.data.get(name)}


def _subject(found: Entry, kinds: Mapping[str, str]) -> str:
    if not found.subject_kind:
        return "—"
    label = kinds.get(found.subject_kind, "记录")
    if found.first_id == found.last_id:
        return f"{label} {found.first_id}"
    return f"{label} {found.first_id} 至 {found.last_id}"


def _fault(checked: Entry | None) -> str:
    """Say in words what the last check found wrong."""
    if checked is None or checked.outcome == Outcome.DONE:
        return ""
    return f"第 {checked.detail['seq']} 条，{LABELS[Kind(checked.detail['kind'])]}"

"""The record behind a number of a figure: who said it, when, how it came about, what it rests on."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.systems.returns import queries, rules
from qinghe.systems.returns.queries import Review

from . import rows


class ChangeTable(Table):
    """The history of one value."""

    at = columns.Moment(verbose_name="时间")
    by = Column("填报人")
    old = Column("原值", empty_values=(None,))
    new = Column("新值", empty_values=(None,))
    reason = Column("原因")

    def render_old(self, value: str) -> str:
        """Say 未报 for nothing."""
        return value or "未报"

    render_new = render_old


class ReviewTable(Table):
    """What was said about the filing."""

    at = columns.Moment(verbose_name="时间")
    by = Column("审核人")
    verdict = columns.State(
        verbose_name="结论",
        labels=dict(Review.Verdict.choices),
        tones={"accepted": pages.Tone.GOOD, "sent_back": pages.Tone.LATE},
    )
    reason = Column("原因")


def value(request: Request, value_id: int) -> HttpResponse:
    """Show one value with its history, its papers and the words of those above."""
    found = get_object_or_404(queries.values_seen_by(request.actor), pk=value_id)
    cell, filing = found.cell, found.filing
    said = rules.said(found.worth, kind=cell.kind) or "未报"
    sent = timezone.localtime(filing.submitted_at) if filing.submitted_at else None
    return pages.record_page(
        request,
        title=f"{cell.label}：{said}{cell.unit if found.worth.amount is not None else ''}",
        record=found,
        state=rows.state_of(filing),
        facts=[
            ("报送", rows.link_to(filing)),
            ("组织", filing.org.name),
            ("指标", f"{cell.label}（{cell.code}）"),
            ("填报值", said),
            ("单位", cell.unit),
            ("报送人", filing.submitted_by),
            ("报送时间", f"{sent:%Y-%m-%d %H:%M}" if sent else None),
            ("逾期原因", filing.late_reason),
            ("审核人", filing.decided_by),
            ("口径", cell.meaning),
        ],
        related=[
            pages.Related(
                "修改记录",
                tables.short(ChangeTable, queries.history_of(request.actor, found)),
                note="谁在何时从什么改为什么",
            ),
            pages.Related(
                "审核意见", tables.short(ReviewTable, filing.reviews.all()), empty="还没有审核"
            ),
        ],
        back=rows.link_to(filing),
    )

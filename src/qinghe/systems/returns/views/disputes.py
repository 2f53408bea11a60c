"""Not agreeing with a number shown from records, and the answer to that."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.returns import forms, queries, services
from qinghe.systems.returns.access import Act

from . import rows
from .filling import found_for


class DisputeTable(Table):
    """Disputes, the newest first."""

    label = Column("指标", accessor="cell__label", linkify=("returns:dispute", [A("pk")]))
    org = Column("提出单位", accessor="filing__org__name", order_by="filing__org__path")
    shown = Column("显示的数字")
    reason = Column("异议")
    at = columns.Moment(verbose_name="提出时间")
    verdict = Column("结论", accessor="get_verdict_display", order_by="verdict")

    class Meta:
        empty_text = "这个组织和下级没有对系统数字提出异议。"


def disputes(request: Request) -> HttpResponseBase:
    """Show the disputes of the chosen organisation and all under it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="数据异议",
        table=DisputeTable,
        rows=queries.disputes_seen_by(request.actor).filter(
            filing__org__path__startswith=request.scope.org.path
        ),
    )


def dispute_new(request: Request, filing_id: int, cell_code: str) -> HttpResponse:
    """Say that a number shown from records is wrong, and why."""
    found = found_for(request, filing_id)
    actors.require(request.actor, Act.FILL, at=found.org)
    cell = get_object_or_404(found.round.form.cells, code=cell_code)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"对“{cell.label}”提出异议",
        note="系统数字来自业务记录，不能直接改。请写明您掌握的数字和依据，由审核单位核对答复；"
        "异议不影响本次报送。",
        submit="提出异议",
        back=rows.link_to(found),
        then=lambda reason: services.dispute(
            filing=found, code=cell.code, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def dispute(request: Request, dispute_id: int) -> HttpResponse:
    """Show one dispute, and to those who may, the form that answers it."""
    found = get_object_or_404(queries.disputes_seen_by(request.actor), pk=dispute_id)
    may = actors.may(request.actor, Act.REVIEW, at=found.filing.reviewer)
    settles = may and found.settled_at is None and found.person_id != request.actor.person_id
    if request.method == "POST":
        actors.require(request.actor, Act.REVIEW, at=found.filing.reviewer)
    form = forms.SettleForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.settle_dispute(
                dispute=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            return redirect("returns:dispute", found.pk)
    return pages.page(
        request,
        "returns/dispute.html",
        status=422 if form.is_bound and form.errors else 200,
        title=f"对“{found.cell.label}”的异议",
        state=_state(found),
        back=pages.Link("数据异议", reverse("returns:disputes")),
        dispute=found,
        filing_link=rows.link_to(found.filing),
        figure_url=f"/figures/{found.cell.code}/{found.filing.round.period}/{found.filing.org.code}/",
        form=form if settles else None,
    )


def _state(found: queries.Dispute) -> pages.Tag:
    if found.settled_at is None:
        return pages.Tag("待答复", pages.Tone.WAIT)
    return pages.Tag(found.get_verdict_display(), pages.Tone.GOOD)

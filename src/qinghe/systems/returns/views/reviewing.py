"""The ledger of filings, and the word of whoever reviews them."""

from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.jobs import services as jobs
from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib import periods
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import forms, queries, services
from qinghe.systems.returns.access import Act
from qinghe.systems.returns.queries import Filing, State

from . import rows

KIND = "returns.accept_many"
MOST = 20_000


class PeriodColumn(Column):
    """A period by its name in words."""

    def render(self, value: str) -> str:
        """Show it on a page."""
        return periods.parse(value).label


class FilingTable(Table):
    """Filings, whoever's they are."""

    org = Column("组织", accessor="org__name", linkify=("returns:filing", [A("pk")]))
    form = Column("报表", accessor="round__form__title", order_by="round__slug")
    period = PeriodColumn("报送期", accessor="round__period", order_by="round__ends_on")
    street = Column("街道", accessor="street__name", order_by="street__path")
    closes_on = columns.Day(verbose_name="截止日期", accessor="round__closes_on")
    submitted_at = columns.Moment(verbose_name="报送时间")
    late = Column("逾期", accessor="late")
    state = columns.State(verbose_name="状态", labels=dict(State.choices), tones=rows.TONES)

    def render_late(self, value: bool) -> str:  # noqa: FBT001  django-tables2 calls it
        """Say it where it is so."""
        return "逾期" if value else ""


class ReviewTable(Table):
    """Filings that wait for a word."""

    org = Column("组织", accessor="org__name", linkify=("returns:filing", [A("pk")]))
    form = Column("报表", accessor="round__form__title", order_by="round__slug")
    period = PeriodColumn("报送期", accessor="round__period", order_by="round__ends_on")
    submitted_by = Column("报送人")
    submitted_at = columns.Moment(verbose_name="报送时间")
    late = Column("逾期原因", accessor="late_reason")

    class Meta:
        empty_text = "没有等您审核的报送；用了筛选的，可清除后再看。"


def filings(request: Request) -> HttpResponseBase:
    """Show the filings of the chosen organisation and all under it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="报送台账",
        table=FilingTable,
        rows=queries.filings_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.FilingFilter,
    )


def to_review(request: Request) -> HttpResponseBase:
    """Show the filings that wait for this actor's word."""
    if not actors.may_anywhere(request.actor, Act.REVIEW):
        raise Refused("not_allowed", "您没有审核报送的权限，没有任何改动；报送由上级组织审核。")
    waiting = queries.to_review(request.actor)
    actions: list[pages.Action | pages.Bulk] = [
        pages.Bulk(
            "accept",
            "通过所选",
            lambda found: services.accept(
                filing=cast(queries.Filing, found), at=timezone.now(), by=request.actor
            ),
            ask="通过所选的报送？通过后计入统计。",
            primary=True,
        )
    ]
    count = _filtered(request).count()
    if count > 1:
        query = request.GET.urlencode()
        url = reverse("returns:accept_all") + (f"?{query}" if query else "")
        ask = f"通过符合当前筛选的全部{count}份报送？通过后计入统计。"
        actions.append(pages.Action(f"全部通过（{count}份）", url, post=True, ask=ask))
    return pages.list_page(
        request,
        title="待审核报送",
        table=ReviewTable,
        rows=waiting,
        filterset=forms.ReviewFilter,
        actions=actions,
    )


@require_POST
def accept_all(request: Request) -> HttpResponse:
    """Accept, as a job, all that waits and that the filter leaves."""
    if not actors.may_anywhere(request.actor, Act.REVIEW):
        raise Refused("not_allowed", "您没有审核报送的权限，没有任何改动；报送由上级组织审核。")
    chosen = list(_filtered(request).values_list("pk", flat=True)[: MOST + 1])
    if not chosen:
        messages.warning(request, "没有待审核的报送，没有任何改动。")
        return redirect("returns:to_review")
    if len(chosen) > MOST:
        raise Refused("too_many", f"一次最多通过{MOST:,}份，没有任何改动；请先筛选再办理。")
    job = jobs.start(
        kind=KIND,
        title=f"批量通过{len(chosen)}份报送",
        arguments={"filings": ",".join(str(key) for key in chosen)},
        at=timezone.now(),
        by=request.actor,
    )
    return redirect("jobs:job", job.pk)


@require_POST
def filing_accept(request: Request, filing_id: int) -> HttpResponse:
    """Accept one filing."""
    found = _found(request, filing_id)
    services.accept(filing=found, at=timezone.now(), by=request.actor)
    return redirect("returns:filing", found.pk)


def filing_send_back(request: Request, filing_id: int) -> HttpResponse:
    """Send one filing back."""
    found = _found(request, filing_id)
    actors.require(request.actor, Act.REVIEW, at=found.reviewer)
    note = "对方填的内容都保留，改正后重新报送。"
    if found.state == State.ACCEPTED:
        note = "退回后不再计入统计，会通知填报单位和原审核单位。" + note
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"退回{found.org.name}的报送",
        note=note,
        submit="确定退回",
        back=rows.link_to(found),
        then=lambda reason: services.send_back(
            filing=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def _filtered(request: Request) -> QuerySet[Filing]:
    return forms.ReviewFilter(
        request.GET, queryset=queries.to_review(request.actor), request=request
    ).qs


def _found(request: Request, filing_id: int) -> Filing:
    return get_object_or_404(queries.filings_seen_by(request.actor), pk=filing_id)

"""Development numbers: the board, quotas on their way down, the numbers themselves."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.access.levels import full_name
from qinghe.systems.joining import forms, queries, services
from qinghe.systems.joining.access import NumberAct
from qinghe.systems.joining.queries import Number, NumberState, Quota

from .number_tables import TONES, BatchTable, NumberTable, QuotaTable

SHOWN = 20
BOARD = "joining:numbers"


def numbers(request: Request) -> HttpResponse:
    """Show how the chosen organisation's numbers stand, and those of whom it gave some."""
    org, today = request.scope.org, timezone.localdate()
    doors.require_at(request.actor, NumberAct.SEE, org=org)
    years = queries.years_of(request.actor, org)
    year = queries.year_of_board(
        request.actor, years, asked=request.GET.get("year", ""), today=today
    )
    return pages.page(
        request,
        "joining/numbers.html",
        title="发展团员编号",
        years=years,
        year=year,
        board=queries.board_of(request.actor, org, year=year),
        actions=_board_actions(request),
    )


def number_batches(request: Request) -> HttpResponseBase:
    """Show the ranges that came from above."""
    doors.require_anywhere(request.actor, NumberAct.SEE)
    actions = []
    if actors.may_anywhere(request.actor, NumberAct.ENTER):
        url = reverse("joining:number_batch_new")
        actions.append(pages.Action("登记号段", url, primary=True))
    return pages.list_page(
        request,
        title="上级下发的号段",
        table=BatchTable,
        rows=queries.batches_seen_by(request.actor),
        filterset=forms.BatchFilter,
        actions=[*actions, pages.Action("编号总览", reverse(BOARD))],
    )


def number_batch_new(request: Request) -> HttpResponse:
    """Enter a range that came from above."""
    org = request.scope.org
    doors.require_at(request.actor, NumberAct.ENTER, org=org)
    form = forms.BatchForm(request.POST or None, initial={"received_on": timezone.localdate()})

    def enter() -> str:
        services.enter_batch(new=form.as_new(org), at=timezone.now(), by=request.actor)
        return reverse("joining:number_batches")

    return pages.act_page(
        request,
        title="登记上级下发的号段",
        note="号段登记后不能修改；跨年的、两个领域的，请分开登记。",
        form=form,
        do=enter,
        submit="登记",
        back=pages.Link("上级下发的号段", reverse("joining:number_batches")),
    )


def number_hand(request: Request) -> HttpResponse:
    """Hand numbers of this year down to several organisations at once."""
    org, year = request.scope.org, timezone.localdate().year
    doors.require_at(request.actor, NumberAct.HAND, org=org)
    left = queries.left_at(request.actor, org, year=year)
    below = list(queries.orgs_to_give(request.actor, org, year=year))
    form = forms.HandForm(
        request.POST or None,
        actor=request.actor,
        giver=org,
        orgs=below,
        left=left,
    )
    ratios = queries.ratios_below(request.actor, below, on=timezone.localdate())
    if form.is_valid():
        with pages.refusals_on(form):
            services.hand_down(
                giver=org,
                kept=services.Kept(year, form.cleaned_data["sector"]),
                shares=form.as_shares(),
                at=timezone.now(),
                by=request.actor,
            )
            return redirect(f"{reverse(BOARD)}?year={year}")
    return pages.page(
        request,
        "joining/number_hand.html",
        status=422 if form.is_bound else 200,
        title=f"下发{year}年度编号",
        form=form,
        ratios=[(one, ratios[one.pk]) for one in below if one.pk in ratios],
        left=left,
        back=pages.Link("编号总览", reverse(BOARD)),
    )


def quotas(request: Request) -> HttpResponseBase:
    """List the quotas of all organisations in sight."""
    doors.require_anywhere(request.actor, NumberAct.SEE)
    path = request.scope.org.path
    return pages.list_page(
        request,
        title="编号配额",
        table=QuotaTable,
        rows=queries.quotas_seen_by(request.actor).filter(org__path__startswith=path),
        filterset=forms.QuotaFilter,
        actions=[pages.Action("编号总览", reverse(BOARD))],
    )


def quota(request: Request, quota_id: int) -> HttpResponse:
    """Show one quota."""
    found = _quota(request, quota_id)
    given = queries.quotas_seen_by(request.actor).filter(
        giver=found.org, year=found.year, sector=found.sector
    )
    return pages.record_page(
        request,
        title=f"{found.org.name}：{found}",
        record=found,
        facts=[
            ("组织", found.org.name),
            ("下发组织", found.giver.name if found.giver else "上级号段"),
            ("首次下发日期", found.given_on.isoformat()),
            ("下发数", found.amount),
            ("再下发数", found.handed),
            ("本级未使用", found.issued_here),
            ("已预留", found.reserved_here),
            ("已使用", found.used_here),
            ("已作废", found.void_here),
            ("年末退回数", found.returned),
        ],
        related=[
            pages.Related(
                "再下发给", tables.short(QuotaTable, given[:SHOWN]), empty="没有再下发给下级。"
            )
        ],
        actions=_quota_actions(request, found),
        back=pages.Link("编号配额", reverse("joining:quotas")),
    )


def quota_take_back(request: Request, quota_id: int) -> HttpResponse:
    """Take unused numbers back."""
    found = _quota(request, quota_id)
    actors.require(request.actor, NumberAct.HAND, at=found.giver or found.org)
    form = forms.TakeBackForm(request.POST or None)
    return pages.act_page(
        request,
        title=f"收回编号：{found.org.name}",
        note=f"还有{found.issued_here}个未使用的编号；收回后冲减下发数，可以再下发给其他组织。",
        form=form,
        do=lambda: _url(
            services.take_back(
                quota=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="收回",
        back=pages.Link(str(found), _url(found)),
    )


@require_POST
def quota_return(request: Request, quota_id: int) -> HttpResponse:
    """Return what nobody used, once the year is over."""
    found = _quota(request, quota_id)
    services.return_numbers(quota=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def number_list(request: Request) -> HttpResponseBase:
    """List the numbers in sight, with whose they are."""
    doors.require_anywhere(request.actor, NumberAct.SEE)
    path = request.scope.org.path
    return pages.list_page(
        request,
        title="编号明细",
        table=NumberTable,
        rows=queries.numbers_in(request.actor, path),
        filterset=forms.NumberFilterSet,
        actions=[pages.Action("编号总览", reverse(BOARD))],
    )


def number(request: Request, number_id: int) -> HttpResponse:
    """Show one number."""
    found = _number(request, number_id)
    state = NumberState(found.state)
    actions = []
    if found.state == NumberState.ISSUED and actors.may(
        request.actor, NumberAct.HAND, at=found.org
    ):
        actions.append(pages.Action("作废", reverse("joining:number_void", args=[found.pk])))
    return pages.record_page(
        request,
        title=found.number,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("年度、领域", f"{found.year}年度{found.get_sector_display()}"),
            ("持有组织", found.org.name),
            ("号段", str(found.batch)),
            ("使用人", _person(request, found)),
            ("入团所在组织", found.for_org.name if found.for_org else "—"),
            ("入团日期", found.used_on.isoformat() if found.used_on else "—"),
            ("作废", f"{found.voided_on}，{found.reason}" if found.voided_on else "—"),
        ],
        actions=actions,
        back=pages.Link("编号明细", reverse("joining:number_list")),
    )


def number_void(request: Request, number_id: int) -> HttpResponse:
    """Put a number that nobody has out of use."""
    found = _number(request, number_id)
    actors.require(request.actor, NumberAct.HAND, at=found.org)
    return pages.reason_page(
        request,
        title=f"作废编号{found.number}",
        note="作废后不能恢复，也不能再给任何人使用。",
        form=forms.NumberReasonForm(request.POST or None),
        then=lambda reason: services.void_number(
            number=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定作废",
        back=pages.Link(found.number, reverse("joining:number", args=[found.pk])),
    )


def _quota(request: Request, quota_id: int) -> Quota:
    return get_object_or_404(queries.quotas_seen_by(request.actor), pk=quota_id)


def _number(request: Request, number_id: int) -> Number:
    return get_object_or_404(queries.numbers_seen_by(request.actor), pk=number_id)


def _url(found: Quota) -> str:
    return reverse("joining:quota", args=[found.pk])


def _person(request: Request, found: Number) -> str:
    if found.person is None:
        return "—"
    at = found.for_org or found.org
    return full_name(request.actor, found.person, at=at, on=timezone.localdate())


def _board_actions(request: Request) -> list[pages.Action]:
    actor, org = request.actor, request.scope.org
    actions = []
    if actors.may(actor, NumberAct.HAND, at=org):
        actions.append(pages.Action("下发编号", reverse("joining:number_hand"), primary=True))
    if org.parent_id is None and actors.may(actor, NumberAct.ENTER, at=org):
        actions.append(pages.Action("登记号段", reverse("joining:number_batch_new")))
    if org.parent_id is not None and actors.may(actor, NumberAct.USE, at=org):
        actions.append(pages.Action("申请编号", reverse("joining:number_request_new")))
    return [
        *actions,
        pages.Action("编号明细", reverse("joining:number_list")),
        pages.Action("编号配额", reverse("joining:quotas")),
        pages.Action("编号申请", reverse("joining:number_requests")),
    ]


def _quota_actions(request: Request, found: Quota) -> list[pages.Action]:
    actor, this_year = request.actor, timezone.localdate().year
    key = [found.pk]
    if not found.issued_here:
        return []
    if found.year == this_year and found.giver:
        if actors.may(actor, NumberAct.HAND, at=found.giver):
            return [pages.Action("收回", reverse("joining:quota_take_back", args=key))]
    elif found.year < this_year and actors.may(actor, NumberAct.HAND, at=found.org):
        return [
            pages.Action(
                "年末退回",
                reverse("joining:quota_return", args=key),
                post=True,
                ask=f"将退回{found.issued_here}个未使用的编号，退回后不能取消，确定退回吗？",
            )
        ]
    return []

"""Courtesies as officers see them: what is offered, what was taken, how much one may take."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import (
    ClaimState,
    CourtesyClaim,
    CourtesyItem,
    CourtesyState,
)

from .sessions import FIRST, written

TONES: dict[str, pages.Tone] = {
    CourtesyState.APPLIED: pages.Tone.WAIT,
    CourtesyState.OPEN: pages.Tone.GOOD,
    CourtesyState.REFUSED: pages.Tone.LATE,
    CourtesyState.WITHDRAWN: pages.Tone.PLAIN,
}
CLAIM_TONES: dict[str, pages.Tone] = {
    ClaimState.CLAIMED: pages.Tone.WAIT,
    ClaimState.REDEEMED: pages.Tone.GOOD,
    ClaimState.CANCELLED: pages.Tone.PLAIN,
    ClaimState.EXPIRED: pages.Tone.LATE,
}


class CourtesyTable(Table):
    """Items, newest first."""

    title = Column("名称", linkify=("volunteering:courtesy_item", [A("pk")]))
    sponsor = Column("商家", accessor="sponsor__name")
    area = Column("适用范围", accessor="area__name", order_by="area__path")
    closes_on = columns.Day(verbose_name="截止日期")
    stock = columns.Number(verbose_name="总份数", default="不限")
    claimed = columns.Number(verbose_name="已领")
    used = columns.Number(verbose_name="已用")
    state = columns.State(verbose_name="状态", labels=dict(CourtesyState.choices), tones=TONES)


class ClaimTable(Table):
    """Claims, names masked, newest first. A code stands on its holder's phone only."""

    number = Column(
        "志愿者编号",
        accessor="volunteer__number",
        linkify=("volunteering:courtesy_claim", [A("pk")]),
    )
    name = columns.MaskedName(verbose_name="姓名", accessor="volunteer__person__name")
    item = Column("礼遇", accessor="item__title")
    sponsor = Column("商家", accessor="item__sponsor__name")
    claimed_at = columns.Moment(verbose_name="领取时间")
    valid_until = columns.Day(verbose_name="有效期至")
    redeemed_at = columns.Moment(verbose_name="使用时间")
    state = columns.State(verbose_name="状态", labels=dict(ClaimState.choices), tones=CLAIM_TONES)


class TakenTable(ClaimTable):
    """Claims of one item."""

    class Meta:
        exclude = ("item", "sponsor", "valid_until")


def courtesy_items(request: Request) -> HttpResponseBase:
    """Show what is offered by the sponsors of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="志愿者礼遇",
        table=CourtesyTable,
        rows=queries.courtesy_items_seen_by(request.actor).filter(
            sponsor__org__path__startswith=request.scope.org.path
        ),
        filterset=forms.CourtesyFilter,
        actions=_list_actions(request),
    )


def courtesy_item(request: Request, courtesy_item_id: int) -> HttpResponse:
    """Show one item: what it asks, what is left, who took it."""
    found = _item(request, courtesy_item_id)
    state = CourtesyState(found.state)
    taken = queries.courtesy_claims_seen_by(request.actor).filter(item=found)
    sponsor = reverse("volunteering:sponsor", args=[found.sponsor_id])
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("商家", pages.Link(found.sponsor.name, sponsor)),
            ("类别", found.get_kind_display()),
            ("使用说明", found.about),
            ("适用范围", found.area.name),
            ("开放日期", f"{found.opens_on} 至 {found.closes_on}"),
            ("使用日", rules.weekdays_written(found.weekdays)),
            ("最低星级", f"{found.star}星" if found.star else "不限"),
            ("最低服务时长", _hours_asked(found)),
            ("总份数", "不限" if found.stock is None else found.stock),
            ("每月份数", "不限" if found.monthly is None else found.monthly),
            ("每人每年", f"{found.yearly}份"),
            ("参考价值", rules.yuan(found.fen) if found.fen else "没有可比价格"),
            ("已占用", f"{found.taken}份"),
            ("发布日期", written(found.opened_on)),
        ],
        actions=_item_actions(request, found),
        related=[
            pages.Related(
                "最近的领取", tables.short(TakenTable, taken[:FIRST]), empty="还没有人领取"
            )
        ],
        back=_back(),
    )


def courtesy_item_new(request: Request) -> HttpResponse:
    """Enter an item."""
    actors.require(request.actor, Act.KEEP_COURTESY, at=request.scope.org)
    today = local_day(timezone.now())
    initial = {
        "area": request.scope.org.code, "opens_on": today, "weekdays": list("1234567"),
    }  # fmt: skip
    form = forms.CourtesyForm(
        request.POST or None, initial=initial, actor=request.actor, today=today
    )
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.offer_courtesy(new=form.as_new(), at=timezone.now(), by=request.actor)
            return redirect("volunteering:courtesy_item", made.pk)
    return pages.form_page(
        request,
        title="登记礼遇项目",
        form=form,
        groups=[
            ("给什么", ["sponsor", "title", "kind", "about", "value"]),
            ("给谁", ["area", "star", "hours", "months"]),
            ("给多少", ["stock", "monthly", "yearly"]),
            ("什么时候", ["opens_on", "closes_on", "weekdays"]),
        ],
        submit="提交审核",
        note="礼遇不能是现金，不能转让，也不消耗服务时长；由他人审核后才对志愿者显示。",
        back=_back(),
        draft="volunteering.courtesy_item_new",
    )


@require_POST
def courtesy_open(request: Request, courtesy_item_id: int) -> HttpResponse:
    """Publish an item."""
    found = _item(request, courtesy_item_id)
    services.open_courtesy(item=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已发布，志愿者可以在手机上领取。")
    return redirect("volunteering:courtesy_item", found.pk)


def courtesy_refuse(request: Request, courtesy_item_id: int) -> HttpResponse:
    """Turn an item down."""
    found = _item(request, courtesy_item_id)
    actors.require(request.actor, Act.APPROVE_COURTESY, at=found.sponsor.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="不予发布",
        submit="确定不通过",
        back=_back_to(found),
        then=lambda reason: services.refuse_courtesy(
            item=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def courtesy_withdraw(request: Request, courtesy_item_id: int) -> HttpResponse:
    """Take an item off the list."""
    found = _item(request, courtesy_item_id)
    actors.require(request.actor, Act.KEEP_COURTESY, at=found.sponsor.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"下架{found.title}",
        note="下架后不能再领取；已领的码在有效期内仍可使用。",
        submit="确定下架",
        back=_back_to(found),
        then=lambda reason: services.withdraw_courtesy(
            item=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def courtesy_claims(request: Request) -> HttpResponseBase:
    """Show what volunteers took, and what of it was used."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="礼遇领取记录",
        table=ClaimTable,
        rows=queries.courtesy_claims_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.ClaimFilter,
        totals=lambda rows: [
            pages.Total(label, rows.filter(state=state).count(), "份")
            for state, label in ClaimState.choices
        ],
    )


def courtesy_claim(request: Request, courtesy_claim_id: int) -> HttpResponse:
    """Show one claim; its code stays with its holder."""
    found = _claim(request, courtesy_claim_id)
    state, item = ClaimState(found.state), found.item
    redeemed = found.redeemed_at
    return pages.record_page(
        request,
        title=item.title,
        record=found,
        state=pages.Tag(state.label, CLAIM_TONES[state]),
        facts=[
            ("志愿者编号", found.volunteer.number),
            ("姓名", levels.short_name(
                request.actor, found.volunteer.person, at=found.org, on=found.claimed_on
            )),
            ("领取时主组织", found.org.name),
            ("商家", item.sponsor.name),
            ("领取时间", f"{found.claimed_at.astimezone(TZ):%Y-%m-%d %H:%M}"),
            ("有效期至", found.valid_until.isoformat()),
            ("使用时间", f"{redeemed.astimezone(TZ):%Y-%m-%d %H:%M}" if redeemed else ""),
            ("核销点", found.redeemed_by.label if found.redeemed_by else ""),
            ("参考价值", rules.yuan(found.fen) if found.fen else ""),
            ("取消原因", found.reason),
        ],
        actions=_claim_actions(request, found),
        back=pages.Link("礼遇领取记录", reverse("volunteering:courtesy_claims")),
    )  # fmt: skip


def courtesy_claim_revoke(request: Request, courtesy_claim_id: int) -> HttpResponse:
    """Take back what somebody took and did not use."""
    found = _claim(request, courtesy_claim_id)
    actors.require(request.actor, Act.KEEP_COURTESY, at=found.item.sponsor.org)
    back = reverse("volunteering:courtesy_claim", args=[found.pk])
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="取消这份礼遇",
        note="原因会告诉志愿者本人；份数退回。",
        submit="确定取消",
        back=pages.Link(found.item.title, back),
        then=lambda reason: services.revoke_courtesy(
            claim=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def courtesy_unusual(request: Request) -> HttpResponse:
    """Show uses that are worth a look: many by one person, many at one sponsor in one hour."""
    org = request.scope.org
    doors.require_at(request.actor, Act.KEEP_COURTESY, org=org)
    today = local_day(timezone.now())
    return pages.page(
        request,
        "volunteering/courtesy_unusual.html",
        title="异常使用",
        many=queries.many_by_one(request.actor, org=org, today=today),
        bursts=queries.bursts(request.actor, org=org, today=today),
        a_day=rules.MANY_A_DAY,
        an_hour=rules.BURST,
        back=_back(),
    )


def courtesy_terms(request: Request) -> HttpResponse:
    """Set from a coming day on how much one person may take a year; show what held before."""
    org = request.scope.org
    doors.require_at(request.actor, Act.APPROVE_COURTESY, org=org)
    form = forms.TermsForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.set_courtesy_terms(
                new=form.as_new(), at=timezone.now(), by=request.actor
            )
            messages.success(request, f"已保存，{made.starts_on}起施行。")
            return redirect("volunteering:courtesy_terms")
    return pages.page(
        request,
        "volunteering/courtesy_terms.html",
        status=422 if form.errors else 200,
        title="礼遇年度上限",
        form=form,
        rows=[
            (one.starts_on, one.most_claims, rules.yuan(one.most_fen), one.valid_days)
            for one in queries.all_terms(request.actor)
        ],
        back=_back(),
    )


def _hours_asked(item: CourtesyItem) -> str:
    if not item.minutes:
        return "不限"
    return f"近{item.months}个月满{rules.tenths_of_hours(item.minutes)}小时"


def _item(request: Request, courtesy_item_id: int) -> CourtesyItem:
    return get_object_or_404(queries.courtesy_items_seen_by(request.actor), pk=courtesy_item_id)


def _claim(request: Request, courtesy_claim_id: int) -> CourtesyClaim:
    return get_object_or_404(queries.courtesy_claims_seen_by(request.actor), pk=courtesy_claim_id)


def _back() -> pages.Link:
    return pages.Link("志愿者礼遇", reverse("volunteering:courtesy_items"))


def _back_to(found: CourtesyItem) -> pages.Link:
    return pages.Link(found.title, reverse("volunteering:courtesy_item", args=[found.pk]))


def _list_actions(request: Request) -> list[pages.Action]:
    org, actions = request.scope.org, []
    if actors.may(request.actor, Act.KEEP_COURTESY, at=org):
        actions = [
            pages.Action("登记礼遇项目", reverse("volunteering:courtesy_item_new"), primary=True),
            pages.Action("商家", reverse("volunteering:sponsors")),
            pages.Action("异常使用", reverse("volunteering:courtesy_unusual")),
        ]
    actions.append(pages.Action("领取记录", reverse("volunteering:courtesy_claims")))
    if actors.may(request.actor, Act.APPROVE_COURTESY, at=org):
        actions.append(pages.Action("年度上限", reverse("volunteering:courtesy_terms")))
    return actions


def _item_actions(request: Request, found: CourtesyItem) -> list[pages.Action]:
    key, org = [found.pk], found.sponsor.org
    if found.state == CourtesyState.OPEN and actors.may(request.actor, Act.KEEP_COURTESY, at=org):
        return [pages.Action("下架", reverse("volunteering:courtesy_withdraw", args=key))]
    waits = found.state == CourtesyState.APPLIED
    own = found.entered_by_id == request.actor.person_id
    if waits and not own and actors.may(request.actor, Act.APPROVE_COURTESY, at=org):
        url = reverse("volunteering:courtesy_open", args=key)
        return [
            pages.Action("通过并发布", url, primary=True, post=True),
            pages.Action("不通过", reverse("volunteering:courtesy_refuse", args=key)),
        ]
    return []


def _claim_actions(request: Request, found: CourtesyClaim) -> list[pages.Action]:
    org = found.item.sponsor.org
    unused = found.state == ClaimState.CLAIMED
    if not unused or not actors.may(request.actor, Act.KEEP_COURTESY, at=org):
        return []
    return [pages.Action("取消", reverse("volunteering:courtesy_claim_revoke", args=[found.pk]))]

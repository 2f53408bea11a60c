"""Dues as a record: who pays what and has paid how far, months written down and taken back."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import forms, queries, rules, services
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.queries import DuesPayment

from .dues_tables import PAYMENT, PayerTable, PaymentTable, yuan

MOST = 200
NONE = "—"


def dues(request: Request) -> HttpResponseBase:
    """Show what each pays and has paid, below the chosen organisation."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.DUES, at=request.scope.org):
        url = reverse("rolls:dues_record")
        actions.append(pages.Action("登记交费", url, primary=True))
    actions.append(pages.Action("交费记录", reverse("rolls:payments")))
    actions.append(pages.Action("团费标准", reverse("rolls:dues_terms")))
    return pages.list_page(
        request,
        title="团费",
        table=PayerTable,
        rows=queries.payers_seen_by(request.actor, timezone.localdate()).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.PayerFilter,
        actions=actions,
    )


def dues_record(request: Request) -> HttpResponse:
    """Write down who paid some months."""
    actors.require(request.actor, Act.DUES, at=request.scope.org)
    today = timezone.localdate()
    rows = queries.payers_seen_by(request.actor, today).filter(
        org__path__startswith=request.scope.org.path, since__isnull=False
    )
    found = {one.pk: one for one in rows.order_by("org__path", "person__number")[:MOST]}
    form = forms.DuesForm(
        request.POST or None,
        choices=[(pk, _label(request, one)) for pk, one in found.items()],
        initial={"first": rules.month_of(today), "paid_on": today},
    )

    def do() -> str:
        members = [found[pk] for pk in form.cleaned_data["members"]]
        written = services.record_dues(
            members=members, months=form.as_months(), at=timezone.now(), by=request.actor
        )
        messages.success(request, f"已登记{written}人月；以前登记过的月份没有重复登记。")
        return reverse("rolls:payments")

    return pages.act_page(
        request,
        title="登记交费",
        note=f"只登记交纳情况，不经手钱款；金额按核定的标准。列出{request.scope.org.name}及以下"
        f"已核定金额的团员，最多{MOST}人，人多时在上方选下级组织。",
        form=form,
        do=do,
        submit="登记",
        back=pages.Link("团费", reverse("rolls:dues")),
    )


def payments(request: Request) -> HttpResponseBase:
    """Show the months that were written down below the chosen organisation."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="交费记录",
        table=PaymentTable,
        rows=queries.payments_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.PaymentFilter,
        actions=[pages.Action("团费", reverse("rolls:dues"))],
    )


def payment(request: Request, dues_payment_id: int) -> HttpResponse:
    """Show one month that was written down."""
    found = _payment(request, dues_payment_id)
    name = levels.full_name(request.actor, found.person, at=found.org, on=timezone.localdate())
    actions = []
    if not found.voided_at and actors.may(request.actor, Act.DUES, at=found.org):
        actions.append(pages.Action("作废", reverse("rolls:payment_void", args=[found.pk])))
    return pages.record_page(
        request,
        title=f"{name}：{found.month:%Y年%m月}团费",
        record=found,
        state=pages.Tag("已作废", pages.Tone.PLAIN)
        if found.voided_at
        else pages.Tag("有效", pages.Tone.GOOD),
        facts=[
            ("所在团组织", found.org.name),
            (
                "金额（元）",
                pages.Kept(
                    yuan(found.fen), f"{PAYMENT}.fen", found.person, found.org, act=Act.DUES
                ),
            ),
            ("交纳日期", found.paid_on.isoformat()),
            ("登记人", found.recorded_by.name),
            ("作废原因", found.reason or NONE),
        ],
        actions=actions,
        back=pages.Link("交费记录", reverse("rolls:payments")),
    )


def payment_void(request: Request, dues_payment_id: int) -> HttpResponse:
    """Take back a month that was written down by mistake."""
    found = _payment(request, dues_payment_id)
    actors.require(request.actor, Act.DUES, at=found.org)
    return pages.reason_page(
        request,
        title="作废",
        note="作废后可以重新登记这个月；记录保留。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.void_dues(
            payment=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定作废",
        back=pages.Link("返回", reverse("rolls:payment", args=[found.pk])),
    )


def _payment(request: Request, dues_payment_id: int) -> DuesPayment:
    return get_object_or_404(queries.payments_seen_by(request.actor), pk=dues_payment_id)


def _label(request: Request, one: Membership) -> str:
    paid_to = getattr(one, "paid_to", None)
    how_far = f"已交到{paid_to:%Y-%m}" if paid_to else "还没有交过"
    name = queries.name_of(request.actor, one.person, at=one.org)
    return f"{name}（{one.person.number}，{one.org.name}，{how_far}）"

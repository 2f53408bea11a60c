"""What a member is to pay: set, reduced, and the terms that say how much."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import forms, queries, rules, services
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.queries import DuesRate, DuesState

from .dues_tables import RATE, TONES, yuan

NONE = "—"
TERMS = "团费标准"


def rate_new(request: Request, membership_id: int) -> HttpResponse:
    """Set what a member pays from a month on."""
    found = _member(request, membership_id)
    form = forms.RateForm(
        request.POST or None, initial={"month": rules.month_of(timezone.localdate())}
    )
    return pages.act_page(
        request,
        title="核定每月团费",
        note="按团费标准算出每月金额，从所填的月份起交纳；月收入只用来计算，不保存。",
        form=form,
        do=lambda: _url(
            services.set_dues_rate(
                member=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="核定",
        back=pages.Link("团员档案", reverse("rolls:member", args=[found.pk])),
    )


def reduction_new(request: Request, membership_id: int) -> HttpResponse:
    """Send a reduction for hardship up."""
    found = _member(request, membership_id)
    form = forms.ReductionForm(request.POST or None)
    return pages.act_page(
        request,
        title="提请团费减免",
        note="生活确有困难的，支部大会讨论同意后报上级团组织批准，从批准的当月起减免。",
        form=form,
        do=lambda: _url(
            services.propose_reduction(
                member=found,
                fen=form.fen,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                by=request.actor,
            )
        ),
        submit="提请",
        back=pages.Link("团员档案", reverse("rolls:member", args=[found.pk])),
    )


def rate(request: Request, dues_rate_id: int) -> HttpResponse:
    """Show what was set for a member."""
    found = _found(request, dues_rate_id)
    state = DuesState(found.state)
    name = levels.full_name(request.actor, found.person, at=found.org, on=timezone.localdate())

    def kept(value: str, field: str) -> pages.Kept:
        return pages.Kept(value, f"{RATE}.{field}", of=found.person, at=found.org, act=Act.DUES)

    return pages.record_page(
        request,
        title=f"{name}：每月团费",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("所在团组织", found.org.name),
            ("类别", kept(found.get_category_display(), "category")),
            ("每月（元）", kept(yuan(found.fen), "fen")),
            ("从哪个月起", f"{found.starts_on:%Y-%m}" if found.starts_on else NONE),
            ("减免原因", kept(found.reason or NONE, "reason")),
            ("登记人", found.entered_by.name),
            ("审批人", found.decided_by.name if found.decided_by else NONE),
            ("答复", found.answer or NONE),
        ],
        actions=_actions(request, found),
        back=pages.Link("团费", reverse("rolls:dues")),
    )


def rate_approve(request: Request, dues_rate_id: int) -> HttpResponse:
    """Grant a reduction."""
    found = _to_decide(request, dues_rate_id)
    return pages.act_page(
        request,
        title="批准团费减免",
        note=f"从本月起每月{yuan(found.fen)}元，提请的团组织和本人都会看到。",
        form=forms.ConfirmForm(request.POST or None),
        do=lambda: _url(
            services.approve_reduction(rate=found, at=timezone.now(), by=request.actor)
        ),
        submit="批准",
        back=pages.Link("返回", _url(found)),
    )


def rate_refuse(request: Request, dues_rate_id: int) -> HttpResponse:
    """Turn a reduction down."""
    found = _to_decide(request, dues_rate_id)
    return pages.reason_page(
        request,
        title="不批准团费减免",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.refuse_reduction(
            rate=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不批准",
        back=pages.Link("返回", _url(found)),
    )


@require_safe
def dues_terms(request: Request) -> HttpResponse:
    """Show all terms, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if doors.may_for_the_house(request.actor, Act.SET_TERMS):
        actions.append(pages.Action("调整标准", reverse("rolls:dues_terms_new"), primary=True))
    in_force = queries.dues_terms_on(request.actor, timezone.localdate())
    return pages.page(
        request,
        "rolls/dues_terms.html",
        title=TERMS,
        rows=[
            (one, one.starts_on == in_force.starts_on, queries.numbers_in(request.actor, one))
            for one in queries.all_dues_terms(request.actor)
        ],
        actions=actions,
        back=pages.Link("团费", reverse("rolls:dues")),
    )


def dues_terms_new(request: Request) -> HttpResponse:
    """Set terms from a coming day on."""
    if not doors.may_for_the_house(request.actor, Act.SET_TERMS):
        raise doors.closed()
    in_force = queries.dues_terms_on(request.actor, timezone.localdate())
    initial = {name: getattr(in_force, name) for name in queries.DUES_NUMBERS}
    form = forms.DuesTermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_dues_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("rolls:dues_terms")

    return pages.act_page(
        request,
        title="调整团费标准",
        form=form,
        do=do,
        note="施行日期以后核定的按新标准计算；已经核定的不变，需要时重新核定。",
        back=pages.Link(TERMS, reverse("rolls:dues_terms")),
    )


def _actions(request: Request, found: DuesRate) -> list[pages.Action]:
    above = found.org.parent or found.org
    if (
        found.state != DuesState.PROPOSED
        or found.entered_by_id == request.actor.person_id
        or not actors.may(request.actor, Act.DECIDE, at=above)
    ):
        return []
    key = [found.pk]
    return [
        pages.Action("批准", reverse("rolls:rate_approve", args=key), primary=True),
        pages.Action("不批准", reverse("rolls:rate_refuse", args=key)),
    ]


def _found(request: Request, dues_rate_id: int) -> DuesRate:
    return get_object_or_404(queries.rates_seen_by(request.actor), pk=dues_rate_id)


def _to_decide(request: Request, dues_rate_id: int) -> DuesRate:
    found = _found(request, dues_rate_id)
    actors.require(request.actor, Act.DECIDE, at=found.org.parent or found.org)
    return found


def _member(request: Request, membership_id: int) -> Membership:
    found = get_object_or_404(queries.members_seen_by(request.actor), pk=membership_id)
    actors.require(request.actor, Act.DUES, at=found.org)
    return found


def _url(found: DuesRate) -> str:
    return reverse("rolls:rate", args=[found.pk])

"""Numbers shared out: the tree step by step, the split with its preview, adjustments."""

from collections.abc import Sequence
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs.models import Org
from qinghe.lib import sharing
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import forms, queries, rules, services
from qinghe.systems.targets.access import Act
from qinghe.systems.targets.queries import Adjustment, AdjustmentState, ListState, Rule, Share

from .tables import ADJUSTMENT_TONES, AdjustmentTable, ShareTable, StepTable

FIRST = 20


def share(request: Request, share_id: int) -> HttpResponse:
    """Show one share: what it is given on to, the gap and whose it is, every step it took."""
    found = _found(request, share_id)
    below = queries.shares_seen_by(request.actor).filter(parent=found).order_by("org__path")
    balance = queries.balance_of(request.actor, found)
    return pages.record_page(
        request,
        title=f"{found.item.title}：{found.org.name}",
        record=found,
        state=_state(balance),
        facts=_facts(found, balance),
        actions=_actions(request, found, balance),
        related=[
            pages.Related("分解到", tables.short(ShareTable, below), empty="还没有分解"),
            pages.Related(
                "调整申请",
                tables.short(AdjustmentTable, found.adjustments.all()[:FIRST]),
                empty="没有调整",
            ),
            pages.Related("调整历史", tables.short(StepTable, found.steps.all()[:FIRST])),
        ],
        back=pages.Link(found.item.title, reverse("targets:item", args=[found.item_id])),
    )


def _state(balance: rules.Balance) -> pages.Tag:
    if not balance.is_split:
        return pages.Tag("没有分解")
    if not balance.gap:
        return pages.Tag("分解完毕", pages.Tone.GOOD)
    words = f"还差{balance.gap}" if balance.gap > 0 else f"多分解了{-balance.gap}"
    return pages.Tag(words, pages.Tone.LATE)


def _facts(found: Share, balance: rules.Balance) -> list[tuple[str, pages.Cell | pages.Kept]]:
    unit = found.item.unit
    facts: list[tuple[str, pages.Cell | pages.Kept]] = [
        ("分解数", f"{found.number}{unit}"),
        ("上级", pages.Link(found.parent.org.name, _url(found.parent)) if found.parent else "—"),
        ("分解方式", _rule(found)),
        ("已分解", f"{balance.shared}{unit}"),
        ("差额", f"{balance.gap}{unit}"),
    ]
    if balance.gap:
        facts.append(("差额由谁承担", (found.gap_org or found.org).name))
    if balance.lapsed:
        facts.append(("其中单位撤销、无人承担", f"{balance.lapsed}{unit}"))
    return [*facts, ("下达日期", found.handed_on.isoformat())]


def _rule(found: Share) -> str:
    by = f"（{found.base_code}，{found.base_period}）" if found.base_code else ""
    return f"{found.get_rule_display()}{by}" if found.rule else "—"


def _actions(request: Request, found: Share, balance: rules.Balance) -> list[pages.Action]:
    key, me = [found.pk], request.actor
    if found.item.dropped_on or found.item.task_list.state == ListState.CLOSED:
        return []
    actions = []
    splits = actors.may(me, Act.SPLIT, at=found.org)
    if splits and queries.sharing(me, found).exists():
        label = "补充分解" if balance.is_split else "分解"
        url = reverse("targets:split", args=key)
        actions.append(pages.Action(label, url, primary=not balance.is_split))
    if _may_ask(request, found) and not _waits(found):
        actions.append(pages.Action("提出调整", reverse("targets:adjust", args=key)))
    if splits and balance.gap:
        actions.append(pages.Action("指定差额承担单位", reverse("targets:gap", args=key)))
    return actions


def _waits(found: Share) -> bool:
    return found.adjustments.filter(state=AdjustmentState.ASKED).exists()


def _may_ask(request: Request, found: Share) -> bool:
    above = found.parent.org if found.parent else found.org
    return actors.may(request.actor, Act.CARRY, at=found.org) or actors.may(
        request.actor, Act.SPLIT, at=above
    )


def split(request: Request, share_id: int) -> HttpResponse:
    """Choose a rule, look at what each would get, and give the number on."""
    found = _found(request, share_id)
    actors.require(request.actor, Act.SPLIT, at=found.org)
    below = list(queries.sharing(request.actor, found))
    is_split = queries.balance_of(request.actor, found).is_split
    chosen = _chosen(request, is_split=is_split)
    way = chosen.cleaned_data["way"] if chosen.is_valid() else ""
    form = forms.SplitForm(
        request.POST or None,
        below=below,
        by_hand=way == Rule.HAND,
        owners=queries.standing_below(request.actor, found.org),
    )
    rows, why = _preview(request, found, below=below, chosen=chosen, form=form)
    if form.is_valid() and way:
        with pages.refusals_on(form):
            _split(request, found, way=way, chosen=chosen, form=form)
            return redirect(_url(found))
    return pages.page(
        request,
        "targets/split.html",
        status=422 if form.is_bound else 200,
        title=f"分解{found.item.title}：{found.org.name}{found.number}{found.item.unit}",
        share=found,
        chosen=chosen,
        by_hand=way == Rule.HAND,
        is_split=is_split,
        form=form,
        rows=rows,
        total=sum(number for *_, number, _ in rows if number is not None),
        why=why,
        back=pages.Link("分解", _url(found)),
    )


def _chosen(request: Request, *, is_split: bool) -> forms.RuleForm:
    """Return the rule that was chosen; who has no share yet gets one by hand only."""
    now = request.scope.period
    periods = [(one.name, one.label) for one in (now, now.previous(), now.same_last_year())]
    given = {"way": Rule.HAND if is_split else Rule.EQUAL, "period": now.name}
    asked = request.GET.dict() if "way" in request.GET and not is_split else given
    return forms.RuleForm(asked, actor=request.actor, periods=list(dict.fromkeys(periods)))


def _preview(
    request: Request,
    found: Share,
    *,
    below: Sequence[Org],
    chosen: forms.RuleForm,
    form: forms.SplitForm,
) -> tuple[list[tuple[Org, Decimal | None, int | None, object]], str]:
    """Return by organisation its base, what it would get and where that is typed; or why not."""
    numbers: list[int | None] = [None] * len(below)
    bases: list[Decimal | None] = [None] * len(below)
    why = ""
    way = chosen.cleaned_data.get("way") if chosen.is_valid() else ""
    try:
        if way == Rule.EQUAL:
            numbers = [*sharing.equally(found.number, among=len(below))]
        elif way == Rule.BASE:
            told = chosen.cleaned_data
            bases = queries.figures_of(
                request.actor, code=told["code"], period=told["period"], orgs=below
            )
            rules.check_based(figures=bases)
            numbers = [*rules.by_figures(found.number, figures=bases)]
    except Refused as refused:
        why = refused.reason
    cells = [form.cell(org) for org in below]
    return list(zip(below, bases, numbers, cells, strict=True)), why


def _split(
    request: Request, found: Share, *, way: str, chosen: forms.RuleForm, form: forms.SplitForm
) -> None:
    signed = {
        "reason": form.cleaned_data["reason"],
        "at": timezone.now(),
        "by": request.actor,
    }
    if way == Rule.EQUAL:
        services.split_equally(share=found, **signed)
    elif way == Rule.BASE:
        told = chosen.cleaned_data
        services.split_by_base(share=found, code=told["code"], period=told["period"], **signed)
    else:
        gap_org = form.cleaned_data["gap_org"]
        services.split_by_hand(share=found, numbers=form.numbers(), gap_org=gap_org, **signed)


def adjust(request: Request, share_id: int) -> HttpResponse:
    """Ask that a share be another number."""
    found = _found(request, share_id)
    if not _may_ask(request, found):
        raise doors.closed()
    form = forms.AdjustForm(request.POST or None, initial={"number": found.number})
    above = found.parent.org if found.parent else found.org
    return pages.act_page(
        request,
        title=f"调整{found.item.title}：{found.org.name}",
        form=form,
        do=lambda: _adjustment_url(
            services.ask_adjustment(
                share=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="提出",
        note=f"由{above.name}的另一人批准后生效；只改这一个数，差额在分解页面显示。",
        back=pages.Link("分解", _url(found)),
    )


def gap(request: Request, share_id: int) -> HttpResponse:
    """Name who owns a gap."""
    found = _found(request, share_id)
    actors.require(request.actor, Act.SPLIT, at=found.org)
    owners = Org.objects.filter(path__startswith=found.org.path, closed_on__isnull=True)
    form = forms.GapForm(request.POST or None, owners=owners)
    return pages.act_page(
        request,
        title=f"{found.item.title}：差额由谁承担",
        form=form,
        do=lambda: _url(
            services.own_gap(
                share=found, org=form.cleaned_data["org"], at=timezone.now(), by=request.actor
            )
        ),
        back=pages.Link("分解", _url(found)),
    )


def adjustment(request: Request, share_adjustment_id: int) -> HttpResponse:
    """Show one adjustment."""
    found = _adjustment(request, share_adjustment_id)
    return pages.record_page(
        request,
        title=f"{found.share.org.name}：{found.share.item.title}",
        record=found,
        state=pages.Tag(found.get_state_display(), ADJUSTMENT_TONES[found.state]),
        facts=[
            ("分解数", pages.Link(f"现为{found.share.number}", _url(found.share))),
            ("原数", found.before),
            ("新数", found.after),
            ("原因", found.reason),
            ("提出日期", found.asked_on.isoformat()),
            ("批准单位", _above(found).name),
            ("办结日期", found.decided_on.isoformat() if found.decided_on else "—"),
            ("答复", found.answer or "—"),
        ],
        actions=_adjustment_actions(request, found),
        back=pages.Link("分解", _url(found.share)),
    )


def _adjustment_actions(request: Request, found: Adjustment) -> list[pages.Action]:
    if found.state != AdjustmentState.ASKED:
        return []
    key, me = [found.pk], request.actor
    if found.asked_by_id == me.person_id:
        url, ask = reverse("targets:adjustment_withdraw", args=key), "撤回这项调整吗？"
        return [pages.Action("撤回", url, post=True, ask=ask)]
    if not actors.may(me, Act.APPROVE, at=_above(found)):
        return []
    approve = reverse("targets:adjustment_approve", args=key)
    return [
        pages.Action("批准", approve, primary=True, post=True),
        pages.Action("不批准", reverse("targets:adjustment_refuse", args=key)),
    ]


@require_POST
def adjustment_approve(request: Request, share_adjustment_id: int) -> HttpResponse:
    """Approve an adjustment."""
    found = _adjustment(request, share_adjustment_id)
    services.approve_adjustment(adjustment=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found.share))


def adjustment_refuse(request: Request, share_adjustment_id: int) -> HttpResponse:
    """Refuse an adjustment with a reason."""
    found = _adjustment(request, share_adjustment_id)
    actors.require(request.actor, Act.APPROVE, at=_above(found))
    return pages.reason_page(
        request,
        title=f"不批准{found.share.org.name}的调整",
        form=forms.AnswerForm(request.POST or None),
        then=lambda reason: services.refuse_adjustment(
            adjustment=found, answer=reason, at=timezone.now(), by=request.actor
        ),
        submit="不批准",
        back=pages.Link("调整", _adjustment_url(found)),
    )


@require_POST
def adjustment_withdraw(request: Request, share_adjustment_id: int) -> HttpResponse:
    """Take an adjustment back."""
    found = _adjustment(request, share_adjustment_id)
    services.withdraw_adjustment(adjustment=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found.share))


def _above(found: Adjustment) -> Org:
    return found.share.parent.org if found.share.parent else found.share.org


def _found(request: Request, share_id: int) -> Share:
    return get_object_or_404(queries.shares_seen_by(request.actor), pk=share_id)


def _adjustment(request: Request, share_adjustment_id: int) -> Adjustment:
    return get_object_or_404(queries.adjustments_seen_by(request.actor), pk=share_adjustment_id)


def _url(found: Share) -> str:
    return reverse("targets:share", args=[found.pk])


def _adjustment_url(found: Adjustment) -> str:
    return reverse("targets:adjustment", args=[found.pk])

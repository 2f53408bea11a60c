"""Items: one of a list with what is under it, its claims and its number; written, changed, dropped."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges import handing
from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.targets import forms, queries, services
from qinghe.systems.targets.access import Act
from qinghe.systems.targets.queries import Claim, ClaimState, Item, ListState, Share

from .lists import kept_list, url_of
from .tables import ClaimTable, ItemsOfOneTable

FIRST = 20
GROUPS = [
    ("内容", ["parent", "title", "deliverable"]),
    ("谁来做", ["lead", "is_open", *(f"joint_{place}" for place in range(6))]),
    ("什么时候", ["starts_on", "due_on"]),
    ("做到多少", ["target", "unit", "code"]),
]


def item_new(request: Request, task_list_id: int) -> HttpResponse:
    """Put an item on a list."""
    task_list = kept_list(request, task_list_id)
    form = forms.ItemForm(
        request.POST or None,
        initial={"parent": request.GET.get("under", "")},
        actor=request.actor,
        task_list=task_list,
    )
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.add_item(
                task_list=task_list,
                parent=form.cleaned_data["parent"],
                new=form.as_new(),
                at=timezone.now(),
                by=request.actor,
            )
            return redirect(_url(made))
    return pages.form_page(
        request,
        title=f"列入{task_list.title}",
        form=form,
        groups=GROUPS,
        submit="列入",
        back=pages.Link(task_list.title, url_of(task_list)),
    )


def item(request: Request, list_item_id: int) -> HttpResponse:
    """Show one item."""
    found = _found(request, list_item_id)
    share = queries.top_share(request.actor, found)
    claims = queries.claims_seen_by(request.actor).filter(item=found)
    below = queries.items_seen_by(request.actor).filter(parent=found, dropped_on__isnull=True)
    related = [pages.Related("下面的任务", tables.short(ItemsOfOneTable, below.order_by("path")))]
    if found.level != queries.Level.FIELD:
        related.append(
            pages.Related("认领", tables.short(ClaimTable, claims[:FIRST]), empty="没有认领")
        )
    return pages.record_page(
        request,
        title=str(found),
        record=found,
        state=_state(found),
        facts=_facts(request, found, share),
        actions=_actions(request, found, is_split=share is not None, claims=list(claims)),
        related=related,
        back=pages.Link(found.task_list.title, url_of(found.task_list)),
    )


def _state(found: Item) -> pages.Tag:
    if found.dropped_on:
        return pages.Tag("已取消")
    if found.lead:
        return pages.Tag("已有牵头单位", pages.Tone.GOOD)
    if found.is_open:
        return pages.Tag("可认领", pages.Tone.INFO)
    return pages.Tag(found.get_level_display())


def _facts(
    request: Request, found: Item, share: Share | None
) -> list[tuple[str, pages.Cell | pages.Kept]]:
    joints = "、".join(found.joints.order_by("path").values_list("name", flat=True))
    facts: list[tuple[str, pages.Cell | pages.Kept]] = [
        ("清单", pages.Link(found.task_list.title, url_of(found.task_list))),
        ("层级", found.get_level_display()),
        ("上一级", pages.Link(str(found.parent), _url(found.parent)) if found.parent else "—"),
        ("牵头单位", found.lead.name if found.lead else "—"),
        ("配合单位", joints or "—"),
        ("开始日期", found.starts_on.isoformat() if found.starts_on else "—"),
        ("完成时限", found.due_on.isoformat() if found.due_on else "—"),
        ("成果", found.deliverable or "—"),
        ("进度", pages.Link("各单位进度", reverse("targets:item_progress", args=[found.pk]))),
        ("目标值", _target(found)),
    ]
    if share:
        url = reverse("targets:share", args=[share.pk])
        part = f"{share.org.name}分到{share.number}{found.unit}，" if share.parent_id else ""
        facts.append(("分解", pages.Link(f"{part}查看分解和调整历史", url)))
    if found.offer_key:
        facts.append(("来源", _source(request, found)))
    if found.dropped_on:
        facts.append(("取消原因", f"{found.dropped_on.isoformat()}：{found.reason}"))
    return facts


def _target(found: Item) -> str:
    if found.target is None:
        return "—"
    measured = f"（指标{found.code}）" if found.code else ""
    return f"{found.target.normalize():f}{found.unit}{measured}"


def _source(request: Request, found: Item) -> pages.Cell:
    offer = handing.offer(request.actor, found.offer_key)
    return pages.Link(offer.group, offer.url) if offer else "原文不在您的查看范围"


def _actions(
    request: Request, found: Item, *, is_split: bool, claims: list[Claim]
) -> list[pages.Action]:
    task_list, me = found.task_list, request.actor
    if found.dropped_on or task_list.state == ListState.CLOSED:
        return []
    actions = []
    if _is_claimable(request, found):
        url = reverse("targets:claim", args=[found.pk])
        actions.append(pages.Action("认领", url, primary=True))
    keeps = actors.may(me, Act.KEEP, at=task_list.org)
    for one in claims:
        if one.state == ClaimState.ASKED:
            actions += _answers(request, one, keeps=keeps)
    if found.target is not None and not is_split and actors.may(me, Act.SPLIT, at=task_list.org):
        ask = "按目标值建立分解，之后目标值只能通过调整改动。确定吗？"
        url = reverse("targets:begin_split", args=[found.pk])
        actions.append(pages.Action("分解目标值", url, post=True, ask=ask))
    if keeps:
        if found.level < queries.Level.TASK:
            new = reverse("targets:item_new", args=[task_list.pk])
            actions.append(pages.Action("在下面列入", f"{new}?under={found.pk}"))
        actions.append(pages.Action("更正", reverse("targets:item_change", args=[found.pk])))
        actions.append(pages.Action("取消", reverse("targets:item_drop", args=[found.pk])))
    return actions


def _is_claimable(request: Request, found: Item) -> bool:
    is_open = found.is_open and found.task_list.state == ListState.PUBLISHED
    return is_open and queries.claimants_for(request.actor, found).exists()


def _answers(request: Request, one: Claim, *, keeps: bool) -> list[pages.Action]:
    key, name = [one.pk], one.org.name
    actions = []
    if keeps:
        actions += [
            pages.Action(f"确认{name}", reverse("targets:claim_grant", args=key), post=True),
            pages.Action(f"不确认{name}", reverse("targets:claim_refuse", args=key)),
        ]
    elif actors.may(request.actor, Act.CARRY, at=one.org):
        url, ask = reverse("targets:claim_withdraw", args=key), f"撤回{name}的认领吗？"
        actions.append(pages.Action(f"撤回{name}的认领", url, post=True, ask=ask))
    return actions


def item_change(request: Request, list_item_id: int) -> HttpResponse:
    """Correct an item."""
    found = _kept(request, list_item_id)
    form = forms.ItemForm(
        request.POST or None,
        initial=forms.said_of(found),
        actor=request.actor,
        task_list=found.task_list,
        item=found,
    )
    if form.is_valid():
        with pages.refusals_on(form):
            services.change_item(
                item=found,
                new=form.as_new(),
                reason=form.cleaned_data.get("reason", ""),
                at=timezone.now(),
                by=request.actor,
            )
            return redirect(_url(found))
    return pages.form_page(
        request,
        title=f"更正{found}",
        form=form,
        groups=[
            (heading, [name for name in names if name in form.fields]) for heading, names in GROUPS
        ],
        back=pages.Link(str(found), _url(found)),
    )


def item_drop(request: Request, list_item_id: int) -> HttpResponse:
    """Take an item off its list."""
    found = _kept(request, list_item_id)
    return pages.reason_page(
        request,
        title=f"取消{found}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.drop_item(
            item=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定取消",
        note="它下面的任务一起取消；序号不再给别的任务，记录一直保留。",
        back=pages.Link(str(found), _url(found)),
    )


@require_POST
def begin_split(request: Request, list_item_id: int) -> HttpResponse:
    """Make an item's number the whole that is shared out."""
    found = _found(request, list_item_id)
    whole = services.begin_split(item=found, at=timezone.now(), by=request.actor)
    return redirect(reverse("targets:split", args=[whole.pk]))


def claim(request: Request, list_item_id: int) -> HttpResponse:
    """Claim an open item."""
    found = _found(request, list_item_id)
    claimants = queries.claimants_for(request.actor, found)
    form = forms.ClaimForm(
        request.POST or None, initial={"org": request.scope.org.code}, claimants=claimants
    )

    def do() -> str:
        services.claim(item=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return _url(found)

    return pages.act_page(
        request,
        title=f"认领{found}",
        form=form,
        do=do,
        submit="认领",
        note=f"由{found.task_list.org.name}确认；确认后成为牵头单位，已有牵头单位时成为配合单位。",
        back=pages.Link(str(found), _url(found)),
    )


@require_POST
def claim_grant(request: Request, item_claim_id: int) -> HttpResponse:
    """Grant a claim."""
    found = _claim(request, item_claim_id)
    services.grant(claim=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found.item))


def claim_refuse(request: Request, item_claim_id: int) -> HttpResponse:
    """Refuse a claim with a reason."""
    found = _claim(request, item_claim_id)
    actors.require(request.actor, Act.KEEP, at=found.item.task_list.org)
    return pages.reason_page(
        request,
        title=f"不确认{found.org.name}的认领",
        form=forms.AnswerForm(request.POST or None),
        then=lambda reason: services.refuse_claim(
            claim=found, answer=reason, at=timezone.now(), by=request.actor
        ),
        submit="不确认",
        back=pages.Link(str(found.item), _url(found.item)),
    )


@require_POST
def claim_withdraw(request: Request, item_claim_id: int) -> HttpResponse:
    """Take a claim back."""
    found = _claim(request, item_claim_id)
    services.withdraw_claim(claim=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found.item))


def _found(request: Request, list_item_id: int) -> Item:
    return get_object_or_404(queries.items_seen_by(request.actor), pk=list_item_id)


def _kept(request: Request, list_item_id: int) -> Item:
    found = _found(request, list_item_id)
    actors.require(request.actor, Act.KEEP, at=found.task_list.org)
    return found


def _claim(request: Request, item_claim_id: int) -> Claim:
    return get_object_or_404(queries.claims_seen_by(request.actor), pk=item_claim_id)


def _url(found: Item) -> str:
    return reverse("targets:item", args=[found.pk])

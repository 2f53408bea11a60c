"""The pool: units, resources, needs, what fits what."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.resources import forms, queries, services
from qinghe.systems.resources.access import Act
from qinghe.systems.resources.queries import Need, NeedState, Resource, ResourceState
from qinghe.systems.resources.rules import Proposal

from .tables import TONES, AllocationTable, NeedTable, ProposalTable, ProviderTable, ResourceTable

FIRST = 10


def providers(request: Request) -> HttpResponseBase:
    """Show the units of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.providers_seen_by(request.actor)
    return pages.list_page(
        request,
        title="爱心单位",
        table=ProviderTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        actions=_new(request, Act.OFFER, "登记爱心单位", "resources:provider_new"),
    )


def provider(request: Request, provider_id: int) -> HttpResponse:
    """Show one unit and what it offers."""
    found = get_object_or_404(queries.providers_seen_by(request.actor), pk=provider_id)
    actions = []
    if not found.left_on and actors.may(request.actor, Act.OFFER, at=found.org):
        actions = [pages.Action("办理退出", reverse("resources:provider_leave", args=[found.pk]))]
    offered = queries.resources_seen_by(request.actor).filter(provider=found)
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag("已退出") if found.left_on else pages.Tag("在圈内", pages.Tone.GOOD),
        facts=[
            ("登记单位", found.org.name),
            ("加入日期", found.joined_on.isoformat()),
            ("退出日期", found.left_on.isoformat() if found.left_on else "—"),
            ("简介", found.about or "—"),
        ],
        actions=actions,
        related=[
            pages.Related(
                "提供的资源", tables.short(ResourceTable, offered[:FIRST]), empty="还没有登记资源"
            )
        ],
        back=pages.Link("爱心单位", reverse("resources:providers")),
    )


def provider_new(request: Request) -> HttpResponse:
    """Enter a unit."""
    actors.require(request.actor, Act.OFFER, at=request.scope.org)
    form = forms.ProviderForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="登记爱心单位",
        form=form,
        do=lambda: reverse(
            "resources:provider",
            args=[
                services.take_in_provider(new=form.as_new(), at=timezone.now(), by=request.actor).pk
            ],
        ),
        back=pages.Link("爱心单位", reverse("resources:providers")),
    )


def provider_leave(request: Request, provider_id: int) -> HttpResponse:
    """Let a unit leave."""
    found = get_object_or_404(queries.providers_seen_by(request.actor), pk=provider_id)
    actors.require(request.actor, Act.OFFER, at=found.org)
    return pages.reason_page(
        request,
        title=f"{found.name}退出公益生态圈",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.let_go_provider(
            provider=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定退出",
        back=pages.Link(found.name, reverse("resources:provider", args=[found.pk])),
    )


def resources(request: Request) -> HttpResponseBase:
    """Show what the pool has for the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.list_page(
        request,
        title="志愿服务专库",
        table=ResourceTable,
        rows=queries.resources_of(request.actor, request.scope.org),
        filterset=forms.ResourceFilter,
        actions=_new(request, Act.OFFER, "登记资源", "resources:resource_new"),
    )


def resource(request: Request, resource_id: int) -> HttpResponse:
    """Show one resource and where it went."""
    found = get_object_or_404(queries.resources_seen_by(request.actor), pk=resource_id)
    actions = []
    if found.state == ResourceState.OFFERED and actors.may(request.actor, Act.OFFER, at=found.org):
        actions = [pages.Action("撤下", reverse("resources:resource_withdraw", args=[found.pk]))]
    gone = queries.allocations_seen_by(request.actor).filter(resource=found)
    state = ResourceState(found.state)
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("类别", found.get_kind_display()),
            ("管理单位", found.org.name),
            ("爱心单位", found.provider.name if found.provider else "本单位自有"),
            ("使用范围", found.open_to.name),
            ("数量", f"{found.quantity}{found.unit}"),
            ("余量", f"{found.left}{found.unit}"),
            ("可用至", found.free_until.isoformat() if found.free_until else "长期"),
            ("说明", found.about or "—"),
        ],
        actions=actions,
        related=[
            pages.Related(
                "调配记录", tables.short(AllocationTable, gone[:FIRST]), empty="还没有调配"
            )
        ],
        back=pages.Link("志愿服务专库", reverse("resources:resources")),
    )


def resource_new(request: Request) -> HttpResponse:
    """Put a resource into the pool."""
    actors.require(request.actor, Act.OFFER, at=request.scope.org)
    code = request.scope.org.code
    form = forms.ResourceForm(
        request.POST or None, initial={"org": code, "open_to": code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="登记资源",
        form=form,
        do=lambda: reverse(
            "resources:resource",
            args=[
                services.offer_resource(new=form.as_new(), at=timezone.now(), by=request.actor).pk
            ],
        ),
        back=pages.Link("志愿服务专库", reverse("resources:resources")),
    )


def resource_withdraw(request: Request, resource_id: int) -> HttpResponse:
    """Take a resource out of the pool."""
    found = get_object_or_404(queries.resources_seen_by(request.actor), pk=resource_id)
    actors.require(request.actor, Act.OFFER, at=found.org)
    return pages.reason_page(
        request,
        title=f"撤下{found.title}",
        note="撤下后不能再申请；已同意的调配不变。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.withdraw_resource(
            resource=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤下",
        back=pages.Link(found.title, reverse("resources:resource", args=[found.pk])),
    )


def needs(request: Request) -> HttpResponseBase:
    """Show the needs of the chosen organisation and all below it, the most pressing first."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.needs_seen_by(request.actor)
    return pages.list_page(
        request,
        title="资源需求",
        table=NeedTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.NeedFilter,
        actions=_new(request, Act.ASK, "提出需求", "resources:need_new"),
    )


def need(request: Request, need_id: int) -> HttpResponse:
    """Show one need, what would fit it and what was asked for."""
    found = get_object_or_404(queries.needs_seen_by(request.actor), pk=need_id)
    state = NeedState(found.state)
    asked = queries.allocations_seen_by(request.actor).filter(need=found)
    related = [
        pages.Related(
            "申请与调配", tables.short(AllocationTable, asked[:FIRST]), empty="还没有申请"
        )
    ]
    if state is NeedState.OPEN:
        fitting = queries.proposals_for(request.actor, found)[:FIRST]
        related.insert(
            0,
            pages.Related(
                "可用的资源",
                tables.short(ProposalTable, [_proposal(found.pk, *one) for one in fitting]),
                empty="专库里暂时没有合适的资源；有新资源时再来看。",
            ),
        )
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("提出单位", found.org.name),
            ("类别", found.get_kind_display()),
            ("数量", f"{found.quantity}{found.unit}"),
            ("提出日期", found.raised_on.isoformat()),
            ("希望到位日期", found.needed_by.isoformat()),
            ("说明", found.about or "—"),
            ("撤回原因", found.reason or "—"),
        ],
        actions=_need_actions(request, found),
        related=related,
        back=pages.Link("资源需求", reverse("resources:needs")),
    )


def _proposal(need_id: int, one: Resource, why: Proposal) -> dict[str, object]:
    return {
        "need_id": need_id,
        "resource_id": one.pk,
        "title": one.title,
        "org": one.org.name,
        "left": f"{one.left}{one.unit}",
        "reasons": "；".join(why.reasons) or "类别相同",
    }


def _need_actions(request: Request, found: Need) -> list[pages.Action]:
    if found.state != NeedState.OPEN or not actors.may(request.actor, Act.ASK, at=found.org):
        return []
    key = [found.pk]
    return [
        pages.Action("记为已满足", reverse("resources:need_meet", args=key), post=True),
        pages.Action("撤回", reverse("resources:need_close", args=key)),
    ]


def need_new(request: Request) -> HttpResponse:
    """Raise a need."""
    actors.require(request.actor, Act.ASK, at=request.scope.org)
    form = forms.NeedForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="提出需求",
        form=form,
        do=lambda: reverse(
            "resources:need",
            args=[services.raise_need(new=form.as_new(), at=timezone.now(), by=request.actor).pk],
        ),
        back=pages.Link("资源需求", reverse("resources:needs")),
    )


@require_POST
def need_meet(request: Request, need_id: int) -> HttpResponse:
    """Say that a need is met."""
    found = get_object_or_404(queries.needs_seen_by(request.actor), pk=need_id)
    services.meet_need(need=found, at=timezone.now(), by=request.actor)
    return redirect("resources:need", found.pk)


def need_close(request: Request, need_id: int) -> HttpResponse:
    """Take a need back."""
    found = get_object_or_404(queries.needs_seen_by(request.actor), pk=need_id)
    actors.require(request.actor, Act.ASK, at=found.org)
    return pages.reason_page(
        request,
        title=f"撤回“{found.title}”",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.close_need(
            need=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定撤回",
        back=pages.Link(found.title, reverse("resources:need", args=[found.pk])),
    )


def _new(request: Request, act: Act, label: str, url_name: str) -> list[pages.Action]:
    if not actors.may(request.actor, act, at=request.scope.org):
        return []
    return [pages.Action(label, reverse(url_name), primary=True)]

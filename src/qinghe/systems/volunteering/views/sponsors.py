"""Sponsors: list, record, entering, review, their tills, and their end."""

import segno
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Sponsor, SponsorKey, SponsorState

from .courtesies import CourtesyTable
from .sessions import FIRST, written

TONES: dict[str, pages.Tone] = {
    SponsorState.APPLIED: pages.Tone.WAIT,
    SponsorState.ACTIVE: pages.Tone.GOOD,
    SponsorState.REFUSED: pages.Tone.LATE,
    SponsorState.ENDED: pages.Tone.PLAIN,
}


class SponsorTable(Table):
    """Sponsors."""

    name = Column("名称", linkify=("volunteering:sponsor", [A("pk")]))
    kind = Column("类别", accessor="get_kind_display", orderable=False)
    org = Column("管理单位", accessor="org__name", order_by="org__path")
    agreed_to = columns.Day(verbose_name="协议截止")
    state = columns.State(verbose_name="状态", labels=dict(SponsorState.choices), tones=TONES)


class KeyTable(Table):
    """The tills of one sponsor."""

    label = Column("核销点", linkify=("volunteering:sponsor_key_revoke", [A("pk")]))
    made_at = columns.Moment(verbose_name="生成时间")
    revoked_at = columns.Moment(verbose_name="停用时间", default="使用中")


def sponsors(request: Request) -> HttpResponseBase:
    """Show the sponsors that the chosen organisation and all below it look after."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.KEEP_COURTESY, at=request.scope.org):
        url = reverse("volunteering:sponsor_new")
        actions.append(pages.Action("登记商家", url, primary=True))
    return pages.list_page(
        request,
        title="礼遇商家",
        table=SponsorTable,
        rows=queries.sponsors_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.SponsorFilter,
        actions=actions,
    )


def sponsor(request: Request, sponsor_id: int) -> HttpResponse:
    """Show one sponsor, what it gives, and its tills."""
    found = _found(request, sponsor_id)
    state = SponsorState(found.state)
    given = queries.courtesy_items_seen_by(request.actor).filter(sponsor=found)
    related = [
        pages.Related(
            "礼遇项目", tables.short(CourtesyTable, given[:FIRST]), empty="还没有礼遇项目"
        )
    ]
    if actors.may(request.actor, Act.KEEP_COURTESY, at=found.org):
        tills = queries.keys_seen_by(request.actor).filter(sponsor=found).order_by("pk")
        related.append(
            pages.Related("核销点", tables.short(KeyTable, tills[:FIRST]), empty="还没有核销地址")
        )
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("类别", found.get_kind_display()),
            ("地址", found.address),
            ("联系人", found.contact_name),
            ("工作联系方式", found.contact),
            ("协议", f"{found.agreed_from} 至 {found.agreed_to}"),
            ("管理单位", found.org.name),
            ("登记日期", found.entered_on.isoformat()),
            ("审核日期", written(found.approved_on)),
            ("终止日期", written(found.ended_on)),
        ],
        actions=_actions(request, found),
        related=related,
        back=pages.Link("礼遇商家", reverse("volunteering:sponsors")),
    )


def sponsor_new(request: Request) -> HttpResponse:
    """Enter a sponsor."""
    actors.require(request.actor, Act.KEEP_COURTESY, at=request.scope.org)
    initial = {"org": request.scope.org.code}
    form = forms.SponsorForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.enter_sponsor(new=form.as_new(), at=timezone.now(), by=request.actor)
            return redirect("volunteering:sponsor", made.pk)
    return pages.form_page(
        request,
        title="登记礼遇商家",
        form=form,
        submit="提交审核",
        note="由街道或区里的另一人审核后生效。",
        back=pages.Link("礼遇商家", reverse("volunteering:sponsors")),
        draft="volunteering.sponsor_new",
    )


@require_POST
def sponsor_approve(request: Request, sponsor_id: int) -> HttpResponse:
    """Let a sponsor give."""
    found = _found(request, sponsor_id)
    services.approve_sponsor(sponsor=found, at=timezone.now(), by=request.actor)
    return redirect("volunteering:sponsor", found.pk)


def sponsor_refuse(request: Request, sponsor_id: int) -> HttpResponse:
    """Turn a sponsor down."""
    found = _found(request, sponsor_id)
    actors.require(request.actor, Act.APPROVE_COURTESY, at=found.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title="不予通过",
        submit="确定不通过",
        back=_back(found),
        then=lambda reason: services.refuse_sponsor(
            sponsor=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def sponsor_end(request: Request, sponsor_id: int) -> HttpResponse:
    """End what a sponsor gives."""
    found = _found(request, sponsor_id)
    actors.require(request.actor, Act.KEEP_COURTESY, at=found.org)
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"终止与{found.name}的合作",
        note="终止后不能再领取和核销，核销地址全部停用；已有记录保留。",
        submit="确定终止",
        back=_back(found),
        then=lambda reason: services.end_sponsor(
            sponsor=found, reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def sponsor_key_new(request: Request, sponsor_id: int) -> HttpResponse:
    """Give a till its redeeming address, and show it this once."""
    found = _found(request, sponsor_id)
    actors.require(request.actor, Act.KEEP_COURTESY, at=found.org)
    form = forms.KeyForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            made, secret = services.make_sponsor_key(
                sponsor=found, at=timezone.now(), by=request.actor, **form.cleaned_data
            )
            return _shown_once(request, made, secret)
    return pages.form_page(
        request,
        title="生成核销地址",
        form=form,
        submit="生成",
        note="店员打开这个地址就能核销，不用账号。地址只显示一次，每个核销点各用一个。",
        back=_back(found),
    )


def sponsor_key_revoke(request: Request, sponsor_key_id: int) -> HttpResponse:
    """Close a till's address."""
    key = get_object_or_404(queries.keys_seen_by(request.actor), pk=sponsor_key_id)
    if request.method == "POST":
        services.revoke_sponsor_key(key=key, at=timezone.now(), by=request.actor)
        messages.success(request, f"“{key.label}”的核销地址已停用。")
        return redirect("volunteering:sponsor", key.sponsor_id)
    return pages.page(
        request,
        "volunteering/sponsor_key_revoke.html",
        title=f"停用“{key.label}”的核销地址",
        key=key,
        back=_back(key.sponsor),
    )


def _shown_once(request: Request, key: SponsorKey, secret: str) -> HttpResponse:
    address = request.build_absolute_uri(reverse("volunteering:till", args=[secret]))
    response = pages.page(
        request,
        "volunteering/sponsor_key.html",
        title="核销地址",
        key=key,
        address=address,
        picture=segno.make(address, error="m").svg_data_uri(scale=5, border=2),
        back=_back(key.sponsor),
    )
    add_never_cache_headers(response)
    return response


def _found(request: Request, sponsor_id: int) -> Sponsor:
    return get_object_or_404(queries.sponsors_seen_by(request.actor), pk=sponsor_id)


def _back(found: Sponsor) -> pages.Link:
    return pages.Link(found.name, reverse("volunteering:sponsor", args=[found.pk]))


def _actions(request: Request, found: Sponsor) -> list[pages.Action]:
    key = [found.pk]
    keeps = actors.may(request.actor, Act.KEEP_COURTESY, at=found.org)
    if found.state == SponsorState.ACTIVE and keeps:
        url = reverse("volunteering:sponsor_key_new", args=key)
        return [
            pages.Action("生成核销地址", url, primary=True),
            pages.Action("终止合作", reverse("volunteering:sponsor_end", args=key)),
        ]
    own = found.entered_by_id == request.actor.person_id
    reviews = not own and actors.may(request.actor, Act.APPROVE_COURTESY, at=found.org)
    if found.state == SponsorState.APPLIED and reviews:
        url = reverse("volunteering:sponsor_approve", args=key)
        return [
            pages.Action("通过", url, primary=True, post=True),
            pages.Action("不通过", reverse("volunteering:sponsor_refuse", args=key)),
        ]
    return []

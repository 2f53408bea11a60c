"""Campaigns: the board, the list, one campaign with who is how far, and lower caps."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.jobs import services as jobs
from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.systems.appraisals import forms, indicators, queries, services
from qinghe.systems.appraisals.access import Act
from qinghe.systems.appraisals.queries import Campaign

from .tables import CampaignTable

CODES = tuple(one.code for one in indicators.INDICATORS)
LIST = "appraisals.list_members"  # the job that makes the rolls


def board(request: Request) -> HttpResponse:
    """Show the figures of review and registration of the chosen organisation and those below."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    return pages.board_page(
        request,
        title="评议注册",
        codes=CODES,
        actions=[
            pages.Action("年度评议", reverse("appraisals:campaigns")),
            pages.Action("支部评议", reverse("appraisals:rolls")),
            pages.Action("超过一年未注册", reverse("appraisals:unregistered")),
        ],
    )


def campaigns(request: Request) -> HttpResponseBase:
    """Show the years' reviews."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if _may_run(request):
        url = reverse("appraisals:campaign_new")
        actions.append(pages.Action("发起年度评议", url, primary=True))
    actions.append(pages.Action("评议注册参数", reverse("appraisals:terms")))
    return pages.list_page(
        request,
        title="年度评议",
        table=CampaignTable,
        rows=queries.campaigns_seen_by(request.actor),
        actions=actions,
    )


@require_safe
def campaign(request: Request, campaign_id: int) -> HttpResponse:
    """Show one campaign: how far the chosen organisation is, and each one right below it."""
    found = _found(request, campaign_id)
    org = request.scope.org
    doors.require_at(request.actor, Act.SEE, org=org)
    whole, below = queries.rates_below(request.actor, found, org)
    return pages.page(
        request,
        "appraisals/campaign.html",
        title=f"{found.year}年度评议注册",
        state=_state(found),
        found=found,
        org=org,
        whole=whole,
        below=below,
        is_over=found.closes_on < timezone.localdate(),
        caps=queries.caps_of(request.actor, found),
        actions=_actions(request, found),
        back=pages.Link("年度评议", reverse("appraisals:campaigns")),
    )


def campaign_new(request: Request) -> HttpResponse:
    """Open a year's review."""
    root = _root_to_run(request)
    today = timezone.localdate()
    form = forms.CampaignForm(request.POST or None, initial={"year": today.year})

    def do() -> str:
        made = services.open_campaign(new=form.as_new(root), at=timezone.now(), by=request.actor)
        messages.success(request, "已发起；请生成评议名单，各支部随后可以办理。")
        return _url(made)

    return pages.act_page(
        request,
        title="发起年度评议",
        form=form,
        do=do,
        submit="发起",
        note="优秀比例、到会比例和暂缓月数按开始日期施行的参数，发起后不变。",
        back=pages.Link("年度评议", reverse("appraisals:campaigns")),
    )


@require_POST
def campaign_list(request: Request, campaign_id: int) -> HttpResponse:
    """Make the rolls of all branches, as a job."""
    found = _found(request, campaign_id)
    actors.require(request.actor, Act.RUN, at=found.org)
    job = jobs.start(
        kind=LIST,
        title=f"生成{found.year}年度评议名单",
        arguments={"campaign": found.pk},
        at=timezone.now(),
        by=request.actor,
    )
    return redirect("jobs:job", job.pk)


def cap_new(request: Request, campaign_id: int) -> HttpResponse:
    """Lower the share of 优秀 for an organisation and all below it."""
    found = _found(request, campaign_id)
    doors.require_anywhere(request.actor, Act.LOWER_CAP)
    initial = {"org": request.scope.org.code}
    form = forms.CapForm(request.POST or None, initial=initial, actor=request.actor)

    def do() -> str:
        services.lower_cap(campaign=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        messages.success(request, "已调低；还没有上报等次的支部按新比例办理。")
        return _url(found)

    return pages.act_page(
        request,
        title=f"调低优秀比例：{found}",
        form=form,
        do=do,
        note=f"统一上限为{found.terms.top_percent}%，本级只能更低，适用于本级及以下所有支部。",
        back=pages.Link(str(found), _url(found)),
    )


def _actions(request: Request, found: Campaign) -> list[pages.Action]:
    key, actions = [found.pk], []
    if actors.may(request.actor, Act.RUN, at=found.org):
        label = "补齐评议名单" if found.listed_at else "生成评议名单"
        url = reverse("appraisals:campaign_list", args=key)
        actions.append(pages.Action(label, url, primary=not found.listed_at, post=True))
    if found.listed_at and actors.may_anywhere(request.actor, Act.LOWER_CAP):
        url = reverse("appraisals:campaign_register", args=key)
        actions.append(pages.Action("成批注册", url))
    if actors.may_anywhere(request.actor, Act.LOWER_CAP):
        actions.append(pages.Action("调低优秀比例", reverse("appraisals:cap_new", args=key)))
    if actors.may_anywhere(request.actor, Act.APPROVE):
        actions.append(pages.Action("待审批等次", reverse("appraisals:to_decide")))
    url = f"{reverse('appraisals:rolls')}?year={found.year}"
    actions.append(pages.Action("支部评议", url))
    return actions


def _state(found: Campaign) -> pages.Tag:
    today = timezone.localdate()
    if not found.listed_at:
        return pages.Tag("待生成名单", pages.Tone.WAIT)
    if today < found.opens_on:
        return pages.Tag("未开始", pages.Tone.PLAIN)
    if today <= found.closes_on:
        return pages.Tag("进行中", pages.Tone.INFO)
    return pages.Tag("已截止", pages.Tone.GOOD)


def _found(request: Request, campaign_id: int) -> Campaign:
    return get_object_or_404(queries.campaigns_seen_by(request.actor), pk=campaign_id)


def _url(found: Campaign) -> str:
    return reverse("appraisals:campaign", args=[found.pk])


def _may_run(request: Request) -> bool:
    return doors.may_for_the_house(request.actor, Act.RUN)


def _root_to_run(request: Request) -> Org:
    root = orgs.root()
    if root is None or not actors.may(request.actor, Act.RUN, at=root):
        raise doors.closed()
    return root

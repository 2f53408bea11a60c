"""A class that leaves: where each goes, who has no place, all sent at once."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import levels
from qinghe.kernel.orgs.models import Org
from qinghe.lib import sentences
from qinghe.systems.transfers import forms, queries, services
from qinghe.systems.transfers.access import Act
from qinghe.systems.transfers.queries import Side

from .tables import BranchTable, tag_of

TITLE = "毕业批量转出"
LIST = "transfers:graduates"


def graduates(request: Request) -> HttpResponseBase:
    """Show the branches whose members the actor lets go."""
    doors.require_anywhere(request.actor, Act.SEND)
    under = request.scope.org.path
    return pages.list_page(
        request,
        title=TITLE,
        table=BranchTable,
        rows=queries.branches_to_leave(request.actor).filter(path__startswith=under),
        filterset=forms.BranchFilter,
        actions=[
            pages.Action(
                "导入毕业生去向", reverse("sheets:sheet", args=["transfers", "graduates"])
            ),
        ],
    )


def graduates_of(request: Request, org_id: int) -> HttpResponse:
    """Show who of a branch goes where, and give those who are ticked a place to go to."""
    branch = _branch(request, org_id)
    people = queries.leavers_of(request.actor, branch)
    form = forms.TogetherForm(request.POST or None, actor=request.actor)
    ticked = _ticked(request)
    if form.is_valid():
        chosen = [one for one, under_way in people if one.pk in ticked and under_way is None]
        if not chosen:
            form.add_error(None, "没有勾选还没有去向的团员，没有保存；请先勾选。")
        else:
            with pages.refusals_on(form):
                made = services.draft_together(
                    memberships=chosen, new=form.as_mended(), at=timezone.now(), by=request.actor
                )
                messages.success(request, f"已为{made}人存好去向，核对后点“提交全部草稿”。")
                return redirect("transfers:graduates_of", branch.pk)
    today = timezone.localdate()
    return pages.page(
        request,
        "transfers/graduates.html",
        status=422 if form.is_bound and form.errors else 200,
        title=f"{TITLE}：{branch.name}",
        back=pages.Link(TITLE, reverse(LIST)),
        branch=branch,
        form=form,
        actions=_actions(branch, people),
        without=[
            (one, _name(request, one, branch), one.pk in ticked)
            for one, under_way in people
            if under_way is None
        ],
        going=[
            (under_way, levels.full_name(request.actor, one.person, at=branch, on=today), tag)
            for one, under_way in people
            if under_way is not None and (tag := tag_of(under_way))
        ],
    )


@require_POST
def graduates_send(request: Request, org_id: int) -> HttpResponse:
    """Send all drafts of a branch."""
    branch = _branch(request, org_id)
    drafts = list(queries.to_send_from(request.actor, branch)[: services.MOST_AT_ONCE])
    outcome = services.send_many(transfers=drafts, at=timezone.now(), by=request.actor)
    tell(request, outcome, what="提交")
    return redirect("transfers:graduates_of", branch.pk)


def tell(request: Request, outcome: services.Outcome, *, what: str) -> None:
    """Say how many are done, and why the others are not."""
    if not outcome.refused:
        messages.success(request, f"已{what}{outcome.done}人。")
        return
    why = "；".join(dict.fromkeys(sentences.inside(reason) for reason in outcome.refused.values()))
    messages.warning(
        request, f"已{what}{outcome.done}人，{len(outcome.refused)}人没有{what}：{why}。"
    )


def _branch(request: Request, org_id: int) -> Org:
    return get_object_or_404(queries.orgs_where_may_send(request.actor), pk=org_id)


def _ticked(request: Request) -> set[int]:
    return {int(key) for key in request.POST.getlist("picked") if key.isdecimal()}


def _name(request: Request, one: queries.Membership, branch: Org) -> str:
    return levels.full_name(request.actor, one.person, at=branch, on=timezone.localdate())


def _actions(branch: Org, people: list) -> list[pages.Action]:
    drafts = sum(
        one is not None and one.state == "draft" and one.side == Side.SENDER for _, one in people
    )
    upload = reverse("sheets:sheet", args=["transfers", "graduates"])
    actions = [pages.Action("导入毕业生去向", upload)]
    if drafts:
        actions.insert(
            0,
            pages.Action(
                f"提交全部草稿（{drafts}人）",
                reverse("transfers:graduates_send", args=[branch.pk]),
                primary=True,
                post=True,
                ask=f"提交后即视为转出方同意，共{drafts}人，确定提交吗？",
            ),
        )
    return actions

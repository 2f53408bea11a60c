"""Rounds of grading: the board of one, opening one, publishing, the list with stars, the terms."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.branches import forms, queries, rules, services
from qinghe.systems.branches.access import Act
from qinghe.systems.branches.queries import GradingRound, GradingState

from .tables import GradingTable

TITLE, TERMS = "对标定级", "定级办法"
WAITING = (
    GradingState.DRAFT,
    GradingState.SIGNING,
    GradingState.REVIEW,
)


@require_safe
def rounds(request: Request) -> HttpResponse:
    """Show one round, the latest unless another year is asked for: by star and by organisation."""
    org = request.scope.org
    actors.require(request.actor, Act.SEE, at=org)
    found = list(queries.rounds(request.actor))
    year = request.GET.get("year", "")
    shown = next((one for one in found if str(one.year) == year), found[0] if found else None)
    heads = [str(star) for star in rules.GRADES] + [state.value for state in WAITING]
    rows = queries.tally(request.actor, shown, org) if shown else []
    return pages.page(
        request,
        "branches/rounds.html",
        title=TITLE,
        rounds=found,
        shown=shown,
        heads=[*rules.GRADES.values(), *(state.label for state in WAITING)],
        rows=[
            (child, sum(counts.values()), [counts.get(head, 0) for head in heads])
            for child, counts in rows
        ],
        taking_part=sum(sum(counts.values()) for _, counts in rows),
        whole=[sum(counts.get(head, 0) for _, counts in rows) for head in heads],
        actions=_actions(request, shown),
        back=pages.Link("支部工作", reverse("branches:board")),
    )


def round_new(request: Request) -> HttpResponse:
    """Open a round."""
    if not _may(request, Act.RUN_GRADING):
        raise doors.closed()
    form = forms.RoundForm(request.POST or None, initial={"year": timezone.localdate().year})

    def do() -> str:
        made = services.open_grading(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"{made}已部署，符合条件的支部已列入。")
        return f"{reverse('branches:rounds')}?year={made.year}"

    return pages.act_page(
        request,
        title="部署对标定级",
        form=form,
        do=do,
        submit="部署",
        note="参评支部按基准日自动确定：临时、流动团员和学社衔接支部不参加，成立不满规定月数的不参加（T-07、T-50）。",
        back=pages.Link(TITLE, reverse("branches:rounds")),
    )


@require_POST
def round_publish(request: Request, grading_round_id: int) -> HttpResponse:
    """Publish what has been reviewed."""
    found: GradingRound = get_object_or_404(queries.rounds(request.actor), pk=grading_round_id)
    count = services.publish_gradings(found=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已公布{count}个支部的等次，并通知支部书记。")
    return redirect(f"{reverse('branches:rounds')}?year={found.year}")


def gradings(request: Request) -> HttpResponseBase:
    """Show the branches of all rounds with their stars."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.gradings_seen_by(request.actor)
    return pages.list_page(
        request,
        title="支部定级名单",
        table=GradingTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.GradingFilter,
        actions=[pages.Action(TITLE, reverse("branches:rounds"))],
    )


@require_safe
def grading_terms(request: Request) -> HttpResponse:
    """Show all terms of grading, the newest first, each with its source and reason."""
    doors.require_anywhere(request.actor, Act.SEE)
    in_force = queries.grading_terms_on(request.actor, timezone.localdate())
    actions = []
    if _may(request, Act.SET_TERMS):
        url = reverse("branches:grading_terms_new")
        actions.append(pages.Action("调整办法", url, primary=True))
    rows = queries.all_grading_terms(request.actor)
    return pages.page(
        request,
        "branches/terms.html",
        title=TERMS,
        rows=[
            (one, one.pk == in_force.pk, queries.grading_numbers(request.actor, one))
            for one in rows
        ],
        actions=actions,
        back=pages.Link(TITLE, reverse("branches:rounds")),
    )


def grading_terms_new(request: Request) -> HttpResponse:
    """Set by which numbers branches are graded from a coming day on."""
    if not _may(request, Act.SET_TERMS):
        raise doors.closed()
    in_force = queries.grading_terms_on(request.actor, timezone.localdate())
    initial = {name: getattr(in_force, name) for name in queries.GRADING_NUMBERS}
    form = forms.GradingTermsForm(request.POST or None, initial=initial)

    def do() -> str:
        made = services.set_grading_terms(new=form.as_new(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存，{made.starts_on.isoformat()}起施行。")
        return reverse("branches:grading_terms")

    return pages.act_page(
        request,
        title="调整定级办法",
        form=form,
        do=do,
        note="基准日在施行日期之后的评定按新办法；已经部署的评定不受影响。",
        back=pages.Link(TERMS, reverse("branches:grading_terms")),
    )


def _may(request: Request, act: Act) -> bool:
    return doors.may_for_the_house(request.actor, act)


def _actions(request: Request, shown: GradingRound | None) -> list[pages.Action]:
    actions = []
    if _may(request, Act.RUN_GRADING):
        actions.append(pages.Action("部署定级", reverse("branches:round_new")))
        if shown:
            actions.append(
                pages.Action(
                    "公布已复核的",
                    reverse("branches:round_publish", args=[shown.pk]),
                    post=True,
                    primary=True,
                    ask="公布后等次生效，不能再退回，确定公布吗？",
                )
            )
    actions.append(pages.Action("支部名单", reverse("branches:gradings")))
    actions.append(pages.Action(TERMS, reverse("branches:grading_terms")))
    return actions

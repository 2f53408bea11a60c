"""One's own page on the phone: a nomination to agree to, an opinion to give, where one serves."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.cadres import forms, queries, services
from qinghe.systems.cadres.queries import Candidate, CandidateState

OWN = "cadres:own"
MOST = 20


@never_cache
def own(request: Request) -> HttpResponse:
    """Show what concerns somebody themself."""
    if not request.actor.person_id:
        raise doors.closed()
    return pages.page(
        request,
        "cadres/own.html",
        title="团干部",
        candidacies=[(one, _steps(one)) for one in queries.own_candidacies(request.actor)[:MOST]],
        examinations=queries.own_examinations(request.actor)[:MOST],
        secondments=queries.own_secondments(request.actor)[:MOST],
        incentives=queries.own_incentives(request.actor)[:MOST],
    )


@require_POST
def own_agree(request: Request, candidate_id: int) -> HttpResponse:
    """Agree to a nomination."""
    said = "已同意，接下来由考察组了解情况。"
    return _step(request, candidate_id, do=services.agree, said=said)


@require_POST
def own_decline(request: Request, candidate_id: int) -> HttpResponse:
    """Say no to a nomination, or no longer yes."""
    said = "已记录您不同意，不再考察。"
    return _step(request, candidate_id, do=services.decline, said=said)


@require_POST
def own_leave(request: Request, candidate_id: int) -> HttpResponse:
    """Leave the reserve."""
    said = "您已退出团干部储备库。"
    return _step(request, candidate_id, do=services.leave_reserve, said=said)


@never_cache
def own_examination(request: Request, examination_id: int) -> HttpResponse:
    """Write what one found about a candidate."""
    found = get_object_or_404(queries.own_examinations(request.actor), pk=examination_id)
    form = forms.OpinionForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.give_opinion(
                examination=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            messages.success(request, "考察意见已提交，只有管理储备库的同志看得到。")
            return redirect(OWN)
    return pages.page(
        request,
        "cadres/own_examination.html",
        status=422 if form.is_bound and form.errors else 200,
        title="考察意见",
        found=found.candidate,
        form=form,
    )


def _step(
    request: Request, candidate_id: int, *, do: Callable[..., object], said: str
) -> HttpResponse:
    found = get_object_or_404(queries.own_candidacies(request.actor), pk=candidate_id)
    try:
        do(candidate=found, at=timezone.now(), by=request.actor)
        messages.success(request, said)
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect(OWN)


def _steps(one: Candidate) -> list[tuple[str, str]]:
    """Return what one may do now: the address and the words of each button."""
    steps = {
        CandidateState.ASKED: (("agree", "同意"), ("decline", "不同意")),
        CandidateState.AGREED: (("decline", "不再同意"),),
        CandidateState.IN: (("leave", "退出储备库"),),
    }
    return [
        (reverse(f"cadres:own_{step}", args=[one.pk]), label)
        for step, label in steps.get(CandidateState(one.state), ())
    ]

"""One branch in one round: its track, the points of each hand, and the next step."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.people.models import Person
from qinghe.systems.branches import forms, queries, rules, services
from qinghe.systems.branches.access import Act
from qinghe.systems.branches.queries import Grading, GradingItem, GradingState, Step


def grading(request: Request, grading_id: int) -> HttpResponse:
    """Show one branch in one round."""
    found = _found(request, grading_id)
    return pages.page(
        request,
        "branches/grading.html",
        **_facts(request, found),
        actions=_actions(request, found),
        back=pages.Link("支部定级名单", reverse("branches:gradings")),
    )


def grade_self(request: Request, grading_id: int) -> HttpResponse:
    """Grade one's own branch."""
    found = _found(request, grading_id)
    actors.require(request.actor, Act.GRADE_SELF, at=found.org)
    before = queries.points_by_step(request.actor, found).get(Step.SELF, {})
    form = forms.SelfForm(
        request.POST or None,
        terms=found.round.terms,
        initial={**before, "words": found.words, "report": found.report},
    )

    def do() -> str:
        services.grade_self(
            grading=found,
            judged=form.as_judged(),
            report=form.cleaned_data["report"],
            at=timezone.now(),
            by=request.actor,
        )
        messages.success(request, "已提交并由您签名；请本支部另一名团员在“我的支部”里签名。")
        return _url(found)

    return pages.act_page(
        request,
        title=f"支部自评：{found.org.name}",
        form=form,
        do=do,
        submit="签名提交",
        note="五项合计100分：90分以上五星，80分以上四星，70分以上三星，以现行办法为准（T-51）。",
        back=_back(found),
    )


def review(request: Request, grading_id: int) -> HttpResponse:
    """Review a branch for its committee."""
    found = _found(request, grading_id)
    actors.require(request.actor, Act.REVIEW_GRADING, at=found.share.committee)
    return _judge(request, found, before=Step.SELF, title="复核", do=services.review_grading)


def spot_check(request: Request, grading_id: int) -> HttpResponse:
    """Look at a reviewed branch for the district."""
    found = _found(request, grading_id)
    actors.require(request.actor, Act.RUN_GRADING, at=found.org)
    return _judge(request, found, before=Step.REVIEW, title="抽查", do=services.check_grading)


def send_back(request: Request, grading_id: int) -> HttpResponse:
    """Send a self-grading back to its branch."""
    found = _found(request, grading_id)
    actors.require(request.actor, Act.REVIEW_GRADING, at=found.share.committee)
    return pages.reason_page(
        request,
        title=f"退回：{found.org.name}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.send_back_grading(
            grading=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="退回支部",
        note="退回后由支部改正、重新签名；支部书记会收到通知。",
        back=_back(found),
    )


@never_cache
def own(request: Request) -> HttpResponse:
    """Show a member the gradings of the own branch, and what waits for a signature."""
    if not request.actor.person_id:
        raise doors.closed()
    rows = queries.own_gradings(request.actor, timezone.localdate())
    return pages.page(request, "branches/own.html", title="我的支部", rows=rows[:12])


@never_cache
def own_grading(request: Request, grading_id: int) -> HttpResponse:
    """Show a member what the secretary gave, before they sign."""
    found = _own(request, grading_id)
    is_other = found.secretary_id != request.actor.person_id
    return pages.page(
        request,
        "branches/own_grading.html",
        **_facts(request, found),
        may_sign=found.state == GradingState.SIGNING and is_other,
    )


@require_POST
def own_sign(request: Request, grading_id: int) -> HttpResponse:
    """Sign as the members' representative."""
    found = _own(request, grading_id)
    services.sign_grading(grading=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已签名，自评已送上级复核。")
    return redirect("branches:own_grading", found.pk)


def _judge(
    request: Request, found: Grading, *, before: Step, title: str, do: services.Judge
) -> HttpResponse:
    given = queries.points_by_step(request.actor, found).get(before, {})
    form = forms.ReviewForm(
        request.POST or None, terms=found.round.terms, initial={**given, "veto": found.veto}
    )

    def act() -> str:
        made = do(grading=found, judged=form.as_judged(), at=timezone.now(), by=request.actor)
        messages.success(request, f"已保存：{made.points}分，{rules.GRADES[made.star or 0]}。")
        return _url(found)

    return pages.act_page(
        request,
        title=f"{title}：{found.org.name}",
        form=form,
        do=act,
        note="表中先填着上一步的得分，可以改动；改动的须写明原因。",
        back=_back(found),
    )


def _facts(request: Request, found: Grading) -> dict[str, Any]:
    """Return what both pages of a grading show: that of the staff and the member's own."""
    given = queries.points_by_step(request.actor, found)
    most = queries.most_of(request.actor, found.round.terms)
    steps = [step for step in Step if step in given]
    return {
        "title": f"{found.org.name}{found.round.year}年度定级",
        "found": found,
        "track": _track(request, found),
        "grade": rules.GRADES[found.star] if found.star is not None else "",
        "steps": [step.label for step in steps],
        "items": [
            (item.label, most[item], [given[step].get(item) for step in steps])
            for item in GradingItem
        ],
        "totals": [sum(given[step].values()) for step in steps],
    }


def _track(request: Request, found: Grading) -> list[tuple[str, str, object, str]]:
    """Return the steps behind a branch: what, who, when, with which words."""
    hands = (
        ("书记签名", found.secretary, found.signed_at, found.words),
        ("团员代表签名", found.witness, found.witnessed_at, ""),
        ("基层团委复核", found.reviewer, found.reviewed_at, found.review_words),
        ("区级抽查", found.checker, found.checked_at, found.check_words),
    )
    return [(what, _name(request, who, found), at, words) for what, who, at, words in hands if who]


def _name(request: Request, who: Person, found: Grading) -> str:
    return levels.full_name(request.actor, who, at=found.org, on=timezone.localdate())


def _actions(request: Request, found: Grading) -> list[pages.Action]:
    actor, key = request.actor, [found.pk]
    is_reviewed = found.state == GradingState.REVIEWED
    offers = (
        (
            found.state in (GradingState.DRAFT, GradingState.SIGNING)
            and actors.may(actor, Act.GRADE_SELF, at=found.org),
            pages.Action("支部自评", reverse("branches:grade_self", args=key), primary=True),
        ),
        (
            found.state == GradingState.REVIEW
            and actors.may(actor, Act.REVIEW_GRADING, at=found.share.committee),
            pages.Action("复核", reverse("branches:review", args=key), primary=True),
        ),
        (
            is_reviewed and actors.may(actor, Act.RUN_GRADING, at=found.org),
            pages.Action("抽查", reverse("branches:spot_check", args=key)),
        ),
        (
            (is_reviewed or found.state == GradingState.REVIEW)
            and actors.may(actor, Act.REVIEW_GRADING, at=found.share.committee),
            pages.Action("退回", reverse("branches:send_back", args=key)),
        ),
    )
    return [action for offered, action in offers if offered]


def _found(request: Request, grading_id: int) -> Grading:
    return get_object_or_404(queries.gradings_seen_by(request.actor), pk=grading_id)


def _own(request: Request, grading_id: int) -> Grading:
    rows = queries.own_gradings(request.actor, timezone.localdate())
    return get_object_or_404(rows.select_related("reviewer", "checker"), pk=grading_id)


def _url(found: Grading) -> str:
    return reverse("branches:grading", args=[found.pk])


def _back(found: Grading) -> pages.Link:
    return pages.Link(found.org.name, _url(found))

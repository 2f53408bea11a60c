"""One's own pages on the phone: a word on oneself, a grade for each of the others."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.appraisals import forms, queries, rules, services
from qinghe.systems.appraisals.queries import Grade, Line, RollState, Standing

OWN = "appraisals:own"


@never_cache
def own(request: Request) -> HttpResponse:
    """Show one's own reviews: what is to do now, and what became of those before."""
    if not request.actor.person_id:
        raise doors.closed()
    return pages.page(
        request,
        "appraisals/own.html",
        title="我的评议",
        rows=[
            (one, _may_speak(one), one.standing == Standing.PARTY and rules.is_open(one.roll.state))
            for one in queries.own_lines(request.actor)
        ],
    )


@never_cache
def own_appraise(request: Request, line_id: int) -> HttpResponse:
    """Say what one thinks of oneself."""
    found = _found(request, line_id)
    initial = {"words": found.own_words, "grade": found.own_grade or Grade.GOOD}
    form = forms.OwnForm(request.POST or None, initial=initial)
    if form.is_valid():
        with pages.refusals_on(form):
            services.appraise_oneself(
                line=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
            messages.success(request, "自我评价已提交；支部大会以前可以修改。")
            return redirect(OWN)
    return pages.page(
        request,
        "appraisals/own_appraise.html",
        status=422 if form.errors else 200,
        title="自我评价",
        found=found,
        form=form,
        may=_may_speak(found),
    )


@never_cache
def own_rate(request: Request, line_id: int) -> HttpResponse:
    """Give the others of one's branch a grade, all on one screen, once."""
    found = _found(request, line_id)
    may = _may_speak(found) and not found.has_rated
    others = list(queries.others_of(request.actor, found)) if may else []
    entered = {one.pk: request.POST.get(f"grade-{one.pk}", "") for one in others}
    refused = ""
    if request.method == "POST":
        grades = {key: grade for key, grade in entered.items() if grade in Grade.values}
        try:
            services.rate_others(line=found, grades=grades, at=timezone.now(), by=request.actor)
            messages.success(request, "互评已提交。支部只看到每人的票数，看不到是谁评的。")
            return redirect(OWN)
        except Refused as refusal:
            refused = refusal.reason
    return pages.page(
        request,
        "appraisals/own_rate.html",
        status=422 if refused else 200,
        title="团员互评",
        found=found,
        may=may,
        refused=refused,
        grades=Grade.choices,
        rows=[(one, entered[one.pk]) for one in others],
    )


@require_POST
def own_take_part(request: Request, line_id: int) -> HttpResponse:
    """Take part of one's own will as a Party member who keeps their place in the League."""
    found = _found(request, line_id)
    services.take_part(line=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已列入参加评议的名单。")
    return redirect(OWN)


def _may_speak(one: Line) -> bool:
    return one.roll.state == RollState.RATING and one.standing == Standing.IN


def _found(request: Request, line_id: int) -> Line:
    return get_object_or_404(queries.own_lines(request.actor), pk=line_id)

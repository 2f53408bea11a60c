"""One's own pages on the phone: what one can sign up for, one's places, what can be watched."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.lib.verdicts import Refused
from qinghe.systems.training import forms, queries, rules, services
from qinghe.systems.training.queries import Candidate, Class, ClassState, EnrolmentState

OWN, OWN_CLASS = "training:own", "training:own_class"
MOST = 50


@never_cache
def own(request: Request) -> HttpResponse:
    """Show the classes that are open, one's own places, and the online sessions."""
    if not request.actor.person_id:
        raise doors.closed()
    now = timezone.now()
    mine = queries.own_enrolments(request.actor)[:MOST]
    return pages.page(
        request,
        "training/own.html",
        title="培训",
        classes=[
            (one, rules.ages(one.youngest, one.oldest))
            for one in queries.open_classes(request.actor, now)[:MOST]
        ],
        mine=[
            (
                one,
                one.state == EnrolmentState.SIGNED
                and one.training_class.state == ClassState.PLANNED
                and now < one.training_class.starts_at,
                getattr(one, "completion", None),
            )
            for one in mine
        ],
        webcasts=queries.webcasts_open(request.actor)[:MOST],
    )


@never_cache
def own_class(request: Request, training_class_id: int) -> HttpResponse:
    """Show one class, and whom one may sign up for it."""
    found = _found(request, training_class_id)
    now = timezone.now()
    today = timezone.localdate()
    return pages.page(
        request,
        "training/own_class.html",
        title=found.title,
        found=found,
        times=queries.times_of(request.actor, found),
        ages=rules.ages(found.youngest, found.oldest),
        lecturer=queries.name_of(request.actor, found.lecturer, on=today),
        hours=f"{found.course.quarters / 4:g}",
        candidates=[
            (one, _why_not(one)) for one in queries.candidates_of(request.actor, found, now)
        ],
    )


@never_cache
def own_sign_up(request: Request, training_class_id: int) -> HttpResponse:
    """Sign oneself up."""
    return _sign_up(request, training_class_id, person_id=request.actor.person_id)


@never_cache
def own_ward_sign_up(request: Request, training_class_id: int, person_id: int) -> HttpResponse:
    """Sign up a child."""
    return _sign_up(request, training_class_id, person_id=person_id)


@require_POST
def own_cancel(request: Request, enrolment_id: int) -> HttpResponse:
    """Let go of a place."""
    found = get_object_or_404(queries.own_enrolments(request.actor), pk=enrolment_id)
    try:
        services.cancel_sign_up(enrolment=found, at=timezone.now(), by=request.actor)
        messages.success(request, "已取消报名，名额留给了别人。")
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect(OWN)


def _sign_up(request: Request, training_class_id: int, *, person_id: int) -> HttpResponse:
    found = _found(request, training_class_id)
    candidate = _candidate(request, found, person_id=person_id)
    form = forms.AgreeForm(
        request.POST if request.method == "POST" else None,
        actor=request.actor,
        notices=candidate.notices,
        relation=candidate.relation,
    )
    if form.is_valid():
        with pages.refusals_on(form):
            _signed(request, found, candidate, form)
            messages.success(request, f"{found.title}报名成功。")
            return redirect(OWN)
    return pages.page(
        request,
        "training/own_sign_up.html",
        status=422 if form.errors else 200,
        title=f"报名：{found.title}",
        found=found,
        times=queries.times_of(request.actor, found),
        candidate=candidate,
        why_not=_why_not(candidate),
        form=form,
    )


def _signed(request: Request, found: Class, candidate: Candidate, form: forms.AgreeForm) -> None:
    if candidate.relation:
        services.sign_up_ward(
            training_class=found,
            ward=candidate.person,
            agreed=form.as_agreed(),
            at=timezone.now(),
            by=request.actor,
        )
    else:
        services.sign_up(
            training_class=found, agreed=form.as_agreed(), at=timezone.now(), by=request.actor
        )


def _candidate(request: Request, found: Class, *, person_id: int) -> Candidate:
    known = queries.candidates_of(request.actor, found, timezone.now())
    for one in known:
        if one.person.pk == person_id:
            return one
    raise Http404


def _why_not(candidate: Candidate) -> str:
    """Return why somebody cannot sign up by themself, to be told before they try."""
    today = timezone.localdate()
    if candidate.relation or not rules.is_minor(birth_date=candidate.person.birth_date, on=today):
        return ""
    try:
        rules.check_signs_alone(birth_date=candidate.person.birth_date, on=today)
    except Refused as refusal:
        return refusal.reason
    if candidate.notices:
        return "未满18周岁，须由监护人同意；请监护人到主办单位或所在社区团组织登记同意后再报名。"
    return ""


def _found(request: Request, training_class_id: int) -> Class:
    return get_object_or_404(
        queries.open_classes(request.actor, timezone.now()), pk=training_class_id
    )

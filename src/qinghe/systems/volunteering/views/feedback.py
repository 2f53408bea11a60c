"""Feedback: a volunteer's ratings and objections, the organiser's evaluations and answers."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import forms, queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import Evaluation, EvaluationState

TONES: dict[str, pages.Tone] = {
    EvaluationState.GIVEN: pages.Tone.GOOD,
    EvaluationState.OBJECTED: pages.Tone.WAIT,
    EvaluationState.CONFIRMED: pages.Tone.GOOD,
    EvaluationState.WITHDRAWN: pages.Tone.PLAIN,
}


class RatingTable(Table):
    """What was said of a session; not by whom."""

    at = columns.Moment(verbose_name="评价时间")
    score = columns.Number(verbose_name="评分")
    words = Column("评价", orderable=False)


class EvaluationTable(Table):
    """What organisers said of one volunteer."""

    title = Column(
        "活动",
        accessor="attendance__session__title",
        linkify=("volunteering:evaluation", [A("pk")]),
    )
    org = Column("主办组织", accessor="org__name")
    traits = Column("评语", orderable=False)
    at = columns.Moment(verbose_name="评价时间")
    state = columns.State(verbose_name="状态", labels=dict(EvaluationState.choices), tones=TONES)

    def render_traits(self, value: str) -> str:
        """Write the words."""
        return rules.traits_written(value)


@never_cache
@require_safe
def own_feedback(request: Request) -> HttpResponse:
    """Show what one may rate, and what was said of oneself."""
    if queries.own_volunteer(request.actor) is None:
        raise doors.closed()
    return pages.page(
        request,
        "volunteering/own_feedback.html",
        title="评价",
        to_rate=queries.to_rate(request.actor, timezone.now()),
        days=rules.RATED_WITHIN.days,
        evaluations=[
            (one, rules.traits_written(one.traits), one.state == EvaluationState.GIVEN)
            for one in queries.own_evaluations(request.actor)
        ],
    )


def own_rating(request: Request, attendance_id: int) -> HttpResponse:
    """Rate a session one served at."""
    found = get_object_or_404(queries.to_rate(request.actor, timezone.now()), pk=attendance_id)
    before = getattr(found, "rating", None)
    initial = {"score": before.score, "words": before.words} if before else {}
    form = forms.RatingForm(request.POST or None, initial=initial)
    if form.is_valid():
        with pages.refusals_on(form):
            services.rate_session(
                attendance=found, at=timezone.now(), by=request.actor, **form.cleaned_data
            )
            messages.success(request, "已提交，主办方看得到评分和内容，看不到您的姓名。")
            return redirect("volunteering:own_feedback")
    return _plain_form(request, f"评价{found.session.title}", form)


def own_objection(request: Request, evaluation_id: int) -> HttpResponse:
    """Hold something against what was said of oneself."""
    found = get_object_or_404(queries.own_evaluations(request.actor), pk=evaluation_id)
    form = forms.WordsForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            services.object_to_evaluation(
                evaluation=found, at=timezone.now(), by=request.actor, **form.cleaned_data
            )
            messages.success(request, "异议已提交，由评价人以外的人核实，结果会通知您。")
            return redirect("volunteering:own_feedback")
    return _plain_form(request, "对评价提出异议", form)


def evaluation(request: Request, evaluation_id: int) -> HttpResponse:
    """Show one evaluation and what became of it."""
    found = _found(request, evaluation_id)
    state, served = EvaluationState(found.state), found.attendance
    at = reverse("volunteering:attendance", args=[served.pk])
    return pages.record_page(
        request,
        title=f"{served.session.title}的服务评价",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("志愿者", levels.short_name(
                request.actor, served.volunteer.person, at=found.org, on=timezone.localdate()
            )),
            ("服务记录", pages.Link(served.session.title, at)),
            ("主办组织", found.org.name),
            ("评语", rules.traits_written(found.traits)),
            ("补充", found.words),
            ("评价时间", f"{found.at.astimezone(TZ):%Y-%m-%d %H:%M}"),
            ("异议", found.objection),
            ("答复", found.answer),
        ],
        actions=_actions(request, found),
        back=pages.Link("服务记录", at),
    )  # fmt: skip


def evaluation_answer(request: Request, evaluation_id: int) -> HttpResponse:
    """Answer an objection."""
    found = _found(request, evaluation_id)
    actors.require(request.actor, Act.ANSWER_FEEDBACK, at=found.org)
    form = forms.ObjectionAnswerForm(request.POST or None)
    back = reverse("volunteering:evaluation", args=[found.pk])

    def do() -> str:
        services.answer_evaluation(
            evaluation=found,
            verdict=EvaluationState(form.cleaned_data["verdict"]),
            answer=form.cleaned_data["answer"],
            at=timezone.now(),
            by=request.actor,
        )
        return back

    return pages.act_page(
        request,
        title="答复异议",
        form=form,
        do=do,
        submit="答复",
        note=f"异议：{found.objection}",
        back=pages.Link("服务评价", back),
    )


def evaluate(request: Request, attendance_id: int) -> HttpResponse:
    """Say how somebody served."""
    served = get_object_or_404(queries.attendances_seen_by(request.actor), pk=attendance_id)
    actors.require(request.actor, Act.EVALUATE, at=served.session.org)
    form = forms.EvaluationForm(request.POST or None)

    def do() -> str:
        made = services.evaluate(
            attendance=served,
            traits=tuple(form.cleaned_data["traits"]),
            words=form.cleaned_data["words"],
            at=timezone.now(),
            by=request.actor,
        )
        return reverse("volunteering:evaluation", args=[made.pk])

    return pages.act_page(
        request,
        title=f"评价志愿者：{served.session.title}",
        form=form,
        do=do,
        submit="提交",
        note="志愿者本人看得到，15天内可以提出异议；提交后不能修改。",
        back=pages.Link("服务记录", reverse("volunteering:attendance", args=[served.pk])),
    )


def session_ratings(request: Request, session_id: int) -> HttpResponseBase:
    """Show what volunteers said of a session."""
    found = get_object_or_404(queries.sessions_seen_by(request.actor), pk=session_id)
    return pages.list_page(
        request,
        title=f"{found.title}的评价",
        table=RatingTable,
        rows=queries.ratings_of(request.actor, found),
        actions=[
            pages.Action("返回活动", reverse("volunteering:session", args=[found.pk])),
        ],
    )


def _found(request: Request, evaluation_id: int) -> Evaluation:
    return get_object_or_404(queries.evaluations_seen_by(request.actor), pk=evaluation_id)


def _actions(request: Request, found: Evaluation) -> list[pages.Action]:
    if not queries.objected_for(request.actor).filter(pk=found.pk).exists():
        return []
    url = reverse("volunteering:evaluation_answer", args=[found.pk])
    return [pages.Action("答复异议", url, primary=True)]


def _plain_form(request: Request, title: str, form: object) -> HttpResponse:
    return pages.page(
        request,
        "volunteering/own_feedback_form.html",
        status=422 if getattr(form, "errors", None) else 200,
        title=title,
        form=form,
    )

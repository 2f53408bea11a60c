"""Visits: the records at the desk, and the page that an inspector opens at the point."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import forms, queries, services
from qinghe.systems.inspections.access import Act
from qinghe.systems.inspections.queries import Visit, VisitState

from .tables import TONES, AnswerTable, VisitTable, passed_tag

PLAIN = "text/plain; charset=utf-8"
MOST = 30  # points on the round's page; the others are found by a word


def visits(request: Request) -> HttpResponseBase:
    """Show the visits of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may_anywhere(request.actor, Act.INSPECT):
        actions = [pages.Action("去巡查", reverse("inspections:round"), primary=True)]
    rows = queries.visits_seen_by(request.actor)
    return pages.list_page(
        request,
        title="巡查记录",
        table=VisitTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.VisitFilter,
        actions=actions,
    )


def visit(request: Request, visit_id: int) -> HttpResponse:
    """Show one visit with what it says of each item."""
    found = get_object_or_404(queries.visits_seen_by(request.actor), pk=visit_id)
    actions = []
    if found.state == VisitState.SUBMITTED and actors.may(request.actor, Act.RECHECK, at=found.org):
        actions = [pages.Action("作废", reverse("inspections:visit_void", args=[found.pk]))]
    answers = queries.answers_of(request.actor, found)
    state = VisitState(found.state)
    return pages.record_page(
        request,
        title=f"{found.point.name}：{found.day.isoformat()}巡查",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("点位", pages.Link(found.point.name, _point_url(found))),
            ("责任单位", found.org.name),
            (
                "巡查人",
                pages.Kept(found.inspector.name, levels.NAME, of=found.inspector, at=found.org),
            ),
            ("得分", f"{found.scored} / {found.full}"),
            ("结论", passed_tag(found)),
            ("检查表", str(found.checklist)),
            ("提交时间", f"{timezone.localtime(found.submitted_at):%Y-%m-%d %H:%M}"),
            ("位置", f"{found.latitude}，{found.longitude}" if found.latitude else "没有记录"),
            ("巡查说明", found.notes or "—"),
            ("作废原因", found.reason or "—"),
        ],
        actions=actions,
        related=[pages.Related("检查结果", tables.short(AnswerTable, answers))],
        back=pages.Link("巡查记录", reverse("inspections:visits")),
    )


def visit_void(request: Request, visit_id: int) -> HttpResponse:
    """Take a visit out of the figures."""
    found = get_object_or_404(queries.visits_seen_by(request.actor), pk=visit_id)
    actors.require(request.actor, Act.RECHECK, at=found.org)
    return pages.reason_page(
        request,
        title=f"作废{found.point.name}的巡查",
        note="作废后不计入统计，它提出的未办结问题一并撤销。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.void_visit(
            visit=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定作废",
        back=pages.Link("巡查", reverse("inspections:visit", args=[found.pk])),
    )


def round(request: Request) -> HttpResponse:
    """Show an inspector the points to go to: drafts first, then those not seen for longest."""
    doors.require_anywhere(request.actor, Act.INSPECT)
    form = forms.SearchForm(request.GET or None)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = queries.points_to_visit(
        request.actor, request.scope.org, today=timezone.localdate(), words=words
    )
    return pages.page(
        request,
        "inspections/round.html",
        title="去巡查",
        points=list(found[:MOST]),
        words=words,
        most=MOST,
    )


@require_POST
def begin(request: Request, point_id: int) -> HttpResponse:
    """Begin a visit at a point, or go on with the draft."""
    found = get_object_or_404(queries.points_seen_by(request.actor), pk=point_id)
    try:
        begun = services.begin_visit(point=found, at=timezone.now(), by=request.actor)
    except Refused as refusal:
        if refusal.code == "not_allowed":
            raise
        messages.error(request, refusal.reason)
        return redirect("inspections:point", found.pk)
    return redirect("inspections:do", begun.pk)


@never_cache
def do(request: Request, visit_id: int) -> HttpResponse:
    """Go through the items at the point; what lacks is said here, and nothing typed is lost."""
    found = get_object_or_404(queries.own_visits(request.actor), pk=visit_id)
    if found.state != VisitState.DRAFT:
        return redirect("inspections:visit", found.pk)
    answers = queries.answers_of(request.actor, found)
    form = forms.SeenForm(request.POST or None, answers=answers, initial={"notes": found.notes})
    if form.is_valid():
        with pages.refusals_on(form):
            services.submit_visit(
                visit=found, seen=form.as_seen(), at=timezone.now(), by=request.actor
            )
            messages.success(request, f"已提交{found.point.name}的巡查。")
            return redirect("inspections:round")
    return pages.page(
        request,
        "inspections/do.html",
        status=422 if form.errors else 200,
        title=found.point.name,
        visit=found,
        form=form,
    )


@require_POST
def keep(request: Request, visit_id: int) -> HttpResponse:
    """Keep a draft: the page's script asks for it while it is filled in, and so does a button."""
    found = get_object_or_404(queries.own_visits(request.actor), pk=visit_id)
    form = forms.SeenForm(request.POST, answers=queries.answers_of(request.actor, found))
    if not form.is_valid():
        return HttpResponse("有内容没有保存，请检查。", status=422, content_type=PLAIN)
    services.keep_visit(visit=found, seen=form.as_seen(), at=timezone.now(), by=request.actor)
    if request.headers.get("X-Kept-By") == "script":
        return HttpResponse("草稿已保存", content_type=PLAIN)
    messages.success(request, "草稿已保存，可以稍后继续。")
    return redirect("inspections:do", found.pk)


@require_POST
def drop(request: Request, visit_id: int) -> HttpResponse:
    """Give a draft up."""
    found = get_object_or_404(queries.own_visits(request.actor), pk=visit_id)
    services.drop_visit(visit=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已放弃{found.point.name}的巡查草稿。")
    return redirect("inspections:round")


@require_POST
def photo(request: Request, answer_id: int) -> HttpResponse:
    """Hang a photo on an item of one's draft."""
    found = get_object_or_404(queries.own_answers(request.actor), pk=answer_id)
    form = forms.PhotoForm(request.POST, request.FILES)
    try:
        if form.is_valid():
            services.add_photo(
                answer=found,
                upload=form.cleaned_data["photo"],
                at=timezone.now(),
                by=request.actor,
            )
        else:
            messages.error(request, "请先选择一张照片。")
    except Refused as refusal:
        messages.error(request, refusal.reason)
    return redirect(f"{reverse('inspections:do', args=[found.visit_id])}#item-{found.item_id}")


def _point_url(found: Visit) -> str:
    return reverse("inspections:point", args=[found.point_id])

"""Guidance of federations, exchanges, lessons."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib import workdays
from qinghe.systems.inspections import forms, queries, services
from qinghe.systems.inspections.access import Act
from qinghe.systems.inspections.queries import Exchange, Guidance

from .tables import ExchangeTable, FindingHereTable, GuidanceTable, LessonTable

USUAL_DAYS = 10


def coverage(request: Request) -> HttpResponse:
    """Show which federations of streets were guided in the chosen period, and which were not."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.coverage_of(request.actor, request.scope.org, request.scope.period)
    actions = [pages.Action("指导记录", reverse("inspections:guidances"))]
    if actors.may(request.actor, Act.GUIDE, at=request.scope.org):
        url = reverse("inspections:guidance_new")
        actions.insert(0, pages.Action("登记联系指导", url, primary=True))
    return pages.page(
        request,
        "inspections/coverage.html",
        title="义工联联系指导",
        rows=rows,
        covered=sum(1 for one in rows if one.visits),
        may_guide=actors.may(request.actor, Act.GUIDE, at=request.scope.org),
        actions=actions,
    )


def guidances(request: Request) -> HttpResponseBase:
    """Show the guidance visits below the chosen organisation."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.guidances_seen_by(request.actor)
    return pages.list_page(
        request,
        title="联系指导记录",
        table=GuidanceTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        actions=[pages.Action("覆盖情况", reverse("inspections:coverage"))],
    )


def guidance(request: Request, guidance_id: int) -> HttpResponse:
    """Show one guidance visit and what it led to."""
    found = _guidance(request, guidance_id)
    actions = []
    if actors.may(request.actor, Act.GUIDE, at=found.org):
        url = reverse("inspections:problem_new", args=[found.pk])
        actions = [pages.Action("登记问题", url)]
    problems = queries.findings_seen_by(request.actor).filter(guidance=found)
    return pages.record_page(
        request,
        title=f"联系指导{found.org.name}",
        record=found,
        facts=[
            ("义工联", found.org.name),
            ("日期", found.day.isoformat()),
            ("指导内容", found.topics),
            ("情况记录", found.summary or "—"),
        ],
        actions=actions,
        related=[pages.Related("问题", tables.short(FindingHereTable, problems), empty="没有问题")],
        back=pages.Link("联系指导记录", reverse("inspections:guidances")),
    )


def guidance_new(request: Request) -> HttpResponse:
    """Write a guidance visit down."""
    actors.require(request.actor, Act.GUIDE, at=request.scope.org)
    form = forms.GuidanceForm(
        request.POST or None,
        initial={"org": request.GET.get("at", ""), "day": timezone.localdate()},
        actor=request.actor,
    )
    return pages.act_page(
        request,
        title="登记联系指导",
        form=form,
        do=lambda: _guidance_url(
            services.record_guidance(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link("联系指导", reverse("inspections:coverage")),
    )


def problem_new(request: Request, guidance_id: int) -> HttpResponse:
    """Let a problem be put right by the federation."""
    found = _guidance(request, guidance_id)
    actors.require(request.actor, Act.GUIDE, at=found.org)
    due = workdays.workday_after(timezone.localdate(), count=USUAL_DAYS)
    form = forms.DueForm(request.POST or None, initial={"due_on": due})

    def do() -> str:
        services.add_problem(
            guidance=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return _guidance_url(found)

    return pages.act_page(
        request,
        title=f"登记{found.org.name}的问题",
        form=form,
        do=do,
        back=pages.Link("联系指导", _guidance_url(found)),
    )


def exchanges(request: Request) -> HttpResponseBase:
    """Show the exchanges of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = [pages.Action("经验库", reverse("inspections:lessons"))]
    if actors.may(request.actor, Act.EXCHANGE, at=request.scope.org):
        url = reverse("inspections:exchange_new")
        actions.insert(0, pages.Action("登记交流", url, primary=True))
    rows = queries.exchanges_seen_by(request.actor)
    return pages.list_page(
        request,
        title="交流互动",
        table=ExchangeTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        actions=actions,
    )


def exchange(request: Request, exchange_id: int) -> HttpResponse:
    """Show one exchange and what was learned."""
    found = _exchange(request, exchange_id)
    actions = []
    if actors.may(request.actor, Act.EXCHANGE, at=found.org):
        url = f"{reverse('inspections:lesson_new')}?from={found.pk}"
        actions = [pages.Action("登记经验", url)]
    learned = queries.lessons_seen_by(request.actor).filter(exchange=found)
    return pages.record_page(
        request,
        title=f"与{found.partner}交流",
        record=found,
        facts=[
            ("登记单位", found.org.name),
            ("对方组织", f"{found.partner}（{found.district}）"),
            ("日期", found.day.isoformat()),
            ("交流内容", found.topics),
            ("参加人数", found.people),
            ("成效", found.outcome or "—"),
        ],
        actions=actions,
        related=[pages.Related("经验", tables.short(LessonTable, learned), empty="还没有经验")],
        back=pages.Link("交流互动", reverse("inspections:exchanges")),
    )


def exchange_new(request: Request) -> HttpResponse:
    """Write an exchange down."""
    actors.require(request.actor, Act.EXCHANGE, at=request.scope.org)
    form = forms.ExchangeForm(
        request.POST or None,
        initial={"org": request.scope.org.code, "day": timezone.localdate()},
        actor=request.actor,
    )
    return pages.act_page(
        request,
        title="登记交流",
        form=form,
        do=lambda: _exchange_url(
            services.record_exchange(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link("交流互动", reverse("inspections:exchanges")),
    )


def lessons(request: Request) -> HttpResponseBase:
    """Show what was learned, to be searched."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.EXCHANGE, at=request.scope.org):
        url = reverse("inspections:lesson_new")
        actions = [pages.Action("登记经验", url, primary=True)]
    return pages.list_page(
        request,
        title="经验库",
        table=LessonTable,
        rows=queries.lessons_seen_by(request.actor),
        filterset=forms.LessonFilter,
        actions=actions,
    )


def lesson(request: Request, lesson_id: int) -> HttpResponse:
    """Show one lesson."""
    found = get_object_or_404(queries.lessons_seen_by(request.actor), pk=lesson_id)
    return pages.record_page(
        request,
        title=found.title,
        record=found,
        facts=[
            ("做法", found.text),
            ("来源", found.source),
            ("标签", found.tags or "—"),
            ("登记单位", found.org.name),
            ("登记日期", found.entered_on.isoformat()),
        ],
        back=pages.Link("经验库", reverse("inspections:lessons")),
    )


def lesson_new(request: Request) -> HttpResponse:
    """Enter something learned, from an exchange or from elsewhere."""
    actors.require(request.actor, Act.EXCHANGE, at=request.scope.org)
    chosen = request.GET.get("from", "")
    told = _exchange(request, int(chosen)) if chosen.isdecimal() else None
    source = f"与{told.partner}交流（{told.day.isoformat()}）" if told else ""
    form = forms.LessonForm(
        request.POST or None,
        initial={"org": request.scope.org.code, "source": source},
        actor=request.actor,
    )

    def do() -> str:
        made = services.enter_lesson(new=form.as_new(told), at=timezone.now(), by=request.actor)
        return reverse("inspections:lesson", args=[made.pk])

    return pages.act_page(
        request,
        title="登记经验",
        form=form,
        do=do,
        back=pages.Link("经验库", reverse("inspections:lessons")),
    )


def _guidance(request: Request, guidance_id: int) -> Guidance:
    return get_object_or_404(queries.guidances_seen_by(request.actor), pk=guidance_id)


def _exchange(request: Request, exchange_id: int) -> Exchange:
    return get_object_or_404(queries.exchanges_seen_by(request.actor), pk=exchange_id)


def _guidance_url(found: Guidance) -> str:
    return reverse("inspections:guidance", args=[found.pk])


def _exchange_url(found: Exchange) -> str:
    return reverse("inspections:exchange", args=[found.pk])

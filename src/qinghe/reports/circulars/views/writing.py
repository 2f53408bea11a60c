"""Beginning a circular and writing it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from qinghe.analytics import catalogue
from qinghe.analytics.indicators import Ratio
from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.lib import periods
from qinghe.lib.periods import local_day
from qinghe.reports.circulars import forms, queries, rules, services
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.queries import Addressee, Circular, Goal, RankedBy

from . import finding


def begin(request: Request) -> HttpResponse:
    """Begin a circular."""
    finding.require_any(request, Act.WRITE)
    now = timezone.now()
    form = forms.BeginForm(
        request.POST or None,
        orgs=queries.writing_orgs(request.actor),
        periods=queries.periods_offered(request.actor, today=local_day(now)),
        initial={"period": _usual(request)},
    )
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.begin(
                org=form.cleaned_data["org"],
                period=periods.parse(form.cleaned_data["period"]),
                at=now,
                by=request.actor,
            )
            return redirect("circulars:figures", made.pk)
    return pages.form_page(
        request,
        title="起草通报",
        form=form,
        submit="开始起草",
        note="下一步选指标；默认下发全部街道，并要求反馈，之后可以改。",
        back=pages.Link("工作情况通报", reverse("circulars:index")),
    )


def figures(request: Request, circular_id: int) -> HttpResponse:
    """Choose the figures of a circular, each with what it is ranked by."""
    found = finding.permitted(request, circular_id, Act.WRITE)
    rules.check_draft(found.state)
    groups = queries.groups(request.actor, found)
    form = forms.FiguresForm(request.POST or None, groups=groups)
    if form.is_valid():
        with pages.refusals_on(form):
            services.choose(
                circular=found, chosen=form.chosen(), at=timezone.now(), by=request.actor
            )
            return redirect("circulars:circular", found.pk)
    ticked = request.POST.getlist("codes") if request.method == "POST" else None
    return pages.page(
        request,
        "circulars/figures.html",
        status=422 if form.is_bound else 200,
        title="选定指标",
        form=form,
        groups=groups,
        ticked=ticked if ticked is not None else [each.code for each in found.chosen.all()],
        orders=RankedBy.choices,
        most=rules.MOST_FIGURES,
        back=_back(found),
    )


def text(request: Request, circular_id: int) -> HttpResponse:
    """Write the words of a circular."""
    found = finding.permitted(request, circular_id, Act.WRITE)
    rules.check_draft(found.state)
    names = list(forms.TextForm.base_fields)
    kept = {name: getattr(found, name) for name in names}
    form = forms.TextForm(request.POST or None, initial=kept)
    if form.is_valid():
        with pages.refusals_on(form):
            services.keep_text(
                circular=found,
                text=services.Text(**form.cleaned_data),
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("circulars:circular", found.pk)
    return pages.form_page(
        request,
        title="写正文",
        form=form,
        groups=[
            ("标题和正文", ["title", "opening", "demands"]),
            ("落款和期限", ["signature", "dated_on", "answer_by"]),
        ],
        note=_tokens(found),
        back=_back(found),
        draft="circulars.text",
    )


def streets(request: Request, circular_id: int) -> HttpResponse:
    """Say to which streets a circular goes, and which of them shall answer."""
    found = finding.permitted(request, circular_id, Act.WRITE)
    rules.check_draft(found.state)
    kept = {
        each.org_id: "note" if each.state == Addressee.State.NOTED else "answer"
        for each in queries.addressees_of(request.actor, found)
    }
    form = forms.AddresseesForm(
        request.POST or None,
        streets=queries.streets(request.actor, found.org, found.span),
        kept=kept,
    )
    if form.is_valid():
        with pages.refusals_on(form):
            services.address(
                circular=found,
                noted=form.told("note"),
                asked=form.told("answer"),
                at=timezone.now(),
                by=request.actor,
            )
            return redirect("circulars:circular", found.pk)
    return pages.page(
        request,
        "circulars/streets.html",
        status=422 if form.is_bound else 200,
        title="下发街道",
        form=form,
        back=_back(found),
    )


def goals(request: Request, circular_id: int, code: str) -> HttpResponse:
    """Set the goals of one figure for the period of a circular."""
    found = finding.permitted(request, circular_id, Act.WRITE)
    declared = catalogue.indicator(code)
    below = queries.streets(request.actor, found.org, found.span)
    wanted = queries.wanted(
        request.actor, code=code, period=found.span, org=found.org, streets=below
    )
    form = forms.GoalForm(
        request.POST or None,
        wanted=wanted,
        decimals=declared.decimals,
        initial={
            "source": wanted.own.source if wanted.own else "",
            "set_on": wanted.own.set_on if wanted.own else local_day(timezone.now()),
        },
    )
    if form.is_valid():
        with pages.refusals_on(form):
            _set(request, found, code=code, form=form)
            return redirect("circulars:goals", found.pk, code)
    return pages.page(
        request,
        "circulars/goals.html",
        status=422 if form.is_bound else 200,
        title=f"{declared.label}：{found.span.label}目标",
        form=form,
        declared=declared,
        is_ratio=isinstance(declared, Ratio),
        wanted=wanted,
        history=queries.history(request.actor, code=code, period=found.span, org=found.org),
        back=_back(found),
    )


def _set(request: Request, found: Circular, *, code: str, form: forms.GoalForm) -> None:
    typed = form.cleaned_data
    about = services.About(code, found.span, typed["source"], typed["set_on"])
    if typed["how"] == Goal.How.EQUAL:
        services.share_out(
            org=found.org,
            about=about,
            own=typed["own"],
            streets=form.streets,
            at=timezone.now(),
            by=request.actor,
        )
    else:
        services.set_goals(
            org=found.org,
            about=about,
            own=typed["own"],
            streets=form.by_street(),
            at=timezone.now(),
            by=request.actor,
        )


def _tokens(found: Circular) -> str:
    """Say how the chosen figures are written in the text."""
    codes = [each.code for each in found.chosen.all()]
    known = catalogue.every()
    told = "，".join(f"{{{code}}} 是{known[code].label}" for code in codes if code in known)
    if not told:
        return "请先选定指标，再写正文；正文里的数字写成指标标记。"
    return (
        f"可用的标记：{told}。加 ^last_year 是同比，加 ^previous 是环比，"
        "加 @街道代码 是某街道的数字。"
    )


def _usual(request: Request) -> str:
    """Return the period chosen at the top, if a circular can be about it."""
    period = request.scope.period
    return period.name if period.kind in rules.KINDS else ""


def _back(found: Circular) -> pages.Link:
    return pages.Link(found.title, reverse("circulars:circular", args=[found.pk]))

"""Counts and ratings at the desk."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.venues import forms, queries, services
from qinghe.systems.venues.access import Act
from qinghe.systems.venues.queries import Count, Rating, RatingState

from .tables import TONES, CountTable, RatingTable


def counts(request: Request) -> HttpResponseBase:
    """Show what was counted at all places of the chosen organisation and below."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.counts_seen_by(request.actor)
    return pages.list_page(
        request,
        title="阵地服务量",
        table=CountTable,
        rows=rows.filter(venue__org__path__startswith=request.scope.org.path),
        actions=[pages.Action("阵地", reverse("venues:venues"))],
    )


def count(request: Request, count_id: int) -> HttpResponse:
    """Show one count and its corrections."""
    found = _count(request, count_id)
    actions = []
    if found.corrects_id is None and actors.may(request.actor, Act.COUNT, at=found.venue.org):
        url = reverse("venues:count_correct", args=[found.pk])
        actions = [pages.Action("更正", url)]
    return pages.record_page(
        request,
        title=f"{found.venue.name}：{found.get_kind_display()} {found.people} 人次",
        record=found,
        facts=[
            ("日期", found.day.isoformat()),
            ("类别", found.get_kind_display()),
            ("人次", found.people),
            ("更正原因", found.reason or "—"),
        ],
        actions=actions,
        related=[
            pages.Related(
                "更正", tables.short(CountTable, found.corrections.all()), empty="没有更正"
            )
        ],
        back=pages.Link("服务量", reverse("venues:counts")),
    )


def count_correct(request: Request, count_id: int) -> HttpResponse:
    """Take people away from a count."""
    found = _count(request, count_id)
    actors.require(request.actor, Act.COUNT, at=found.venue.org)
    form = forms.CorrectForm(request.POST or None)

    def do() -> str:
        services.correct_count(
            count=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return reverse("venues:count", args=[found.pk])

    return pages.act_page(
        request,
        title="更正服务量",
        form=form,
        do=do,
        note="原来的记录不改，另记一行负数；少登记的请直接补登。",
        back=pages.Link("服务量", reverse("venues:count", args=[found.pk])),
    )


def ratings(request: Request) -> HttpResponseBase:
    """Show what visitors say of the places of the chosen organisation and below."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    rows = queries.ratings_seen_by(request.actor)
    return pages.list_page(
        request,
        title="阵地评价",
        table=RatingTable,
        filterset=forms.RatingFilter,
        rows=rows.filter(venue__org__path__startswith=request.scope.org.path),
        actions=[pages.Action("阵地", reverse("venues:venues"))],
    )


def rating(request: Request, rating_id: int) -> HttpResponse:
    """Show one rating."""
    found = _rating(request, rating_id)
    state, key = RatingState(found.state), [found.pk]
    actions = []
    if actors.may(request.actor, Act.KEEP, at=found.venue.org):
        if state is not RatingState.SHOWN:
            url = reverse("venues:rating_show", args=key)
            actions.append(pages.Action("公开", url, primary=True, post=True))
        if state is not RatingState.HIDDEN:
            actions.append(pages.Action("不公开", reverse("venues:rating_hide", args=key)))
    return pages.record_page(
        request,
        title=f"{found.venue.name}：{found.stars} 分",
        record=found,
        state=pages.Tag(state.label, TONES.get(state, pages.Tone.PLAIN)),
        facts=[("评价", found.words or "没有文字"), ("不公开的原因", found.reason or "—")],
        actions=actions,
        back=pages.Link("阵地评价", reverse("venues:ratings")),
    )


@require_POST
def rating_show(request: Request, rating_id: int) -> HttpResponse:
    """Let everybody read a rating."""
    found = _rating(request, rating_id)
    services.show_rating(rating=found, at=timezone.now(), by=request.actor)
    return redirect("venues:rating", found.pk)


def rating_hide(request: Request, rating_id: int) -> HttpResponse:
    """Keep a rating's words back."""
    found = _rating(request, rating_id)
    actors.require(request.actor, Act.KEEP, at=found.venue.org)
    return pages.reason_page(
        request,
        title="不公开这条评价",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.hide_rating(
            rating=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="不公开",
        note="只是不公开文字；评分照样计入平均分。",
        back=pages.Link("评价", reverse("venues:rating", args=[found.pk])),
    )


def _count(request: Request, count_id: int) -> Count:
    return get_object_or_404(queries.counts_seen_by(request.actor), pk=count_id)


def _rating(request: Request, rating_id: int) -> Rating:
    return get_object_or_404(queries.ratings_seen_by(request.actor), pk=rating_id)

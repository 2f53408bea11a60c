"""The year's aims of a hundred percent: each with every street's state."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.systems.founding import forms, queries, services
from qinghe.systems.founding.access import Act
from qinghe.systems.founding.queries import Hundred

from .tables import ToldTable

TITLE = "三个百分百"
FIRST = 20


@require_safe
def hundreds(request: Request) -> HttpResponse:
    """Show the aims of the chosen period's year, and how far each street in sight is."""
    doors.require_anywhere(request.actor, Act.SEE)
    period, root = request.scope.period, orgs.root()
    aims = queries.hundreds_of(request.actor, period.end.year)
    streets = list(queries.sharing(request.actor, root)) if root else []
    known = queries.percents_of(request.actor, aims, orgs=streets, period=period)
    actions = []
    if doors.may_for_the_house(request.actor, Act.SET):
        actions = [pages.Action("设立项目", reverse("founding:hundred_new"), primary=True)]
    return pages.page(
        request,
        "founding/hundreds.html",
        title=TITLE,
        aims=aims,
        rows=[(org, [known[aim.pk][place] for aim in aims]) for place, org in enumerate(streets)],
        actions=actions,
        back=pages.Link("建团进度", reverse("founding:board")),
    )


def hundred(request: Request, hundred_id: int) -> HttpResponse:
    """Show one aim and what was told of it where its reader may look."""
    found = _found(request, hundred_id)
    seen = actors.within_reach(request.actor, Act.SEE)
    told = found.told.filter(seen).select_related("org")
    return pages.record_page(
        request,
        title=f"{found.year}年：{found.name}",
        record=found,
        state=pages.Tag("已取消") if found.dropped_on else pages.Tag("执行中", pages.Tone.INFO),
        facts=[
            ("目标", "100%"),
            ("怎样计算", f"指标{found.code}" if found.code else "由街道填报"),
            ("说明", found.note),
            ("取消原因", found.reason or "—"),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related("填报记录", tables.short(ToldTable, told[:FIRST]), empty="还没有填报")
        ],
        back=pages.Link(TITLE, reverse("founding:hundreds")),
    )


def _actions(request: Request, found: Hundred) -> list[pages.Action]:
    if found.dropped_on:
        return []
    actions = []
    if not found.code and actors.may_anywhere(request.actor, Act.SHARE):
        url = reverse("founding:hundred_tell", args=[found.pk])
        actions.append(pages.Action("填报进展", url, primary=True))
    if doors.may_for_the_house(request.actor, Act.SET):
        actions.append(pages.Action("取消", reverse("founding:hundred_drop", args=[found.pk])))
    return actions


def hundred_new(request: Request) -> HttpResponse:
    """Name an aim."""
    if not doors.may_for_the_house(request.actor, Act.SET):
        raise doors.closed()
    form = forms.HundredForm(request.POST or None, initial={"year": request.scope.period.end.year})
    return pages.act_page(
        request,
        title="设立百分百项目",
        form=form,
        do=lambda: _url(
            services.set_hundred(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        note="项目名称和内容以本地文件为准，请照文件填写。",
        back=pages.Link(TITLE, reverse("founding:hundreds")),
    )


def hundred_drop(request: Request, hundred_id: int) -> HttpResponse:
    """Drop an aim."""
    found = _found(request, hundred_id)
    actors.require(request.actor, Act.SET, at=found.org)
    return pages.reason_page(
        request,
        title=f"取消{found.name}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.drop_hundred(
            hundred=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定取消",
        note="取消后不计入项数；已经填报的进展保留。",
        back=pages.Link(found.name, _url(found)),
    )


def hundred_tell(request: Request, hundred_id: int) -> HttpResponse:
    """Tell how far a street is."""
    found = _found(request, hundred_id)
    doors.require_anywhere(request.actor, Act.SHARE)
    form = forms.ToldForm(
        request.POST or None,
        initial={"org": request.scope.org.code, "day": local_day(timezone.now())},
        actor=request.actor,
        hundred=found,
    )
    return pages.act_page(
        request,
        title=f"填报{found.name}",
        form=form,
        do=lambda: _url(
            services.tell_hundred(
                new=form.as_new(found), at=timezone.now(), by=request.actor
            ).hundred
        ),
        back=pages.Link(found.name, _url(found)),
    )


def _found(request: Request, hundred_id: int) -> Hundred:
    return get_object_or_404(queries.hundreds_seen_by(request.actor), pk=hundred_id)


def _url(found: Hundred) -> str:
    return reverse("founding:hundred", args=[found.pk])

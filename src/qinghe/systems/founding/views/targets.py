"""Targets: handed down, shared out, corrected; each with its history."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.orgs import queries as orgs
from qinghe.lib.periods import local_day
from qinghe.systems.founding import forms, queries, services
from qinghe.systems.founding.access import Act
from qinghe.systems.founding.forms.targets import BASE, EQUAL, HAND
from qinghe.systems.founding.queries import Target

from .tables import ChangeTable, ShareTable

FIRST = 20


def hand_down(request: Request) -> HttpResponse:
    """Set the district's target of a year."""
    root = orgs.root()
    if root is None or not actors.may(request.actor, Act.SET, at=root):
        raise doors.closed()
    today = local_day(timezone.now())
    form = forms.HandDownForm(
        request.POST or None,
        initial={"year": request.scope.period.end.year, "handed_on": today},
    )
    return pages.act_page(
        request,
        title="下达建团指标",
        form=form,
        do=lambda: _url(services.hand_down(new=form.as_new(), at=timezone.now(), by=request.actor)),
        submit="下达",
        note="下达后再分解到各街道和行业团工委。",
        back=_board(),
    )


def target(request: Request, target_id: int) -> HttpResponse:
    """Show one target, its shares and every step it took."""
    found = _found(request, target_id)
    shares = queries.targets_seen_by(request.actor).filter(parent=found).order_by("org__path")
    shared = sum(one.number for one in shares)
    gap = found.number - shared
    return pages.record_page(
        request,
        title=f"{found.year}年{found.org.name}建团指标",
        record=found,
        state=_state(gap) if shares else pages.Tag("没有分解", pages.Tone.PLAIN),
        facts=[
            ("指标", f"{found.number}家"),
            ("已分解", f"{shared}家"),
            ("差额", f"{gap}家"),
            ("上级指标", _parent(found)),
            ("下达日期", found.handed_on.isoformat()),
            ("依据", found.source or "—"),
        ],
        actions=_actions(request, found),
        related=[
            pages.Related("分解到", tables.short(ShareTable, shares), empty="还没有分解"),
            pages.Related("调整历史", tables.short(ChangeTable, found.changes.all()[:FIRST])),
        ],
        back=_board(),
    )


def _state(gap: int) -> pages.Tag:
    if not gap:
        return pages.Tag("分解完毕", pages.Tone.GOOD)
    words = f"还差{gap}家没有分解" if gap > 0 else f"多分解了{-gap}家"
    return pages.Tag(words, pages.Tone.LATE)


def _parent(found: Target) -> pages.Cell:
    if found.parent is None:
        return "—"
    return pages.Link(f"{found.parent.org.name}{found.parent.number}家", _url(found.parent))


def _actions(request: Request, found: Target) -> list[pages.Action]:
    key, me = [found.pk], request.actor
    actions = []
    if actors.may(me, Act.SHARE, at=found.org) and queries.sharing(me, found.org).exists():
        actions.append(pages.Action("分解", reverse("founding:share", args=key), primary=True))
    if _may_adjust(request, found):
        actions.append(pages.Action("调整", reverse("founding:adjust", args=key)))
    return actions


def share(request: Request, target_id: int) -> HttpResponse:
    """Share a target out: evenly, by base or by hand."""
    found = _found(request, target_id)
    actors.require(request.actor, Act.SHARE, at=found.org)
    below = list(queries.sharing(request.actor, found.org))
    given = dict(found.shares.values_list("org_id", "number"))
    form = forms.ShareForm(
        request.POST or None,
        initial={"way": HAND if given else EQUAL},  # what is there is not lost by a hasty click
        below=below,
        given=given,
    )

    def do() -> str:
        at, reason, way = timezone.now(), form.cleaned_data["reason"], form.cleaned_data["way"]
        if way == EQUAL:
            services.share_equally(target=found, reason=reason, at=at, by=request.actor)
        elif way == BASE:
            services.share_by_base(target=found, reason=reason, at=at, by=request.actor)
        else:
            services.share_by_hand(
                target=found, numbers=form.numbers(), reason=reason, at=at, by=request.actor
            )
        return _url(found)

    return pages.act_page(
        request,
        title=f"分解{found.org.name}{found.year}年指标（{found.number}家）",
        form=form,
        do=do,
        note="平均分和按空白点分时不用填下面的数，由平台算；已有的数会改成新数，改动记入历史。",
        back=pages.Link("指标", _url(found)),
    )


def adjust(request: Request, target_id: int) -> HttpResponse:
    """Correct one target."""
    found = _found(request, target_id)
    if not _may_adjust(request, found):
        raise doors.closed()
    form = forms.AdjustForm(request.POST or None, initial={"number": found.number})
    return pages.act_page(
        request,
        title=f"调整{found.org.name}{found.year}年指标",
        form=form,
        do=lambda: _url(
            services.adjust(target=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        ),
        note="只改这一个数；上级和其他单位的指标不变，差额在指标页显示。",
        back=pages.Link("指标", _url(found)),
    )


def _may_adjust(request: Request, found: Target) -> bool:
    if found.parent is None:
        return actors.may(request.actor, Act.SET, at=found.org)
    return actors.may(request.actor, Act.SHARE, at=found.parent.org)


def _found(request: Request, target_id: int) -> Target:
    return get_object_or_404(queries.targets_seen_by(request.actor), pk=target_id)


def _url(found: Target) -> str:
    return reverse("founding:target", args=[found.pk])


def _board() -> pages.Link:
    return pages.Link("建团进度", reverse("founding:board"))

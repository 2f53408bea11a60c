"""Schemes: the list, one scheme with its items and where it stands, its steps."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib import periods
from qinghe.systems.assessments import forms, queries, services
from qinghe.systems.assessments.access import Act
from qinghe.systems.assessments.queries import Scheme, SchemeState

from .steps import actions_of
from .tables import SCHEME_TONES, SchemeTable, step


def schemes(request: Request) -> HttpResponse:
    """Show the schemes that are the reader's to see."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if doors.may_for_the_house(request.actor, Act.MAKE):
        actions = [pages.Action("新建方案", reverse("assessments:scheme_new"), primary=True)]
    return pages.list_page(
        request,
        title="考核方案",
        table=SchemeTable,
        rows=queries.schemes_seen_by(request.actor),
        filterset=forms.SchemeFilter,
        actions=actions,
    )


@require_safe
def scheme(request: Request, scheme_id: int) -> HttpResponse:
    """Show one scheme: its items, how far it is, what comes next."""
    found = found_scheme(request, scheme_id)
    actor = request.actor
    items = queries.items_of(actor, found)
    watches = queries.may_watch(actor, found)
    return pages.page(
        request,
        "assessments/scheme.html",
        title=found.name,
        scheme=found,
        period=periods.parse(found.period),
        state=pages.Tag(found.get_state_display(), SCHEME_TONES[found.state]),
        headings=[
            (heading, [one for one in items if one.parent_id == heading.pk])
            for heading in queries.headings_of(actor, found)
        ],
        sums=_sums(items),
        labels={one.code: queries.figure_label(actor, one.code) for one in items if one.code},
        progress=queries.progress_of(actor, found) if watches else None,
        may_edit=found.state == SchemeState.DRAFT and actors.may(actor, Act.MAKE, at=found.org),
        actions=actions_of(request, found),
        back=pages.Link("考核方案", reverse("assessments:schemes")),
    )


def scheme_new(request: Request) -> HttpResponse:
    """Begin a scheme."""
    if not doors.may_for_the_house(request.actor, Act.MAKE):
        raise doors.closed()
    today = timezone.localdate()
    fresh = Scheme(period=str(today.year), self_by=today + timedelta(days=30))
    form = forms.SchemeForm(request.POST or None, initial=forms.SchemeForm.beginning_with(fresh))
    return pages.act_page(
        request,
        title="新建考核方案",
        form=form,
        do=lambda: url_of(services.draw_up(new=form.as_new(), at=timezone.now(), by=request.actor)),
        note="先填方案，再添加分类和项目；发布以前都可以改。",
        back=pages.Link("考核方案", reverse("assessments:schemes")),
    )


def scheme_change(request: Request, scheme_id: int) -> HttpResponse:
    """Correct what a draft says of itself."""
    found = makeable(request, scheme_id)
    form = forms.SchemeForm(request.POST or None, initial=forms.SchemeForm.beginning_with(found))
    return pages.act_page(
        request,
        title=f"修改{found.name}",
        form=form,
        do=lambda: url_of(
            services.change(scheme=found, new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=_back(found),
    )


def scheme_drop(request: Request, scheme_id: int) -> HttpResponse:
    """Give a draft up."""
    found = makeable(request, scheme_id)
    return pages.reason_page(
        request,
        title=f"作废{found.name}",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.drop(
            scheme=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定作废",
        back=_back(found),
    )


def scheme_revise(request: Request, scheme_id: int) -> HttpResponse:
    """Make a new version of a published scheme."""
    found = makeable(request, scheme_id)
    form = forms.ReasonForm(request.POST or None)
    return pages.act_page(
        request,
        title=f"修订{found.name}",
        form=form,
        do=lambda: url_of(
            services.revise(
                scheme=found,
                reason=form.cleaned_data["reason"],
                at=timezone.now(),
                by=request.actor,
            )
        ),
        submit="修订为新版",
        note="现在的版本不再使用，新版从同样的项目开始起草，改好后重新发布；已有单位开始自评的不能修订。",
        back=_back(found),
    )


@require_POST
def scheme_publish(request: Request, scheme_id: int) -> HttpResponse:
    """Publish a scheme."""
    found = makeable(request, scheme_id)
    return step(
        request,
        do=lambda: services.publish(scheme=found, at=timezone.now(), by=request.actor),
        said="方案已发布，已通知各单位填报自评。",
        to=url_of(found),
    )


@require_POST
def take_figures(request: Request, scheme_id: int) -> HttpResponse:
    """Take the figures of the period; they are computed before anything is held for writing."""
    found = makeable(request, scheme_id)
    return step(
        request,
        do=lambda: services.take_figures(
            scheme=found,
            readings=queries.readings_of(request.actor, found),
            at=timezone.now(),
            by=request.actor,
        ),
        said="已取数，按数据计分的项目已计分。",
        to=reverse("assessments:desk", args=[found.pk]),
    )


@require_POST
def show_results(request: Request, scheme_id: int) -> HttpResponse:
    """Show the results to all who are assessed."""
    found = makeable(request, scheme_id)
    return step(
        request,
        do=lambda: services.show_results(scheme=found, at=timezone.now(), by=request.actor),
        said="结果已公示，各单位可以查看本单位得分并提出异议。",
        to=url_of(found),
    )


@require_POST
def fix_ranking(request: Request, scheme_id: int) -> HttpResponse:
    """Fix the ranking."""
    found = makeable(request, scheme_id)
    return step(
        request,
        do=lambda: services.fix_ranking(scheme=found, at=timezone.now(), by=request.actor),
        said="排名已确定并封存，核对后即可通报。",
        to=reverse("assessments:ranking", args=[found.pk]),
        back=reverse("assessments:scheme", args=[found.pk]),
    )


@require_POST
def announce(request: Request, scheme_id: int) -> HttpResponse:
    """Announce the ranking."""
    found = makeable(request, scheme_id)
    return step(
        request,
        do=lambda: services.announce(scheme=found, at=timezone.now(), by=request.actor),
        said="排名已通报，各被考核单位可以查看。",
        to=reverse("assessments:ranking", args=[found.pk]),
    )


def found_scheme(request: Request, scheme_id: int) -> Scheme:
    """Return a scheme in the reader's sight."""
    return get_object_or_404(queries.schemes_seen_by(request.actor), pk=scheme_id)


def makeable(request: Request, scheme_id: int) -> Scheme:
    """Return a scheme that the reader may work on. Raises Refused: not_allowed."""
    found = found_scheme(request, scheme_id)
    actors.require(request.actor, Act.MAKE, at=found.org)
    return found


def url_of(found: Scheme) -> str:
    """Return the page of a scheme."""
    return reverse("assessments:scheme", args=[found.pk])


def _back(found: Scheme) -> pages.Link:
    return pages.Link(found.name, url_of(found))


def _sums(items: list[queries.Item]) -> dict[str, int]:
    return {
        sort: sum(one.full for one in items if one.sort == sort) for sort in queries.Sort.values
    }

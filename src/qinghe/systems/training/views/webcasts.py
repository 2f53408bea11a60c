"""Online sessions: drawn up, announced, held, watched again."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.training import forms, queries, services
from qinghe.systems.training.access import Act
from qinghe.systems.training.queries import Webcast, WebcastState

from .tables import TONES, WebcastTable


def webcasts(request: Request) -> HttpResponseBase:
    """Show the online sessions of the chosen organisation and all below it."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.RUN, at=request.scope.org):
        actions = [pages.Action("登记线上期次", reverse("training:webcast_new"), primary=True)]
    rows = queries.webcasts_seen_by(request.actor)
    return pages.list_page(
        request,
        title="线上期次",
        table=WebcastTable,
        rows=rows.filter(org__path__startswith=request.scope.org.path),
        filterset=forms.WebcastFilter,
        actions=actions,
    )


def webcast(request: Request, webcast_id: int) -> HttpResponse:
    """Show one online session; its evidence is attached to it."""
    found = _found(request, webcast_id)
    state = WebcastState(found.state)
    lecturer = queries.name_of(request.actor, found.lecturer, on=timezone.localdate())
    return pages.record_page(
        request,
        title=f"第{found.number}期 {found.title}",
        record=found,
        state=pages.Tag(state.label, TONES.get(state, pages.Tone.GOOD)),
        facts=[
            ("线上学堂", found.programme.title),
            ("开展单位", found.org.name),
            ("播出日期", found.day.isoformat()),
            ("主讲", lecturer or "待定"),
            ("平台", found.platform),
            ("观看人次", "—" if found.views is None else found.views),
            ("回放", pages.Link(found.replay, found.replay) if found.replay else "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link("线上期次", reverse("training:webcasts")),
    )


def webcast_new(request: Request) -> HttpResponse:
    """Draw up an online session."""
    actors.require(request.actor, Act.RUN, at=request.scope.org)
    form = forms.WebcastForm(
        request.POST or None, initial={"org": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="登记线上期次",
        note="保存为草稿；补齐主讲后发布，播出后登记观看人次。",
        form=form,
        do=lambda: _url(
            services.draw_up_webcast(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link("线上期次", reverse("training:webcasts")),
    )


def webcast_change(request: Request, webcast_id: int) -> HttpResponse:
    """Give a draft another day or lecturer."""
    found = _for_keeping(request, webcast_id)
    form = forms.ChangeWebcastForm(
        request.POST or None,
        initial={"day": found.day, "lecturer": found.lecturer_id},
        actor=request.actor,
    )
    return pages.act_page(
        request,
        title=f"修改第{found.number}期",
        form=form,
        do=lambda: _url(
            services.change_webcast(
                webcast=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        back=_back(found),
    )


@require_POST
def webcast_publish(request: Request, webcast_id: int) -> HttpResponse:
    """Announce it."""
    found = _found(request, webcast_id)
    services.publish_webcast(webcast=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


@require_POST
def webcast_take_back(request: Request, webcast_id: int) -> HttpResponse:
    """Make it a draft again."""
    found = _found(request, webcast_id)
    services.take_back_webcast(webcast=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def webcast_hold(request: Request, webcast_id: int) -> HttpResponse:
    """Write down how many watched."""
    found = _for_keeping(request, webcast_id)
    form = forms.HoldWebcastForm(request.POST or None)
    return pages.act_page(
        request,
        title=f"登记第{found.number}期开展情况",
        note="人次只登记一次，登记后计入统计；截图等佐证请在期次页上传。",
        form=form,
        do=lambda: _url(
            services.hold_webcast(
                webcast=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        back=_back(found),
    )


def webcast_replay(request: Request, webcast_id: int) -> HttpResponse:
    """Say where it can be watched again."""
    found = _for_keeping(request, webcast_id)
    form = forms.ReplayForm(request.POST or None, initial={"replay": found.replay})
    return pages.act_page(
        request,
        title=f"第{found.number}期回放",
        form=form,
        do=lambda: _url(
            services.set_replay(
                webcast=found,
                replay=form.cleaned_data["replay"],
                at=timezone.now(),
                by=request.actor,
            )
        ),
        back=_back(found),
    )


def _found(request: Request, webcast_id: int) -> Webcast:
    return get_object_or_404(queries.webcasts_seen_by(request.actor), pk=webcast_id)


def _for_keeping(request: Request, webcast_id: int) -> Webcast:
    found = _found(request, webcast_id)
    actors.require(request.actor, Act.RUN, at=found.org)
    return found


def _url(found: Webcast) -> str:
    return reverse("training:webcast", args=[found.pk])


def _back(found: Webcast) -> pages.Link:
    return pages.Link(f"第{found.number}期", _url(found))


def _actions(request: Request, found: Webcast) -> list[pages.Action]:
    if not actors.may(request.actor, Act.RUN, at=found.org):
        return []
    key = [found.pk]
    if found.state == WebcastState.DRAFT:
        return [
            pages.Action(
                "发布", reverse("training:webcast_publish", args=key), primary=True, post=True
            ),
            pages.Action("修改", reverse("training:webcast_change", args=key)),
        ]
    if found.state == WebcastState.PUBLISHED:
        return [
            pages.Action("登记开展情况", reverse("training:webcast_hold", args=key), primary=True),
            pages.Action("撤回", reverse("training:webcast_take_back", args=key), post=True),
        ]
    return [pages.Action("登记回放", reverse("training:webcast_replay", args=key))]

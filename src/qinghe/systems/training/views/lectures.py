"""Booked lectures: asked for, answered, held, rated."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.training import forms, queries, services
from qinghe.systems.training.access import Act
from qinghe.systems.training.queries import Lecture, LectureState

from .tables import TONES, LectureTable


def lectures(request: Request) -> HttpResponseBase:
    """Show the lectures that concern the actor, whichever side they are on."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.BOOK, at=request.scope.org):
        actions.append(pages.Action("预约宣讲", reverse("training:lecture_new"), primary=True))
    actions.append(pages.Action("讲师", reverse("training:lecturers")))
    return pages.list_page(
        request,
        title="宣讲预约",
        table=LectureTable,
        rows=queries.lectures_seen_by(request.actor),
        filterset=forms.LectureFilter,
        actions=actions,
    )


def lecture(request: Request, lecture_id: int) -> HttpResponse:
    """Show one lecture."""
    found = _found(request, lecture_id)
    state = LectureState(found.state)
    lecturer = queries.name_of(request.actor, found.lecturer, on=timezone.localdate())
    return pages.record_page(
        request,
        title=found.topic,
        record=found,
        state=pages.Tag(state.label, TONES.get(state, pages.Tone.PLAIN)),
        facts=[
            ("队伍", found.team.title),
            ("预约单位", found.host.name),
            ("听众", f"{found.audience}，约{found.expected}人"),
            ("希望日期", f"{found.first_day.isoformat()} 至 {found.last_day.isoformat()}"),
            ("预约日期", found.asked_on.isoformat()),
            ("讲师", lecturer or "—"),
            ("宣讲时间", queries.starts_of(request.actor, found)),
            ("地点", found.place or "—"),
            ("人次", "—" if found.people is None else found.people),
            ("评价", f"{found.stars}星 {found.words}" if found.stars else "—"),
            ("原因", found.reason or "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link("宣讲预约", reverse("training:lectures")),
    )


def lecture_new(request: Request) -> HttpResponse:
    """Ask for a lecture."""
    actors.require(request.actor, Act.BOOK, at=request.scope.org)
    form = forms.LectureForm(
        request.POST or None, initial={"host": request.scope.org.code}, actor=request.actor
    )
    return pages.act_page(
        request,
        title="预约宣讲",
        note="队伍答复后会通知您。",
        form=form,
        do=lambda: _url(
            services.book_lecture(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        submit="提交预约",
        back=pages.Link("宣讲预约", reverse("training:lectures")),
    )


def lecture_accept(request: Request, lecture_id: int) -> HttpResponse:
    """Send a lecturer."""
    found = _for_the_team(request, lecture_id)
    form = forms.AcceptForm(request.POST or None, actor=request.actor, lecture=found)
    return pages.act_page(
        request,
        title=f"派课：{found.topic}",
        note=f"{found.host.name}希望在{found.first_day}至{found.last_day}之间，"
        f"听众为{found.audience}，约{found.expected}人。",
        form=form,
        do=lambda: _url(
            services.accept_lecture(
                lecture=found,
                arrangement=form.as_arrangement(),
                at=timezone.now(),
                by=request.actor,
            )
        ),
        submit="接受并派课",
        back=_back(found),
    )


def lecture_refuse(request: Request, lecture_id: int) -> HttpResponse:
    """Turn a booking down."""
    found = _for_the_team(request, lecture_id)
    return pages.reason_page(
        request,
        title="不接受预约",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.refuse_lecture(
            lecture=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定不接受",
        back=_back(found),
    )


def lecture_hold(request: Request, lecture_id: int) -> HttpResponse:
    """Write down how many listened."""
    found = _for_the_team(request, lecture_id)
    form = forms.HoldLectureForm(request.POST or None)
    return pages.act_page(
        request,
        title=f"登记人次：{found.topic}",
        note="人次只登记一次，登记后计入统计。",
        form=form,
        do=lambda: _url(
            services.hold_lecture(
                lecture=found,
                people=form.cleaned_data["people"],
                at=timezone.now(),
                by=request.actor,
            )
        ),
        back=_back(found),
    )


def lecture_cancel(request: Request, lecture_id: int) -> HttpResponse:
    """Take a booking back."""
    found = _for_the_host(request, lecture_id)
    return pages.reason_page(
        request,
        title="取消预约",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.cancel_lecture(
            lecture=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定取消预约",
        back=_back(found),
    )


def lecture_rate(request: Request, lecture_id: int) -> HttpResponse:
    """Say how it was."""
    found = _for_the_host(request, lecture_id)
    form = forms.RatingForm(request.POST or None)
    return pages.act_page(
        request,
        title=f"评价：{found.topic}",
        note="评价记入讲师档案，只能评价一次。",
        form=form,
        do=lambda: _url(
            services.rate_lecture(
                lecture=found, **form.cleaned_data, at=timezone.now(), by=request.actor
            )
        ),
        submit="提交评价",
        back=_back(found),
    )


def _found(request: Request, lecture_id: int) -> Lecture:
    return get_object_or_404(queries.lectures_seen_by(request.actor), pk=lecture_id)


def _for_the_team(request: Request, lecture_id: int) -> Lecture:
    found = _found(request, lecture_id)
    actors.require(request.actor, Act.SEND, at=found.team.org)
    return found


def _for_the_host(request: Request, lecture_id: int) -> Lecture:
    found = _found(request, lecture_id)
    actors.require(request.actor, Act.BOOK, at=found.host)
    return found


def _url(found: Lecture) -> str:
    return reverse("training:lecture", args=[found.pk])


def _back(found: Lecture) -> pages.Link:
    return pages.Link(found.topic, _url(found))


def _actions(request: Request, found: Lecture) -> list[pages.Action]:
    key = [found.pk]
    actions = []
    if actors.may(request.actor, Act.SEND, at=found.team.org):
        if found.state == LectureState.ASKED:
            url = reverse("training:lecture_accept", args=key)
            actions.append(pages.Action("接受并派课", url, primary=True))
            actions.append(pages.Action("不接受", reverse("training:lecture_refuse", args=key)))
        if found.state == LectureState.ACCEPTED:
            url = reverse("training:lecture_hold", args=key)
            actions.append(pages.Action("登记人次", url, primary=True))
    if actors.may(request.actor, Act.BOOK, at=found.host):
        if found.state in (LectureState.ASKED, LectureState.ACCEPTED):
            actions.append(pages.Action("取消预约", reverse("training:lecture_cancel", args=key)))
        if found.state == LectureState.HELD and not found.stars:
            actions.append(pages.Action("评价", reverse("training:lecture_rate", args=key)))
    return actions

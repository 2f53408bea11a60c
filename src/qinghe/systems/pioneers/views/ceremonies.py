"""Ceremonies: written down, handed in, looked at."""

from datetime import date
from typing import cast

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.pioneers import forms, queries, services
from qinghe.systems.pioneers.access import Act
from qinghe.systems.pioneers.queries import Ceremony, CeremonyKind, CeremonyState

from .tables import TONES, CeremonyTable

MENDABLE = (CeremonyState.DRAFT, CeremonyState.SENT_BACK)


def ceremonies(request: Request) -> HttpResponseBase:
    """Show the ceremonies of the chosen organisation and all below it."""
    actor, org = request.actor, request.scope.org
    actors.require(actor, Act.SEE, at=org)
    return pages.list_page(
        request,
        title="入团教育、入队仪式",
        table=CeremonyTable,
        rows=queries.ceremonies_seen_by(actor).filter(org__path__startswith=org.path),
        filterset=forms.CeremonyFilter,
        actions=_for_the_list(actor, org),
        sheet="pioneers.ceremonies",
        totals=lambda found: [pages.Total("场次", found.count(), "场")],
    )


def ceremony(request: Request, ceremony_id: int) -> HttpResponse:
    """Show one ceremony with its points and its evidence."""
    found = _found(request, ceremony_id)
    state = CeremonyState(found.state)
    points = queries.steps_of(request.actor, found)
    return pages.record_page(
        request,
        title=f"{found.org.name}：{found}",
        record=found,
        state=pages.Tag(state.label, TONES[state]),
        facts=[
            ("学校", found.org.name),
            ("日期", found.day.isoformat()),
            ("地点", found.place),
            ("参加人数", found.people),
            ("主持和领誓人员", found.leaders),
            ("要点模板", str(found.outline)),
            ("已做要点", "、".join(one.text for one, done in points if done) or "—"),
            ("未做要点", "、".join(one.text for one, done in points if not done) or "—"),
            ("同日另有一场", found.again or "—"),
            ("提交人", _name(found.submitted_by, at=found)),
            ("提交日期", _day(found.submitted_on)),
            ("审核人", _name(found.reviewed_by, at=found)),
            ("审核日期", _day(found.reviewed_on)),
            ("退回或取消原因", found.reason or "—"),
        ],
        actions=_actions(request, found),
        back=pages.Link("入团教育、入队仪式", reverse("pioneers:ceremonies")),
    )


def ceremony_new(request: Request) -> HttpResponse:
    """Write down what a school held."""
    actors.require(request.actor, Act.REGISTER, at=request.scope.org)
    asked = forms.KindForm(request.GET)
    kind = asked.cleaned_data["kind"] if asked.is_valid() else CeremonyKind.ADMISSION.value
    at_school = queries.is_school(request.actor, request.scope.org)
    form = forms.CeremonyForm(
        request.POST or None,
        initial={"org": request.scope.org.code if at_school else ""},
        actor=request.actor,
        kind=kind,
    )
    return pages.act_page(
        request,
        title=f"登记{CeremonyKind(kind).label}",
        note="先存草稿，再上传照片，然后提交审核；审核通过的才计入统计。",
        form=form,
        do=lambda: _url(
            services.register_ceremony(held=form.as_held(), at=timezone.now(), by=request.actor)
        ),
        submit="保存草稿",
        back=pages.Link("入团教育、入队仪式", reverse("pioneers:ceremonies")),
    )


def ceremony_change(request: Request, ceremony_id: int) -> HttpResponse:
    """Mend a draft, or what was sent back."""
    found = _to_register(request, ceremony_id)
    points = queries.steps_of(request.actor, found)
    initial = {
        "org": found.org.code,
        "day": found.day,
        "place": found.place,
        "people": found.people,
        "leaders": found.leaders,
        "again": found.again,
        "steps": [one.pk for one, done in points if done],
    }
    form = forms.CeremonyForm(
        request.POST or None, initial=initial, actor=request.actor, kind=found.kind
    )
    return pages.act_page(
        request,
        title=f"修改{found.get_kind_display()}",
        form=form,
        do=lambda: _url(
            services.change_ceremony(
                ceremony=found, held=form.as_held(), at=timezone.now(), by=request.actor
            )
        ),
        back=_back(found),
    )


@require_POST
def ceremony_submit(request: Request, ceremony_id: int) -> HttpResponse:
    """Hand a ceremony in."""
    found = _found(request, ceremony_id)
    services.submit_ceremony(ceremony=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


@require_POST
def ceremony_accept(request: Request, ceremony_id: int) -> HttpResponse:
    """Accept a ceremony."""
    found = _found(request, ceremony_id)
    services.accept_ceremony(ceremony=found, at=timezone.now(), by=request.actor)
    return redirect(_url(found))


def ceremony_send_back(request: Request, ceremony_id: int) -> HttpResponse:
    """Send a ceremony back to be mended."""
    found = _found(request, ceremony_id)
    actors.require(request.actor, Act.REVIEW, at=found.org)
    return pages.reason_page(
        request,
        title=f"退回{found.get_kind_display()}",
        note="退回后不计入统计；提交人会收到通知，修改后可再次提交。",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.send_back_ceremony(
            ceremony=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="退回",
        back=_back(found),
    )


def ceremony_cancel(request: Request, ceremony_id: int) -> HttpResponse:
    """Take back what was written down by mistake."""
    found = _to_register(request, ceremony_id)
    return pages.reason_page(
        request,
        title=f"取消{found.get_kind_display()}记录",
        form=forms.ReasonForm(request.POST or None),
        then=lambda reason: services.cancel_ceremony(
            ceremony=found, reason=reason, at=timezone.now(), by=request.actor
        ),
        submit="确定取消",
        back=_back(found),
    )


def _for_the_list(actor: Actor, org: Org) -> list[pages.Action | pages.Bulk]:
    now = timezone.now()
    actions: list[pages.Action | pages.Bulk] = []
    if actors.may(actor, Act.REGISTER, at=org):
        url = reverse("pioneers:ceremony_new")
        actions += [
            pages.Action(f"登记{kind.label}", f"{url}?kind={kind.value}", primary=True)
            for kind in CeremonyKind
        ]
        actions.append(
            pages.Bulk(
                "submit",
                "提交所选",
                lambda row: services.submit_ceremony(
                    ceremony=cast(Ceremony, row), at=now, by=actor
                ),
            )
        )
    if actors.may(actor, Act.REVIEW, at=org):
        actions.append(
            pages.Bulk(
                "accept",
                "通过所选",
                lambda row: services.accept_ceremony(
                    ceremony=cast(Ceremony, row), at=now, by=actor
                ),
            )
        )
    return actions


def _found(request: Request, ceremony_id: int) -> Ceremony:
    return get_object_or_404(queries.ceremonies_seen_by(request.actor), pk=ceremony_id)


def _to_register(request: Request, ceremony_id: int) -> Ceremony:
    found = _found(request, ceremony_id)
    actors.require(request.actor, Act.REGISTER, at=found.org)
    return found


def _url(found: Ceremony) -> str:
    return reverse("pioneers:ceremony", args=[found.pk])


def _back(found: Ceremony) -> pages.Link:
    return pages.Link(str(found), _url(found))


def _name(person: Person | None, *, at: Ceremony) -> pages.Kept | str:
    return pages.Kept(person.name, levels.NAME, of=person, at=at.org) if person else "—"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "—"


def _actions(request: Request, found: Ceremony) -> list[pages.Action]:
    key, state = [found.pk], found.state
    actions = []
    if actors.may(request.actor, Act.REGISTER, at=found.org):
        if state in MENDABLE:
            url = reverse("pioneers:ceremony_submit", args=key)
            actions.append(pages.Action("提交审核", url, post=True, primary=True))
            actions.append(pages.Action("修改", reverse("pioneers:ceremony_change", args=key)))
        if state in (*MENDABLE, CeremonyState.SUBMITTED):
            actions.append(pages.Action("取消", reverse("pioneers:ceremony_cancel", args=key)))
    is_own = found.submitted_by_id == request.actor.person_id
    if actors.may(request.actor, Act.REVIEW, at=found.org) and not is_own:
        if state == CeremonyState.SUBMITTED:
            url = reverse("pioneers:ceremony_accept", args=key)
            actions.append(pages.Action("审核通过", url, post=True, primary=True))
        if state in (CeremonyState.SUBMITTED, CeremonyState.ACCEPTED):
            actions.append(pages.Action("退回", reverse("pioneers:ceremony_send_back", args=key)))
    return actions

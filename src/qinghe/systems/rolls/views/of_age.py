"""Members of 28 without a post: the list, and the day on which they left, looked at before."""

from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.kernel.people.models import Membership
from qinghe.systems.rolls import forms, queries, rules, services
from qinghe.systems.rolls.access import Act

from .tables import OfAgeTable

MOST = 200
STEPS = ("选人和日期", "核对")


def of_age(request: Request) -> HttpResponseBase:
    """Show who is 28 and holds no post, the eldest first."""
    actors.require(request.actor, Act.SEE, at=request.scope.org)
    actions = []
    if actors.may(request.actor, Act.PROPOSE, at=request.scope.org):
        url = reverse("rolls:of_age_leave")
        actions.append(pages.Action("办理超龄离团", url, primary=True))
    return pages.list_page(
        request,
        title="超龄团员",
        table=OfAgeTable,
        rows=_rows(request),
        filterset=forms.OfAgeFilter,
        actions=actions,
    )


def of_age_leave(request: Request) -> HttpResponse:
    """Choose who left on which day, look at what will happen, then do it."""
    actors.require(request.actor, Act.PROPOSE, at=request.scope.org)
    found = {one.pk: one for one in _rows(request)[:MOST]}
    choices = [(pk, _label(request, one)) for pk, one in found.items()]
    form = forms.OfAgeForm(
        request.POST or None, choices=choices, initial={"on": timezone.localdate()}
    )
    if form.is_valid():
        on = form.cleaned_data["on"]
        chosen = [found[pk] for pk in form.cleaned_data["members"]]
        if form.cleaned_data["step"] != "confirmed":
            return _preview(request, chosen, on=on, choices=choices)
        with pages.refusals_on(form):
            services.leave_of_age(members=chosen, on=on, at=timezone.now(), by=request.actor)
            messages.success(request, f"已为{len(chosen)}名团员办结超龄离团，本人会收到通知。")
            return redirect("rolls:leavings")
    return _choose(request, form)


def _choose(request: Request, form: forms.OfAgeForm) -> HttpResponse:
    note = (
        f"{request.scope.org.name}及以下年满28周岁、没有担任团内职务的团员，一次最多列{MOST}人；"
        "保留团籍的党员同样办理。"
    )
    return _wizard(request, at=1, form=form, note=note, submit="核对")


def _preview(
    request: Request, chosen: list[Membership], *, on: date, choices: list[tuple[int, str]]
) -> HttpResponse:
    """Say for each what will happen on that day; only whom it can happen to goes along."""
    lines = [(_label(request, one), _hindrance(one, on=on)) for one in chosen]
    ready = [one.pk for one, (_, why) in zip(chosen, lines, strict=True) if not why]
    form = forms.OfAgeForm(
        choices=choices,
        initial={"on": on.isoformat(), "members": ready, "step": "confirmed"},
    )
    form.hidden()
    return _wizard(
        request,
        at=2,
        form=form if ready else None,
        lines=lines,
        note=f"{on.isoformat()}起不再计入团员数，团员档案同时办结，不能撤销。",
        counts=[
            pages.Total("将办理", len(ready), "人"),
            pages.Total("不能办理", len(chosen) - len(ready), "人"),
        ],
        submit=f"确定为{len(ready)}人办理",
    )


def _wizard(request: Request, *, at: int, **context: object) -> HttpResponse:
    return pages.wizard_page(
        request,
        title="办理超龄离团",
        steps=STEPS,
        at=at,
        template="rolls/of_age.html",
        back=pages.Link("超龄团员", reverse("rolls:of_age")),
        **context,
    )


def _hindrance(member: Membership, *, on: date) -> str:
    """Say what stands against a member's leaving on a day, or nothing."""
    if getattr(member.person, "league_file", None) is None:
        return "还没有团员档案，请先建立"
    if not rules.is_of_age(birth_date=member.person.birth_date, on=on):
        return "这一天还不满28周岁"
    if on < member.starts_on:
        return f"{member.starts_on.isoformat()}才入册"
    if on > timezone.localdate():
        return "离团日期不能晚于今天"
    return ""


def _rows(request: Request) -> QuerySet[Membership]:
    today = timezone.localdate()
    rows = queries.on_the_roll(request.actor, today).filter(
        org__path__startswith=request.scope.org.path
    )
    return queries.leaving_of_age(request.actor, rows, day=today)


def _label(request: Request, one: Membership) -> str:
    return f"{queries.name_of(request.actor, one.person, at=one.org)}（{one.person.number}，{one.org.name}）"

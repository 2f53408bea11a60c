"""Who studies abroad and stays on the roll: the list, one stay, its beginning and its end."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors, levels
from qinghe.systems.transfers import forms, queries, services
from qinghe.systems.transfers.access import Act
from qinghe.systems.transfers.queries import AbroadStay

from .tables import StayTable

TITLE = "出国（境）学习"
LIST = "transfers:stays"


def stays(request: Request) -> HttpResponseBase:
    """Show who is or was abroad."""
    doors.require_anywhere(request.actor, Act.SEE)
    actions = []
    if actors.may_anywhere(request.actor, Act.SEND):
        actions.append(pages.Action("登记出国（境）", reverse("transfers:stay_new"), primary=True))
    return pages.list_page(
        request,
        title=TITLE,
        table=StayTable,
        rows=queries.stays_seen_by(request.actor),
        actions=actions,
    )


def stay(request: Request, abroad_stay_id: int) -> HttpResponse:
    """Show one stay."""
    found = _found(request, abroad_stay_id)
    today = timezone.localdate()
    name = levels.full_name(request.actor, found.person, at=found.org, on=today)
    actions = []
    if found.returned_on is None and actors.may(request.actor, Act.SEND, at=found.org):
        url = reverse("transfers:stay_end", args=[found.pk])
        actions.append(pages.Action("登记返回", url, primary=True))
    return pages.record_page(
        request,
        title=f"{name}：{TITLE}",
        record=found,
        state=_state(found),
        facts=[
            ("团员", f"{name}（{found.person.number}）"),
            ("团籍保留在", found.org.name),
            ("国家（地区）和学校", found.place),
            ("出国（境）日期", found.starts_on.isoformat()),
            ("保留团籍至", found.until.isoformat()),
            ("返回日期", found.returned_on.isoformat() if found.returned_on else "—"),
        ],
        actions=actions,
        back=pages.Link(TITLE, reverse(LIST)),
    )


def stay_new(request: Request) -> HttpResponse:
    """Write down that a member goes abroad."""
    doors.require_anywhere(request.actor, Act.SEND)
    form = forms.StayForm(request.POST or None, actor=request.actor)
    return pages.act_page(
        request,
        title="登记出国（境）",
        note="出国（境）学习研究的，团籍保留在原学校，不办转接；返回后再转。",
        form=form,
        do=lambda: _url(
            services.begin_stay(new=form.as_new(), at=timezone.now(), by=request.actor)
        ),
        back=pages.Link(TITLE, reverse(LIST)),
    )


def stay_end(request: Request, abroad_stay_id: int) -> HttpResponse:
    """Write down that somebody is back."""
    found = _found(request, abroad_stay_id)
    actors.require(request.actor, Act.SEND, at=found.org)
    form = forms.ReturnForm(request.POST or None, initial={"on": timezone.localdate()})
    return pages.act_page(
        request,
        title="登记返回",
        form=form,
        do=lambda: _url(
            services.end_stay(
                stay=found, on=form.cleaned_data["on"], at=timezone.now(), by=request.actor
            )
        ),
        back=pages.Link(TITLE, _url(found)),
    )


def _state(found: AbroadStay) -> pages.Tag:
    if found.returned_on:
        return pages.Tag("已返回", pages.Tone.GOOD)
    if found.until < timezone.localdate():
        return pages.Tag("已过保留期限", pages.Tone.LATE)
    return pages.Tag("在国（境）外", pages.Tone.INFO)


def _found(request: Request, abroad_stay_id: int) -> AbroadStay:
    return get_object_or_404(queries.stays_seen_by(request.actor), pk=abroad_stay_id)


def _url(found: AbroadStay) -> str:
    return reverse("transfers:stay", args=[found.pk])

"""Pressing: one item over all who carry it, milestones, pauses, the papers that press."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from qinghe.edges import papers
from qinghe.edges.web import pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import day_in_words, local_day
from qinghe.systems.targets.access import Charging
from qinghe.systems.targets.forms.progress import MilestonesForm, PauseForm, SlipForm
from qinghe.systems.targets.queries import charges as carried
from qinghe.systems.targets.queries import lists
from qinghe.systems.targets.queries.charges import Charge, Item, Slip
from qinghe.systems.targets.rules import pace
from qinghe.systems.targets.services import supervising as services

from .charge_tables import ChargesOfItemTable
from .charges import TITLE, found_charge, url_of

PAPER = Path(__file__).parents[1] / "templates" / "targets" / "slip.typ"


@dataclass(frozen=True)
class Row:
    """One who carries an item, as its table shows it."""

    pk: int
    org: object
    target: Decimal
    expected: Decimal
    done: Decimal | None
    percent: Decimal | None
    light: str | None
    lit_on: date | None
    struck_on: date | None


@require_safe
def item_progress(request: Request, list_item_id: int) -> HttpResponse:
    """Show one item over all who carry it: the weakest first, each with its light."""
    item = _item(request, list_item_id)
    today = local_day(timezone.now())
    rows = list(carried.charges_seen_by(request.actor).filter(item=item))
    points = carried.points_of(request.actor, item)
    shown = sorted(
        (_row(one, points, today) for one in rows),
        key=lambda row: (row.percent is None, row.percent or 0),
    )
    return pages.page(
        request,
        "targets/item_progress.html",
        title=item.title,
        item=item,
        unit=item.unit if item.target is not None else "%",
        points=points,
        table=tables.short(ChargesOfItemTable, shown),
        has_rows=bool(shown),
        actions=_item_actions(request, item),
        back=pages.Link(TITLE, reverse("targets:charges")),
    )


def _row(one: Charge, points: list[pace.Point], today: date) -> Row:
    course = one.course(points)
    return Row(
        pk=one.pk,
        org=one.org,
        target=course.target,
        expected=course.expected(today),
        done=one.done,
        percent=pace.percent_of(one.done, target=course.target),
        light=one.light,
        lit_on=one.lit_on,
        struck_on=one.struck_on,
    )


def _item_actions(request: Request, item: Item) -> list[pages.Action]:
    if not actors.may(request.actor, Charging.SUPERVISE, at=item.task_list.org):
        return []
    return [pages.Action("设定节点", reverse("targets:milestones", args=[item.pk]))]


def milestones(request: Request, list_item_id: int) -> HttpResponse:
    """Say how much of an item is due by which days."""
    item = _item(request, list_item_id)
    actors.require(request.actor, Charging.SUPERVISE, at=item.task_list.org)
    form = MilestonesForm(request.POST or None, points=carried.points_of(request.actor, item))
    back = reverse("targets:item_progress", args=[item.pk])

    def do() -> str:
        services.set_milestones(
            item=item,
            points=form.points(),
            reason=form.cleaned_data["reason"],
            at=timezone.now(),
            by=request.actor,
        )
        return back

    return pages.act_page(
        request,
        title=f"设定节点：{item.title}",
        form=form,
        do=do,
        note="到每个节点日期应完成全部任务的百分之几；一个都不填，就从开始到时限匀速计算。",
        back=pages.Link(item.title, back),
    )


def pause(request: Request, charge_id: int) -> HttpResponse:
    """Leave a charge unwatched until a day."""
    found = found_charge(request, charge_id)
    actors.require(request.actor, Charging.SUPERVISE, at=found.above)
    form = PauseForm(request.POST or None)

    def do() -> str:
        services.pause(charge=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return url_of(found)

    return pages.act_page(
        request,
        title=f"暂停督办：{found.item.title}",
        form=form,
        do=do,
        submit="暂停",
        back=pages.Link(found.item.title, url_of(found)),
    )


@require_POST
def resume(request: Request, charge_id: int) -> HttpResponse:
    """Watch a charge again before its pause ends."""
    found = found_charge(request, charge_id)
    services.resume(charge=found, at=timezone.now(), by=request.actor)
    return redirect(url_of(found))


def slip_new(request: Request, charge_id: int) -> HttpResponse:
    """Send a paper that presses a charge."""
    found = found_charge(request, charge_id)
    actors.require(request.actor, Charging.SUPERVISE, at=found.above)
    form = SlipForm(request.POST or None)

    def do() -> str:
        made = services.issue_slip(
            charge=found, **form.cleaned_data, at=timezone.now(), by=request.actor
        )
        return reverse("targets:slip", args=[made.pk])

    return pages.act_page(
        request,
        title=f"发督办单：{found.item.title}",
        form=form,
        do=do,
        submit="发出",
        note=f"发给{found.org.name}，发出后平台内通知对方；目标和进度按今天的数写入，不再改动。",
        back=pages.Link(found.item.title, url_of(found)),
    )


@require_safe
def slip(request: Request, slip_id: int) -> HttpResponse:
    """Show a paper that pressed, with the way to print it."""
    found = _slip(request, slip_id)
    charge = found.charge
    return pages.page(
        request,
        "targets/slip.html",
        title=f"督办单{found}",
        facts=[
            ("任务", pages.Link(charge.item.title, url_of(charge))),
            ("主送", charge.org.name),
            ("发出单位", found.issuer.name),
            ("发出日期", found.day.isoformat()),
            ("反馈期限", found.answer_by.isoformat()),
            ("发出时的情况", found.stood),
            ("督办要求", found.words),
        ],
        actions=[
            pages.Action("打印", reverse("targets:slip_paper", args=[found.pk]), primary=True)
        ],
        back=pages.Link(charge.item.title, url_of(charge)),
    )


@require_safe
def slip_paper(request: Request, slip_id: int) -> HttpResponse:
    """Send the paper to be printed."""
    found = _slip(request, slip_id)
    charge = found.charge
    data = {
        "number": str(found),
        "list": charge.item.task_list.title,
        "item": charge.item.title,
        "deliverable": charge.item.deliverable or "按清单要求",
        "org": charge.org.name,
        "stood": found.stood,
        "words": found.words,
        "due": day_in_words(charge.course().due),
        "answer_by": day_in_words(found.answer_by),
        "day": day_in_words(found.day),
        "issuer": found.issuer.name,
    }
    response = HttpResponse(papers.pdf_of(PAPER, data=data), content_type="application/pdf")
    name = f"duban-{found.year}-{found.number}.pdf"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _item(request: Request, list_item_id: int) -> Item:
    return get_object_or_404(lists.items_seen_by(request.actor), pk=list_item_id)


def _slip(request: Request, slip_id: int) -> Slip:
    return get_object_or_404(carried.slips_seen_by(request.actor), pk=slip_id)

"""The items of a draft: headings, and what is marked under them."""

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from qinghe.edges.web import pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.systems.assessments import forms, queries, services
from qinghe.systems.assessments.access import Act
from qinghe.systems.assessments.queries import Item

from .schemes import makeable, url_of
from .tables import step


def heading_new(request: Request, scheme_id: int) -> HttpResponse:
    """Add a heading."""
    found = makeable(request, scheme_id)
    form = forms.HeadingForm(request.POST or None)

    def do() -> str:
        services.add_heading(scheme=found, **form.cleaned_data, at=timezone.now(), by=request.actor)
        return url_of(found)

    return pages.act_page(
        request,
        title="添加分类",
        form=form,
        do=do,
        submit="添加",
        back=pages.Link(found.name, url_of(found)),
    )


def item_new(request: Request, scheme_item_id: int) -> HttpResponse:
    """Add an item under a heading."""
    heading = _found(request, scheme_item_id)
    form = forms.ItemForm(request.POST or None, actor=request.actor)

    def do() -> str:
        services.add_item(heading=heading, new=form.as_new(), at=timezone.now(), by=request.actor)
        return url_of(heading.scheme)

    return _form(request, heading, form=form, do=do, title=f"在“{heading.name}”下添加项目")


def item_change(request: Request, scheme_item_id: int) -> HttpResponse:
    """Correct an item."""
    item = _found(request, scheme_item_id)
    initial = forms.ItemForm.beginning_with(item)
    form = forms.ItemForm(request.POST or None, actor=request.actor, initial=initial)

    def do() -> str:
        services.change_item(item=item, new=form.as_new(), at=timezone.now(), by=request.actor)
        return url_of(item.scheme)

    return _form(request, item, form=form, do=do, title=f"修改“{item.name}”")


@require_POST
def item_drop(request: Request, scheme_item_id: int) -> HttpResponse:
    """Take an item, or an empty heading, out of a draft."""
    item = _found(request, scheme_item_id)
    return step(
        request,
        do=lambda: services.drop_item(item=item, at=timezone.now(), by=request.actor),
        said=f"已删除“{item.name}”。",
        to=url_of(item.scheme),
    )


def _found(request: Request, scheme_item_id: int) -> Item:
    item = get_object_or_404(queries.items_seen_by(request.actor), pk=scheme_item_id)
    actors.require(request.actor, Act.MAKE, at=item.scheme.org)
    return item


def _form(
    request: Request, item: Item, *, form: forms.ItemForm, do: Callable[[], str], title: str
) -> HttpResponse:
    return pages.act_page(
        request,
        title=title,
        form=form,
        do=do,
        note="按数据计分的项目选指标，由平台按考核期取数；自评项目不用选。",
        back=pages.Link(item.scheme.name, reverse("assessments:scheme", args=[item.scheme_id])),
    )

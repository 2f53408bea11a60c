"""Views of a list that a person saved: tabs above it, one of them shown first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.http import HttpRequest, QueryDict

from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused

from .models import SavedView

MOST = 12
ALL = "view=all"  # asks for the list as it is, past the view that is shown first
PASSING = ("org", "period", "page", "per_page", "view", "export", "csrfmiddlewaretoken")


@dataclass(frozen=True)
class Tab:
    """One saved view as a list shows it."""

    view: SavedView
    url: str
    here: bool


def of(actor: Actor, path: str) -> list[SavedView]:
    """Return the views that an actor saved of one list."""
    return list(SavedView.objects.filter(person_id=actor.person_id, path=path))


def tabs(request: HttpRequest, views: Sequence[SavedView]) -> list[Tab]:
    """Return the tabs above a list, with the one marked that shows what is shown now."""
    now = lasting(request.GET)
    return [Tab(view, f"{view.path}?{view.query}", here=view.query == now) for view in views]


def first_url(request: HttpRequest, views: Sequence[SavedView]) -> str:
    """Return where to go instead when a list is opened plainly and a view is to be shown first."""
    if set(request.GET) - {"org", "period"}:
        return ""
    first = next((view for view in views if view.is_default), None)
    if first is None:
        return ""
    query = QueryDict(first.query, mutable=True)
    query.update({name: request.GET[name] for name in ("org", "period") if name in request.GET})
    return f"{first.path}?{query.urlencode()}"


def lasting(asked: QueryDict) -> str:
    """Return the part of a query that a view keeps: the filter and the order, in one writing."""
    kept = QueryDict(mutable=True)
    for name in sorted(asked):
        values = [value for value in asked.getlist(name) if value]
        if name not in PASSING and values:
            kept.setlist(name, values)
    return kept.urlencode()


@transaction.atomic
def save(
    *, path: str, query: QueryDict, name: str, first: bool, at: datetime, by: Actor
) -> SavedView:
    """Keep a view under a name, in place of the one that had it.

    Raises Refused: no_name, nothing_to_save, too_many_views.
    """
    name, kept = name.strip(), lasting(query)
    if not name or len(name) > 20:
        raise Refused("no_name", "视图名称要填1到20个字，没有保存。")
    if not kept or len(kept) > 1000:
        raise Refused("nothing_to_save", "现在没有筛选或排序，没有保存视图；请先筛选再保存。")
    mine = SavedView.objects.filter(person_id=by.person_id, path=path)
    if mine.exclude(name=name).count() >= MOST:
        raise Refused("too_many_views", f"一个列表最多保存{MOST}个视图，没有保存；请先删除不用的。")
    if first:
        mine.update(is_default=False)
    view, _ = SavedView.objects.update_or_create(
        person_id=by.person_id,
        path=path,
        name=name,
        defaults={"query": kept, "is_default": first, "at": at},
    )
    return view


@transaction.atomic
def show_first(*, view: SavedView) -> None:
    """Show this view first when its list is opened; asked once more, show the whole list again."""
    was = view.is_default
    SavedView.objects.filter(person_id=view.person_id, path=view.path).update(is_default=False)
    SavedView.objects.filter(pk=view.pk).update(is_default=not was)


@transaction.atomic
def drop(*, path: str, name: str, by: Actor) -> None:
    """Forget a view of one's own, if it is kept."""
    SavedView.objects.filter(person_id=by.person_id, path=path, name=name).delete()

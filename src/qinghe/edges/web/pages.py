"""The five kinds of page. A system's view finds its objects and answers through one of these."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_filters import FilterSet
from django_tables2 import Table

from . import export, tables, timeline
from .boards import board_page
from .forms import refusals_on
from .parts import Action, Cell, Link, Related, Tag, Tone, Total

__all__ = [
    "Action",
    "Cell",
    "Link",
    "Related",
    "Tag",
    "Tone",
    "Total",
    "board_page",
    "form_page",
    "list_page",
    "page",
    "record_page",
    "refusals_on",
    "wizard_page",
]

Rows: TypeAlias = QuerySet[Model]
Groups: TypeAlias = Sequence[tuple[str, Sequence[str]]]


def page(
    request: HttpRequest, template: str, *, part: str = "", status: int = 200, **context: object
) -> HttpResponse:
    """Render a page, or only its named part when htmx asks for it."""
    if part and _wants_a_part(request):
        template = f"{template}#{part}"
    return _vary(render(request, template, context, status=status))


def list_page(
    request: HttpRequest,
    *,
    title: str,
    table: type[Table],
    rows: Rows,
    filterset: type[FilterSet] | None = None,
    actions: Sequence[Action] = (),
    import_url: str = "",
    totals: Callable[[Rows], Sequence[Total]] | None = None,
) -> HttpResponse | FileResponse:
    """Show a ledger: filtered, sorted, paged, summed; `?export=xlsx` gives it as a workbook.

    `rows` must bring along (select_related, annotate) whatever a cell reads. `totals` receives
    the filtered rows and sums them in the database.
    """
    chosen = filterset(request.GET, queryset=rows, request=request) if filterset else None
    kept = chosen.qs if chosen else rows
    if request.GET.get("export") == "xlsx":
        return export.workbook(title=title, table=tables.ordered(request, table, kept))
    context = {
        "title": title,
        "table": tables.paged(request, table, kept),
        "filter": chosen,
        "filtered": bool(chosen and any(request.GET.get(name) for name in chosen.form.fields)),
        "actions": actions,
        "import_url": import_url,
        "totals": totals(kept) if totals else (),
    }
    template = "web/parts/list.html" if _wants_a_part(request) else "web/list.html"
    return _vary(render(request, template, context))


def record_page(
    request: HttpRequest,
    *,
    title: str,
    record: Model,
    facts: Sequence[tuple[str, Cell]],
    state: Tag | None = None,
    actions: Sequence[Action] = (),
    related: Sequence[Related] = (),
    back: Link | None = None,
) -> HttpResponse:
    """Show one record: its state and next actions, its facts, related lists and audit lines."""
    context = {
        "title": title,
        "record": record,
        "facts": facts,
        "state": state,
        "actions": actions,
        "related": related,
        "back": back,
        "timeline": timeline.of(record),
    }
    return _vary(render(request, "web/record.html", context))


def form_page(
    request: HttpRequest,
    *,
    title: str,
    form: BaseForm,
    groups: Groups = (),
    submit: str = "保存",
    note: str = "",
    back: Link | None = None,
) -> HttpResponse:
    """Show a form in one column; with errors it answers 422 and keeps all that was typed.

    `groups` names the fields under each heading; fields in no group follow the last one.
    """
    context = {
        "title": title,
        "form": form,
        "groups": [(heading, [form[name] for name in names]) for heading, names in groups],
        "rest": _ungrouped(form, groups),
        "submit": submit,
        "note": note,
        "back": back,
    }
    wrong = form.is_bound and bool(form.errors)
    return _vary(render(request, "web/form.html", context, status=422 if wrong else 200))


def wizard_page(
    request: HttpRequest,
    *,
    title: str,
    steps: Sequence[str],
    at: int,
    template: str = "web/wizard.html",
    **context: object,
) -> HttpResponse:
    """Show one step of several; the first is 1. See the README for what the template takes."""
    numbered = [(number, label) for number, label in enumerate(steps, start=1)]
    wrong = isinstance(form := context.get("form"), BaseForm) and form.is_bound and form.errors
    return _vary(
        render(
            request,
            template,
            {"title": title, "steps": numbered, "at": at, **context},
            status=422 if wrong else 200,
        )
    )


def _ungrouped(form: BaseForm, groups: Groups) -> list[object]:
    grouped = {name for _, names in groups for name in names}
    return [field for field in form.visible_fields() if field.name not in grouped]


def _wants_a_part(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def _vary(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response

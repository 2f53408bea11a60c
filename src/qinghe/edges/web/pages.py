"""The five kinds of page. A system's view finds its objects and answers through one of these."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django_filters import FilterSet
from django_tables2 import Table

from qinghe.edges import system
from qinghe.edges.sheets import Sheet

from . import attachments, bulk, drafts, export, lagging, saved_views, tables, timeline, watching
from .boards import board_page
from .bulk import Bulk, reason_of
from .forms import refusals_on
from .models import SavedView
from .parts import Action, Cell, Kept, Link, Related, Tag, Tone, Total
from .requests import Request

__all__ = [
    "Action",
    "Bulk",
    "Cell",
    "Kept",
    "Link",
    "Related",
    "Tag",
    "Tone",
    "Total",
    "act_page",
    "board_page",
    "form_page",
    "list_page",
    "page",
    "reason_of",
    "reason_page",
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
    request: Request,
    *,
    title: str,
    table: type[Table],
    rows: Rows,
    filterset: type[FilterSet] | None = None,
    actions: Sequence[Action | Bulk] = (),
    sheet: str = "",
    totals: Callable[[Rows], Sequence[Total]] | None = None,
) -> HttpResponse:
    """Show a ledger: filtered, sorted, paged, summed, under the views that its reader saved.

    `?export=xlsx` leads to the form that gives it as a workbook. `sheet` is the slug of the sheet
    whose columns it goes out in to come back in, and by which more rows come in. `rows` must bring along
    (select_related, annotate) whatever a cell reads. `totals` receives the filtered rows and sums
    them in the database. A `Bulk` among the actions puts a box before each row.
    """
    chosen = filterset(request.GET, queryset=rows, request=request) if filterset else None
    kept = chosen.qs if chosen else rows
    taker, known = getattr(request, "taker", None), system.sheet(sheet)
    if isinstance(taker, export.Taker):
        made = tables.ordered(request, table, kept)
        return taker.take(
            export.ledger_of(
                request, title=title, table=made, rows=kept, filterset=chosen, sheet=known
            )
        )
    if request.GET.get("export") == "xlsx":
        return export.ask_why(request)
    for_many = [action for action in actions if isinstance(action, Bulk)]
    if request.method == "POST":
        if for_many:
            return bulk.run(request, rows=rows, actions=for_many)
        return HttpResponseNotAllowed(["GET", "HEAD"])
    views = saved_views.of(request.actor, request.path)
    if not _wants_a_part(request) and (first := saved_views.first_url(request, views)):
        return redirect(first)
    kept = lagging.rows(request, kept)
    context = {
        "title": title,
        "table": tables.paged(request, table, kept, pick=bool(for_many)),
        "actions": [action for action in actions if isinstance(action, Action)],
        "bulk_actions": for_many,
        "typed_reason": bulk.typed_before(request) if for_many else "",
        "import_url": _import_url(request, known),
        "totals": totals(kept) if totals else (),
        **_chosen(request, filterset=chosen, views=views),
    }
    template = "web/parts/list.html" if _wants_a_part(request) else "web/list.html"
    return _vary(render(request, template, context))


def record_page(
    request: Request,
    *,
    title: str,
    record: Model,
    facts: Sequence[tuple[str, Cell | Kept]],
    state: Tag | None = None,
    actions: Sequence[Action] = (),
    related: Sequence[Related] = (),
    back: Link | None = None,
) -> HttpResponse:
    """Show one record: its state and next actions, its facts, related lists and audit lines.

    A record about people counts as one look at them (bar 27).
    """
    watching.note_record(request.actor, record)
    context = {
        "title": title,
        "record": record,
        "facts": [(label, _read(request, cell)) for label, cell in facts],
        "state": state,
        "actions": actions,
        "related": related,
        "back": back,
        "timeline": timeline.of(record, reader=request.actor),
        "attachments": attachments.beside(request, record),
    }
    return _vary(render(request, "web/record.html", context))


def form_page(
    request: Request,
    *,
    title: str,
    form: BaseForm,
    groups: Groups = (),
    submit: str = "保存",
    note: str = "",
    back: Link | None = None,
    draft: str = "",
) -> HttpResponse:
    """Show a form in one column; with errors it answers 422 and keeps all that was typed.

    `groups` names the fields under each heading; fields in no group follow the last one. `draft`
    names a long form: what is typed is kept while it is typed, and offered when it is opened again.
    """
    kept = drafts.offered(request, form=form, key=draft) if draft else None
    context = {
        "title": title,
        "form": form,
        "groups": [(heading, [form[name] for name in names]) for heading, names in groups],
        "rest": _ungrouped(form, groups),
        "submit": submit,
        "note": note,
        "back": back,
        "kept": kept,
    }
    wrong = form.is_bound and bool(form.errors)
    return _vary(render(request, "web/form.html", context, status=422 if wrong else 200))


def act_page(
    request: Request,
    *,
    title: str,
    form: BaseForm,
    do: Callable[[], str],
    submit: str = "保存",
    note: str = "",
    back: Link | None = None,
) -> HttpResponse:
    """Show a form that does one thing; done, go where `do` says; a refusal stays on the form."""
    if form.is_valid():
        with refusals_on(form):
            return redirect(do())
    return form_page(request, title=title, form=form, submit=submit, note=note, back=back)


def reason_page(
    request: Request,
    *,
    title: str,
    form: BaseForm,
    then: Callable[[str], object],
    submit: str,
    back: Link,
    note: str = "",
) -> HttpResponse:
    """Ask why, in the form's `reason`; do it with that reason and go back."""

    def do() -> str:
        then(form.cleaned_data["reason"])
        return back.url

    return act_page(request, title=title, form=form, do=do, submit=submit, note=note, back=back)


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


def _chosen(
    request: Request, *, filterset: FilterSet | None, views: Sequence[SavedView]
) -> dict[str, object]:
    return {
        "filter": filterset,
        "filtered": filterset is not None and any(map(request.GET.get, filterset.form.fields)),
        "tabs": saved_views.tabs(request, views),
        "lasting": saved_views.lasting(request.GET),
    }


def _import_url(request: Request, known: Sheet | None) -> str:
    if known is None or not export.may_load(request.actor, known):
        return ""
    return reverse("sheets:sheet", args=known.slug.split("."))


def _read(request: Request, cell: Cell | Kept) -> Cell:
    return cell.seen_by(request.actor, on=timezone.localdate()) if isinstance(cell, Kept) else cell


def _ungrouped(form: BaseForm, groups: Groups) -> list[object]:
    grouped = {name for _, names in groups for name in names}
    return [field for field in form.visible_fields() if field.name not in grouped]


def _wants_a_part(request: HttpRequest) -> bool:
    htmx = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def _vary(response: HttpResponse) -> HttpResponse:
    patch_vary_headers(response, ["HX-Request"])
    return response

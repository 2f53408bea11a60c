"""The catalogue of numbers that people define (指标目录)."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import forms, queries, services
from qinghe.systems.returns.access import Act
from qinghe.systems.returns.queries import Definition

NOTE = "口径变了是新版本：旧版本的数字仍按旧口径保留，不会混在一起比。"


class DefinitionTable(Table):
    """Numbers that people defined, with their versions."""

    code = Column("编号", linkify=lambda record: reverse("returns:definition", args=[record.pk]))
    version = columns.Number(verbose_name="版本")
    label = Column("名称")
    unit = Column("单位")
    time = Column("时间口径", accessor="get_time_display", order_by="time")
    meaning = Column("口径")
    made_by = Column("制定人")

    class Meta:
        empty_text = "还没有自定义指标；设计报表时查不到的，到这里新建。"


def definitions(request: Request) -> HttpResponseBase:
    """Show the numbers that people defined."""
    if not actors.may_anywhere(request.actor, Act.SEE):
        raise Refused("not_allowed", "您没有查看统计报送的权限。")
    actions = []
    if actors.may_anywhere(request.actor, Act.DESIGN):
        actions = [pages.Action("新建指标", reverse("returns:definition_new"), primary=True)]
    return pages.list_page(
        request,
        title="指标目录（自定义）",
        table=DefinitionTable,
        rows=queries.definitions_seen_by(request.actor),
        actions=actions,
    )


def definition_new(request: Request) -> HttpResponse:
    """Define a number that no system declares."""
    _require(request)
    form = forms.DefinitionForm(request.POST or None)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.define(new=form.as_new(), at=timezone.now(), by=request.actor)
            return redirect("returns:definition", made.pk)
    return _page(request, form, title="新建指标", note="先在报表设计页查找，确实没有再新建。")


def definition(request: Request, definition_id: int) -> HttpResponse:
    """Show one version of a number that people defined."""
    found = _found(request, definition_id)
    made = timezone.localtime(found.made_at)
    actions = []
    if actors.may_anywhere(request.actor, Act.DESIGN):
        url = reverse("returns:definition_change", args=[found.pk])
        actions = [pages.Action("改口径（新版本）", url)]
    return pages.record_page(
        request,
        title=f"{found.code} {found.label}",
        record=found,
        state=pages.Tag(f"第{found.version}版"),
        facts=[
            ("编号", found.code),
            ("单位", found.unit),
            ("时间口径", found.get_time_display()),
            ("小数位", f"{found.decimals}"),
            ("制定", f"{found.made_by} {made:%Y-%m-%d}"),
            ("口径", found.meaning),
        ],
        actions=actions,
        back=pages.Link("指标目录", reverse("returns:definitions")),
    )


def definition_change(request: Request, definition_id: int) -> HttpResponse:
    """Give a number another meaning, as its next version."""
    _require(request)
    found = _found(request, definition_id)
    kept = {name: getattr(found, name) for name in forms.DefinitionForm.base_fields}
    form = forms.DefinitionForm(request.POST or None, initial=kept)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.redefine(
                definition=found, new=form.as_new(), at=timezone.now(), by=request.actor
            )
            return redirect("returns:definition", made.pk)
    return _page(request, form, title=f"{found.code}改口径", note=NOTE)


def _page(request: Request, form: forms.DefinitionForm, *, title: str, note: str) -> HttpResponse:
    back = pages.Link("指标目录", reverse("returns:definitions"))
    return pages.form_page(request, title=title, form=form, note=note, back=back)


def _found(request: Request, definition_id: int) -> Definition:
    return get_object_or_404(queries.definitions_seen_by(request.actor), pk=definition_id)


def _require(request: Request) -> None:
    if not actors.may_anywhere(request.actor, Act.DESIGN):
        raise Refused("not_allowed", "指标目录由区一级维护，没有任何改动。")

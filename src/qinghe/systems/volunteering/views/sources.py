"""Other platforms: their list, one of them, its columns, and a list of it to be loaded."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.forms.carried import LABELS
from qinghe.systems.volunteering.queries import CarriedList, HoursSource, SourceColumns

from .carried import ListTable

SOURCES, FIRST = "volunteering:sources", 10
STEPS, LOAD_STEPS = ("上传样表", "对应各列"), ("上传", "核对", "确认")


class SourceTable(Table):
    """Other platforms."""

    name = Column("平台名称", linkify=("volunteering:source", [A("pk")]))
    org = Column("登记组织", accessor="owner", order_by="owner")
    version = columns.Number(verbose_name="列对应版本")
    made_at = columns.Moment(verbose_name="登记时间")


class OwnListTable(ListTable):
    """Lists beside their platform."""

    class Meta:
        exclude = ("source",)


class VersionTable(Table):
    """The versions of a platform's columns."""

    version = columns.Number(verbose_name="版本")
    told = Column("列对应", accessor="pk")
    unit = Column("时长的写法", accessor="get_unit_display")
    made_at = columns.Moment(verbose_name="保存时间")
    made_by = Column("保存人", accessor="made_by__name")

    def render_told(self, record: SourceColumns) -> str:
        """Say which column is which."""
        return "；".join(f"{LABELS[key]}＝{label}" for key, label in record.columns.items())


def sources(request: Request) -> HttpResponseBase:
    """Show the platforms that the house knows."""
    doors.require_anywhere(request.actor, Act.UPLOAD)
    return pages.list_page(
        request,
        title="其他平台",
        table=SourceTable,
        rows=queries.sources_for(request.actor),
        actions=[
            pages.Action("登记平台", reverse("volunteering:source_new"), primary=True),
            pages.Action("转入清单", reverse("volunteering:carried_lists")),
        ],
    )


def source_new(request: Request) -> HttpResponse:
    """Name another platform."""
    doors.require_anywhere(request.actor, Act.UPLOAD)
    initial = {"org": request.scope.org.code}
    form = forms.SourceForm(request.POST or None, initial=initial, actor=request.actor)
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.name_source(**form.cleaned_data, at=timezone.now(), by=request.actor)
            return redirect("volunteering:source_columns", made.pk)
    return pages.form_page(
        request,
        title="登记其他平台",
        form=form,
        submit="登记，下一步对应各列",
        back=pages.Link("其他平台", reverse(SOURCES)),
    )


def source(request: Request, hours_source_id: int) -> HttpResponse:
    """Show one platform: how its lists are read, and what was loaded of it.

    Who keeps a platform out of one's sight, and what was done there, stays there: it is only loaded.
    """
    found = _found(request, hours_source_id)
    if not actors.may(request.actor, Act.UPLOAD, at=found.org):
        return redirect("volunteering:source_load", found.pk)
    newest = queries.mapping_of(request.actor, found)
    lists = queries.carried_lists_seen_by(request.actor).filter(source=found)
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        facts=[
            ("登记组织", found.owner),
            ("登记时间", f"{timezone.localtime(found.made_at):%Y-%m-%d %H:%M}"),
            ("列对应版本", newest.version if newest else "还没有，先上传样表对应各列"),
        ],
        actions=_actions(request, found, newest),
        related=[
            pages.Related(
                "转入清单", tables.short(OwnListTable, lists[:FIRST]), empty="还没有导入过清单"
            ),
            pages.Related(
                "列对应",
                tables.short(VersionTable, found.versions.select_related("made_by")),
                empty="还没有列对应",
            ),
        ],
        back=pages.Link("其他平台", reverse(SOURCES)),
    )


def source_columns(request: Request, hours_source_id: int) -> HttpResponse:
    """Say which column is which: upload an example, then choose."""
    found = _found(request, hours_source_id)
    if not actors.may(request.actor, Act.UPLOAD, at=found.org):
        raise Http404
    if "example" in request.POST:
        return _chosen(request, found)
    form = forms.ExampleForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with pages.refusals_on(form):
            example = forms.example_of(form.content)
            signed = forms.ColumnsForm.sign(example.headings, example.lines)
            return _choosing(request, found, None, signed=signed)
    return pages.wizard_page(
        request,
        title=f"对应各列：{found.name}",
        steps=STEPS,
        at=1,
        form=form,
        submit="上传样表",
        back=_back(request, found),
    )


def source_load(request: Request, hours_source_id: int) -> HttpResponse:
    """Upload a list of a platform; it is matched and shown, and nothing counts yet."""
    found = _found(request, hours_source_id)
    newest = queries.mapping_of(request.actor, found)
    if newest is None:
        raise Refused("no_columns", "这个平台还没有列对应，请先上传样表对应各列。")
    form = forms.ListForm(
        request.POST or None,
        request.FILES or None,
        initial={"org": request.scope.org.code},
        actor=request.actor,
    )
    if form.is_valid():
        with pages.refusals_on(form):
            return redirect("volunteering:carried_list", _checked(request, form, newest).pk)
    return pages.wizard_page(
        request,
        title=f"导入{found.name}清单",
        steps=LOAD_STEPS,
        at=1,
        form=form,
        submit="上传并核对",
        note=(
            f"按第{newest.version}版列对应读取。匹配到本人的，须由他人审核后才计入，"
            "与本平台时长分开记录，只用于星级评定。"
        ),
        back=_back(request, found),
    )


def _checked(request: Request, form: forms.ListForm, newest: SourceColumns) -> CarriedList:
    read = forms.read_carried(form.content, columns=newest.columns, unit=newest.unit)
    return services.check_list(
        new=services.NewList(
            columns=newest,
            org=form.cleaned_data["org"],
            told=read.told,
            sha256=read.sha256,
            file=form.content,
            sealed=read.sealed,
        ),
        at=timezone.now(),
        by=request.actor,
    )


def _chosen(request: Request, found: HoursSource) -> HttpResponse:
    signed = request.POST["example"]
    example = forms.ColumnsForm.opened(signed)
    if example is None:
        messages.error(request, "样表已过期，列对应没有保存，请重新上传样表。")
        return redirect("volunteering:source_columns", found.pk)
    form = forms.ColumnsForm(request.POST, headings=example[0], initial={})
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.keep_columns(
                source=found, new=form.as_new(), at=timezone.now(), by=request.actor
            )
            messages.success(request, f"已保存第{made.version}版列对应。")
            return redirect("volunteering:source", found.pk)
    return _choosing(request, found, form, signed=signed)


def _choosing(
    request: Request, found: HoursSource, form: forms.ColumnsForm | None, *, signed: str
) -> HttpResponse:
    headings, lines = forms.ColumnsForm.opened(signed) or ([], [])
    newest = queries.mapping_of(request.actor, found)
    initial = {"example": signed}
    if newest:
        initial |= {**newest.columns, "unit": newest.unit}
    return pages.wizard_page(
        request,
        title=f"对应各列：{found.name}",
        steps=STEPS,
        at=2,
        template="sheets/mapping.html",
        form=form or forms.ColumnsForm(headings=headings, initial=initial),
        submit="保存为新版本" if newest else "保存",
        headings=headings,
        lines=lines,
        back=_back(request, found),
    )


def _actions(
    request: Request, found: HoursSource, newest: SourceColumns | None
) -> list[pages.Action]:
    actions = []
    if newest:
        url = reverse("volunteering:source_load", args=[found.pk])
        actions.append(pages.Action("导入清单", url, primary=True))
    if actors.may(request.actor, Act.UPLOAD, at=found.org):
        url = reverse("volunteering:source_columns", args=[found.pk])
        actions.append(
            pages.Action("更新列对应" if newest else "对应各列", url, primary=newest is None)
        )
    return actions


def _found(request: Request, hours_source_id: int) -> HoursSource:
    return get_object_or_404(queries.sources_for(request.actor), pk=hours_source_id)


def _back(request: Request, found: HoursSource) -> pages.Link:
    if actors.may(request.actor, Act.UPLOAD, at=found.org):
        return pages.Link(found.name, reverse("volunteering:source", args=[found.pk]))
    return pages.Link("其他平台", reverse(SOURCES))

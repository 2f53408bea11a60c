"""Sources: their list, one of them, its columns, and an export of it to be uploaded."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from qinghe.edges.web import doors, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.verdicts import Refused
from qinghe.systems.reconciling import forms, queries, services
from qinghe.systems.reconciling.access import Act
from qinghe.systems.reconciling.queries import RollSource

from .tables import ColumnsTable, RunTable, SourceTable, told_in

SOURCES, FIRST = "reconciling:sources", 10
STEPS, UPLOAD_STEPS = ("上传样表", "对应各列"), ("上传", "后台核对", "结果")


def sources(request: Request) -> HttpResponseBase:
    """Show the systems of record that the house knows."""
    doors.require_anywhere(request.actor, Act.UPLOAD)
    return pages.list_page(
        request,
        title="名册来源",
        table=SourceTable,
        rows=queries.sources_for(request.actor),
        actions=[
            pages.Action("登记来源", reverse("reconciling:source_new"), primary=True),
            pages.Action("各次对账", reverse("reconciling:runs")),
        ],
    )


def source_new(request: Request) -> HttpResponse:
    """Name another system of record."""
    doors.require_anywhere(request.actor, Act.UPLOAD)
    initial = {"org": request.scope.org.code}
    form = forms.RollSourceForm(request.POST or None, initial=initial, actor=request.actor)

    def do() -> str:
        made = services.name_roll_source(**form.cleaned_data, at=timezone.now(), by=request.actor)
        return reverse("reconciling:source_columns", args=[made.pk])

    return pages.act_page(
        request,
        title="登记名册来源",
        form=form,
        do=do,
        submit="登记，下一步对应各列",
        back=pages.Link("名册来源", reverse(SOURCES)),
    )


def source(request: Request, roll_source_id: int) -> HttpResponse:
    """Show one source: how its exports are read, and what was compared with it."""
    found = _found(request, roll_source_id)
    newest = queries.mapping_of(request.actor, found)
    keeps = actors.may(request.actor, Act.UPLOAD, at=found.org)
    runs = queries.runs_seen_by(request.actor).filter(source=found)
    versions = pages.Related(
        "列对应",
        tables.short(ColumnsTable, found.versions.select_related("made_by")),
        empty="还没有列对应",
    )
    if not keeps:  # what was done by others stays with them: a source is only uploaded for
        return redirect("reconciling:source_upload", found.pk)
    return pages.record_page(
        request,
        title=found.name,
        record=found,
        facts=[
            ("登记组织", found.owner),
            ("登记时间", f"{timezone.localtime(found.made_at):%Y-%m-%d %H:%M}"),
            ("列对应版本", newest.version if newest else "还没有，先上传样表对应各列"),
            ("现行列对应", told_in(newest, forms.LABELS) if newest else None),
        ],
        actions=_actions(found, has_columns=newest is not None),
        related=[
            pages.Related("对账", tables.short(RunTable, runs[:FIRST]), empty="还没有对过账"),
            versions,
        ],
        back=pages.Link("名册来源", reverse(SOURCES)),
    )


def source_columns(request: Request, roll_source_id: int) -> HttpResponse:
    """Say which column is which: upload an example, then choose."""
    found = _found(request, roll_source_id)
    if not actors.may(request.actor, Act.UPLOAD, at=found.org):
        raise Http404
    if "example" in request.POST:
        return _chosen(request, found)
    form = forms.RollExampleForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        with pages.refusals_on(form):
            example = forms.example_of(form.content)
            signed = forms.RollMappingForm.sign(example.headings, example.lines)
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


def source_upload(request: Request, roll_source_id: int) -> HttpResponse:
    """Upload an export; a job in the background holds it against the rolls."""
    found = _found(request, roll_source_id)
    newest = queries.mapping_of(request.actor, found)
    if newest is None:
        raise Refused("no_columns", "这个来源还没有列对应，请先上传样表对应各列。")
    form = forms.UploadForm(
        request.POST or None,
        request.FILES or None,
        initial={"org": request.scope.org.code},
        actor=request.actor,
    )
    if form.is_valid():
        with pages.refusals_on(form):
            rows = forms.rows_of(form.content, columns=newest.columns)
            new = services.NewRun(newest, form.cleaned_data["org"], form.content, rows)
            made = services.upload_run(new=new, at=timezone.now(), by=request.actor)
            return redirect("reconciling:run", made.pk)
    return pages.wizard_page(
        request,
        title=f"对账：{found.name}",
        steps=UPLOAD_STEPS,
        at=1,
        form=form,
        submit="上传并开始核对",
        note=(
            f"按第{newest.version}版列对应读取。文件读完即清除，完整证件号只用于查找本人，不保存；"
            "名册不会自动改动。"
        ),
        back=_back(request, found),
    )


def _chosen(request: Request, found: RollSource) -> HttpResponse:
    signed = request.POST["example"]
    example = forms.RollMappingForm.opened(signed)
    if example is None:
        messages.error(request, "样表已过期，列对应没有保存，请重新上传样表。")
        return redirect("reconciling:source_columns", found.pk)
    form = forms.RollMappingForm(request.POST, headings=example[0], initial={})
    if form.is_valid():
        with pages.refusals_on(form):
            made = services.keep_roll_columns(
                source=found,
                columns=form.columns,
                headings=form.headings,
                at=timezone.now(),
                by=request.actor,
            )
            messages.success(request, f"已保存第{made.version}版列对应。")
            return redirect("reconciling:source", found.pk)
    return _choosing(request, found, form, signed=signed)


def _choosing(
    request: Request, found: RollSource, form: forms.RollMappingForm | None, *, signed: str
) -> HttpResponse:
    headings, lines = forms.RollMappingForm.opened(signed) or ([], [])
    newest = queries.mapping_of(request.actor, found)
    initial = {"example": signed, **(newest.columns if newest else {})}
    return pages.wizard_page(
        request,
        title=f"对应各列：{found.name}",
        steps=STEPS,
        at=2,
        template="sheets/mapping.html",
        form=form or forms.RollMappingForm(headings=headings, initial=initial),
        submit="保存为新版本" if newest else "保存",
        headings=headings,
        lines=lines,
        back=_back(request, found),
    )


def _actions(found: RollSource, *, has_columns: bool) -> list[pages.Action]:
    columns = reverse("reconciling:source_columns", args=[found.pk])
    if not has_columns:
        return [pages.Action("对应各列", columns, primary=True)]
    upload = reverse("reconciling:source_upload", args=[found.pk])
    return [pages.Action("上传对账", upload, primary=True), pages.Action("更新列对应", columns)]


def _found(request: Request, roll_source_id: int) -> RollSource:
    return get_object_or_404(queries.sources_for(request.actor), pk=roll_source_id)


def _back(request: Request, found: RollSource) -> pages.Link:
    if actors.may(request.actor, Act.UPLOAD, at=found.org):
        return pages.Link(found.name, reverse("reconciling:source", args=[found.pk]))
    return pages.Link("名册来源", reverse(SOURCES))

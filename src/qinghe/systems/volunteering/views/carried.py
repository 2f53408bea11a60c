"""Lists of other platforms: the lists, one list with its rows, and what is done with a whole one."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_tables2 import A, Column, Table

from qinghe.edges.web import columns, pages, tables
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib import identifiers
from qinghe.systems.volunteering import forms, queries, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import CarriedList, ListState, RowState

LISTS, FIRST = "volunteering:carried_lists", 8
LIST_TONES: dict[str, pages.Tone] = {
    ListState.CHECKED: pages.Tone.WAIT,
    ListState.LOADED: pages.Tone.GOOD,
}
ROW_TONES: dict[str, pages.Tone] = {
    RowState.MATCHED: pages.Tone.WAIT,
    RowState.SEVERAL: pages.Tone.WAIT,
    RowState.NOBODY: pages.Tone.LATE,
    RowState.DOUBTFUL: pages.Tone.LATE,
    RowState.KNOWN: pages.Tone.PLAIN,
    RowState.AGREED: pages.Tone.GOOD,
    RowState.REFUSED: pages.Tone.PLAIN,
    RowState.REPLACED: pages.Tone.PLAIN,
    RowState.REVOKED: pages.Tone.PLAIN,
}


class ListTable(Table):
    """Lists of other platforms."""

    file_name = Column("清单", linkify=("volunteering:carried_list", [A("pk")]))
    source = Column("平台", accessor="source__name")
    org = Column("组织", accessor="org__name", order_by="org__path")
    lines = columns.Number(verbose_name="行数")
    waiting = columns.Number(verbose_name="待审核")
    unsure = columns.Number(verbose_name="未定本人")
    agreed = columns.Number(verbose_name="已计入")
    loaded_at = columns.Moment(verbose_name="导入时间")
    state = columns.State(verbose_name="状态", labels=dict(ListState.choices), tones=LIST_TONES)


class RowName(columns.Personal):
    """The name that a row tells, masked in a list, whether its person is on the books or not."""

    def __init__(self) -> None:
        super().__init__(
            field="volunteering.CarriedRow.name",
            person="about",
            at="carried_list__org",
            accessor="name",
            verbose_name="姓名",
            linkify=("volunteering:carried_row", [A("pk")]),
        )

    def shown(self, value: object) -> str:
        """Write it for those who may read it."""
        return identifiers.mask_name(str(value))

    def hidden(self, value: object) -> str:
        """Write it for all others."""
        return identifiers.mask_child_name(str(value))


class RowTable(Table):
    """Rows of one list."""

    personal = True
    line = columns.Number(verbose_name="行", linkify=("volunteering:carried_row", [A("pk")]))
    name = RowName()
    shown = columns.Personal(
        field="volunteering.CarriedRow.shown",
        person="about",
        at="carried_list__org",
        verbose_name="证件号",
    )
    activity = Column("活动")
    day = columns.Day(verbose_name="服务日期")
    minutes = columns.Number(verbose_name="分钟")
    volunteer = Column("志愿者编号", accessor="volunteer__number")
    how = columns.State(
        verbose_name="匹配依据", labels=dict(queries.CarriedRow.How.choices), tones={}
    )
    words = Column("说明", orderable=False)
    state = columns.State(verbose_name="状态", labels=dict(RowState.choices), tones=ROW_TONES)


class BriefTable(RowTable):
    """Rows of one state beside their list."""

    class Meta:
        exclude = ("state", "shown")
        sequence = ("line", "name", "activity", "day", "minutes", "volunteer", "words", "...")


def carried_lists(request: Request) -> HttpResponseBase:
    """Show the lists loaded for the chosen organisation and all below it."""
    actors.require(request.actor, Act.UPLOAD, at=request.scope.org)
    return pages.list_page(
        request,
        title="其他平台时长",
        table=ListTable,
        rows=queries.carried_lists_seen_by(request.actor).filter(
            org__path__startswith=request.scope.org.path
        ),
        filterset=forms.CarriedListFilter,
        actions=[pages.Action("选择平台导入", reverse("volunteering:sources"), primary=True)],
    )


def carried_list(request: Request, carried_list_id: int) -> HttpResponse:
    """Show one list: what its rows came to, and what is to be done."""
    found = _found(request, carried_list_id)
    counts = queries.counts_of_list(request.actor, found)
    state = ListState(found.state)
    return pages.record_page(
        request,
        title=f"{found.source.name}：{found.file_name}",
        record=found,
        state=pages.Tag(state.label, LIST_TONES[state]),
        facts=[
            ("平台", _source(found)),
            ("列对应版本", found.columns.version),
            ("组织", found.org.name),
            ("导入人", found.loaded_by.name),
            ("时间", f"{timezone.localtime(found.loaded_at):%Y-%m-%d %H:%M}"),
            ("文件", "已保存" if found.file_id else "含完整证件号，只保存校验值和各行"),
            ("文件校验值", found.sha256),
            *[
                (one.label, _counted(found, one, counts[one]))
                for one in RowState
                if counts.get(one)
            ],
        ],
        actions=_actions(request, found, counts),
        related=[_related(request, found, one, counts[one]) for one in RowState if counts.get(one)],
        back=pages.Link("其他平台时长", reverse(LISTS)),
    )


def carried_rows(request: Request, carried_list_id: int) -> HttpResponseBase:
    """Show all rows of one list."""
    found = _found(request, carried_list_id)
    return pages.list_page(
        request,
        title=f"{found.file_name}：各行",
        table=RowTable,
        rows=queries.carried_rows_seen_by(request.actor).filter(carried_list=found),
        filterset=forms.CarriedRowFilter,
        actions=[pages.Action("返回清单", reverse("volunteering:carried_list", args=[found.pk]))],
    )


@require_POST
def carried_confirm(request: Request, carried_list_id: int) -> HttpResponse:
    """Load a list that was looked at."""
    found = _found(request, carried_list_id)
    services.confirm_list(found=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已导入。匹配到本人的行等待他人审核。")
    return redirect("volunteering:carried_list", found.pk)


@require_POST
def carried_discard(request: Request, carried_list_id: int) -> HttpResponse:
    """Throw away a list that was only looked at."""
    found = _found(request, carried_list_id)
    services.discard_list(found=found, at=timezone.now(), by=request.actor)
    messages.success(request, "已放弃这份清单，没有导入。")
    return redirect(LISTS)


@require_POST
def carried_rematch(request: Request, carried_list_id: int) -> HttpResponse:
    """Look once more for the persons of rows that have none."""
    found = _found(request, carried_list_id)
    matched = services.rematch_list(found=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"重新查找完成，新匹配到{matched}行。")
    return redirect("volunteering:carried_list", found.pk)


@require_POST
def carried_agree(request: Request, carried_list_id: int) -> HttpResponse:
    """Let the rows that wait count."""
    found = _found(request, carried_list_id)
    agreed = services.agree_to_list(found=found, at=timezone.now(), by=request.actor)
    messages.success(request, f"已计入{agreed}行，并通知本人。")
    return redirect("volunteering:carried_list", found.pk)


def carried_refuse(request: Request, carried_list_id: int) -> HttpResponse:
    """Turn down all rows of a list that wait."""
    found = _found(request, carried_list_id)
    actors.require(request.actor, Act.APPROVE_CARRIED, at=found.org)
    waiting = queries.carried_rows_seen_by(request.actor).filter(
        carried_list=found, state=RowState.MATCHED
    )
    return pages.reason_page(
        request,
        form=forms.ReasonForm(request.POST or None),
        title=f"不予计入：{found.file_name}",
        note="全部待审核的行都不予计入，行和原因保留。只有个别行不对的，请打开那一行办理。",
        submit="全部不予计入",
        back=pages.Link(found.file_name, reverse("volunteering:carried_list", args=[found.pk])),
        then=lambda reason: services.refuse_rows(
            rows=list(waiting), reason=reason, at=timezone.now(), by=request.actor
        ),
    )


def _found(request: Request, carried_list_id: int) -> CarriedList:
    return get_object_or_404(queries.carried_lists_seen_by(request.actor), pk=carried_list_id)


def _source(found: CarriedList) -> pages.Link:
    return pages.Link(found.source.name, reverse("volunteering:source", args=[found.source_id]))


def _rows_url(found: CarriedList, state: RowState) -> str:
    return f"{reverse('volunteering:carried_rows', args=[found.pk])}?state={state}"


def _counted(found: CarriedList, state: RowState, count: int) -> pages.Link:
    return pages.Link(f"{count:,} 行", _rows_url(found, state))


def _related(request: Request, found: CarriedList, state: RowState, count: int) -> pages.Related:
    rows = queries.carried_rows_seen_by(request.actor).filter(carried_list=found, state=state)
    return pages.Related(
        f"{state.label} {count:,} 行",
        tables.short(BriefTable, rows[:FIRST]),
        url=_rows_url(found, state) if count > FIRST else "",
    )


def _actions(request: Request, found: CarriedList, counts: dict[str, int]) -> list[pages.Action]:
    key = [found.pk]
    if found.state == ListState.CHECKED:
        if found.loaded_by_id != request.actor.person_id:
            return []
        return [
            pages.Action(
                "确认导入",
                reverse("volunteering:carried_confirm", args=key),
                primary=True,
                post=True,
            ),
            pages.Action(
                "放弃",
                reverse("volunteering:carried_discard", args=key),
                post=True,
                ask="放弃后须重新上传，确定放弃吗？",
            ),
        ]
    actions = []
    if queries.carried_waiting_for(request.actor).filter(pk=found.pk).exists():
        url = reverse("volunteering:carried_agree", args=key)
        actions += [
            pages.Action("全部计入", url, primary=True, post=True),
            pages.Action("不予计入", reverse("volunteering:carried_refuse", args=key)),
        ]
    if counts.get(RowState.NOBODY) or counts.get(RowState.SEVERAL):
        url = reverse("volunteering:carried_rematch", args=key)
        actions.append(pages.Action("重新查找本人", url, post=True))
    return actions

"""The list of circulars, and one of them: its rankings, its words, its answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django_tables2 import Column, Table

from qinghe.edges.web import columns, pages, timeline
from qinghe.edges.web.requests import Request
from qinghe.kernel.access import actors
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.reports.circulars import composing, docx, forms, queries, rules, xlsx
from qinghe.reports.circulars.access import Act
from qinghe.reports.circulars.queries import Addressee, Circular
from qinghe.reports.circulars.sheet import Board, Row, Sheet
from qinghe.reports.half_year import printing

from . import finding

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = Circular.State


class CircularTable(Table):
    """Circulars, newest first."""

    title = Column("标题", linkify=True)
    period = Column("通报期", accessor="span__label", order_by="period")
    org = Column("通报单位", accessor="org__name", order_by="org__code")
    state = columns.State(verbose_name="状态", labels=dict(State.choices), tones=finding.TONES)
    document_number = Column("文号", orderable=False, empty_values=(None,))
    answer_by = columns.Day(verbose_name="反馈期限")
    issued_at = columns.Moment(verbose_name="印发时间")

    class Meta:
        model = Circular
        fields = ("title", "period", "org", "state", "document_number", "answer_by", "issued_at")
        order_by = ("-issued_at",)
        empty_text = "没有符合条件的通报；区里起草、印发后，街道在这里看到。"


@dataclass(frozen=True)
class ShownRow:
    """One row as a page says it."""

    row: Row
    completion: str
    is_reached: str
    last_year: str
    previous: str


@dataclass(frozen=True)
class ShownAddressee:
    """One street with the state of its answer."""

    addressee: Addressee
    tag: pages.Tag
    is_late: str


def index(request: Request) -> HttpResponseBase:
    """Show the circulars of the actor's office, or those issued to the actor's street."""
    finding.require_any(request, *Act)
    actions = []
    if actors.may_anywhere(request.actor, Act.WRITE):
        actions.append(pages.Action("起草通报", reverse("circulars:begin"), primary=True))
    return pages.list_page(
        request,
        title="工作情况通报",
        table=CircularTable,
        rows=queries.circulars_seen_by(request.actor),
        filterset=forms.CircularFilter,
        actions=actions,
    )


def circular(request: Request, circular_id: int) -> HttpResponse:
    """Show one circular: to its office with all answers, to a street with its own."""
    found = finding.seen(request, circular_id)
    is_office = queries.is_office(request.actor, found)
    try:
        sheet = queries.sheet_of(request.actor, found)
        context = {"read": queries.words_of(request.actor, found), **_figures(request, sheet)}
    except Refused as refusal:
        if refusal.code != "no_facts":
            raise
        context = {"without_figures": refusal.reason}
    if is_office:
        context["timeline"] = timeline.of(found, reader=request.actor)
    else:
        context["own"] = queries.own_addressee(request.actor, found)
    context |= {
        "title": found.title,
        "circular": found,
        "is_office": is_office,
        "state": pages.Tag(found.get_state_display(), finding.TONES[State(found.state)]),
        "actions": _actions(request, found) if is_office else _files(request, found),
        "back": pages.Link("工作情况通报", reverse("circulars:index")),
        "addressees": _addressees(request, found),
        "can": {"write": _may_write(request, found), "remind": _may_remind(request, found)},
        "no_pdf": found.state == State.ISSUED and is_office and not printing.program(),
    }
    return render(request, "circulars/circular.html", context)


def document(request: Request, circular_id: int) -> HttpResponse:
    """Give a circular as a document."""
    found = finding.seen(request, circular_id)
    content = docx.of(request.actor, found)
    return _download(content, name=f"{found.title}.docx", kind=DOCX)


def workbook(request: Request, circular_id: int) -> HttpResponse:
    """Give the rankings of a circular as a workbook."""
    found = finding.seen(request, circular_id)
    content = xlsx.workbook(found, sheet=queries.sheet_of(request.actor, found))
    return _download(content, name=f"{found.title}排名.xlsx", kind=XLSX)


def _figures(request: Request, sheet: Sheet) -> dict[str, object]:
    """Return what the page says in numbers; `?show=CODE` chooses the figure that is drawn."""
    wanted = request.GET.get("show", "")
    shown = next((each for each in sheet.boards if each.code == wanted), None)
    shown = shown or next(iter(sheet.boards), None)
    context: dict[str, object] = {
        "sheet": sheet,
        "boards": sheet.boards,
        "together": sheet.together,
        "reported": sheet.reported,
        "as_of": sheet.as_of,
        "shown": shown,
    }
    if shown:
        context |= {
            "rows": [_shown(row, shown) for row in shown.in_order],
            "whole": _shown(shown.own, shown),
            "said": composing.sentence(shown),
            "chart": _chart(shown),
        }
    return context


def _shown(row: Row, board: Board) -> ShownRow:
    points = board.in_points
    reached = rules.reached(completion=row.completion, in_points=points)
    return ShownRow(
        row=row,
        completion=composing.said_completion(row.completion, in_points=points),
        is_reached="" if row.completion is None else "yes" if reached else "no",
        last_year=composing.said_change(row.last_year, in_points=points),
        previous=composing.said_change(row.previous, in_points=points),
    )


def _chart(board: Board) -> dict[str, object] | None:
    """Return the bars of the streets that have a place: the same numbers as in the table."""
    drawn = [(row.name, row.value) for row in board.in_order if row.rank and row.value is not None]
    if not drawn:
        return None
    return {
        "kind": "bars",
        "label": board.label,
        "unit": board.unit,
        "names": [name for name, _ in drawn],
        "values": [float(value) for _, value in drawn],
    }


def _addressees(request: Request, found: Circular) -> list[ShownAddressee]:
    today = local_day(timezone.now())
    return [
        ShownAddressee(
            addressee=each,
            tag=_answer_tag(found, each),
            is_late="逾期"
            if each.state in rules.OPEN_ANSWERS and each.answer_by and each.answer_by < today
            else "",
        )
        for each in queries.addressees_of(request.actor, found)
    ]


def _answer_tag(found: Circular, addressee: Addressee) -> pages.Tag:
    state = Addressee.State(addressee.state)
    if found.state != State.ISSUED and state == Addressee.State.WAITING:
        return pages.Tag("需反馈")
    return pages.Tag(str(state.label), finding.ANSWER_TONES[state])


def _may_write(request: Request, found: Circular) -> bool:
    return found.state == State.DRAFT and actors.may(request.actor, Act.WRITE, at=found.org)


def _may_remind(request: Request, found: Circular) -> bool:
    return found.state == State.ISSUED and actors.may(request.actor, Act.WRITE, at=found.org)


def _files(request: Request, found: Circular) -> list[pages.Action]:
    """Return the files of a circular; of an issued one also the PDF, or how it is made."""
    printed = queries.printed_of(request.actor, found)
    pdf = []
    if printed:
        pdf = [pages.Action("下载 .pdf", reverse("web:attachment", args=[printed.pk]))]
    elif found.state == State.ISSUED and printing.program() and _may_issue(request, found):
        url = reverse("circulars:print_pdf", args=[found.pk])
        pdf = [pages.Action("生成 .pdf", url, post=True)]
    return [
        *pdf,
        pages.Action("下载 .docx", reverse("circulars:docx", args=[found.pk])),
        pages.Action("排名 .xlsx", reverse("circulars:xlsx", args=[found.pk])),
    ]


def _actions(request: Request, found: Circular) -> Sequence[pages.Action]:
    """Return the next steps that are the actor's to take."""
    steps = {
        State.DRAFT: _of_draft,
        State.REVIEWING: _of_reviewing,
        State.REVIEWED: _of_reviewed,
        State.ISSUED: lambda request, found: [],
    }
    return [*_files(request, found), *steps[State(found.state)](request, found)]


def _may_issue(request: Request, found: Circular) -> bool:
    return actors.may(request.actor, Act.ISSUE, at=found.org)


def _of_draft(request: Request, found: Circular) -> list[pages.Action]:
    if not actors.may(request.actor, Act.WRITE, at=found.org):
        return []
    send = reverse("circulars:send", args=[found.pk])
    return [
        pages.Action("送核稿", send, primary=True, post=True, ask="送核后不能再修改，确定送核吗？")
    ]


def _of_reviewing(request: Request, found: Circular) -> list[pages.Action]:
    actions = _take_back(request, found)
    another = request.actor.person_id != found.writer
    if another and actors.may(request.actor, Act.REVIEW, at=found.org):
        url = reverse("circulars:review", args=[found.pk])
        actions.append(pages.Action("核稿", url, primary=True))
    return actions


def _of_reviewed(request: Request, found: Circular) -> list[pages.Action]:
    actions = _take_back(request, found)
    if _may_issue(request, found):
        url = reverse("circulars:issue", args=[found.pk])
        actions.append(pages.Action("印发", url, primary=True))
    return actions


def _take_back(request: Request, found: Circular) -> list[pages.Action]:
    if not actors.may(request.actor, Act.WRITE, at=found.org):
        return []
    url = reverse("circulars:take_back", args=[found.pk])
    return [pages.Action("退回起草", url, post=True, ask="退回后需要重新核稿，确定退回吗？")]


def _download(content: bytes, *, name: str, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    answer["Cache-Control"] = "no-store"
    return answer

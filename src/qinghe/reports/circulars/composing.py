"""The circular as a document: what stands in it, in order, before it is set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from qinghe.kernel.orgs.models import Org
from qinghe.lib import wording
from qinghe.reports.half_year.blocks import Block, Kind, Run, Text

from . import rules
from .models import Circular
from .queries import Words
from .rules import Change
from .sheet import NOTHING, Board, Row, Sheet

TOP = 3
DASH = NOTHING


@dataclass(frozen=True)
class Grid:
    """A table: its heads, its lines, and how wide its columns are to each other."""

    heads: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]


Piece = Block | Grid


@dataclass(frozen=True)
class Composed:
    """A whole circular, ready to be set."""

    title: str
    number: str
    to: str
    body: tuple[Piece, ...]
    signature: str
    dated: str


def composed(circular: Circular, *, sheet: Sheet, words: Words, to: Sequence[Org]) -> Composed:
    """Return a circular as its paragraphs and tables."""
    parts: list[tuple[str, list[Piece]]] = [
        ("指标完成情况和排名", _figures(sheet)),
        ("综合排名", _together(sheet)),
        ("报送情况", _reported(sheet)),
        ("工作要求", _paragraphs(words.demands.paragraphs)),
    ]
    body: list[Piece] = [*_paragraphs(words.opening.paragraphs)]
    for number, (heading, pieces) in enumerate((p for p in parts if p[1]), start=1):
        body += [_heading(Kind.HEADING1, f"{wording.chinese_number(number)}、{heading}"), *pieces]
    return Composed(
        title=circular.title,
        number=circular.document_number,
        to=f"{'、'.join(f'{org.name}团工委' for org in to)}：",
        body=tuple(body),
        signature=circular.signature,
        dated=_day(circular.dated_on),
    )


def sentence(board: Board, *, whole: str = "全区") -> str:
    """Say what one figure comes to, how it changed, who leads and who is behind."""
    own = board.own
    if own.value is None:
        said = [f"{whole}{board.label}{own.said_state or '无数据'}"]
    else:
        said = [f"{whole}{board.label}{plain(own.value)}{board.unit}"]
        said += _changed("同比", own.last_year, board)
        said += _changed("环比", own.previous, board)
    sentences = ["，".join(said)]
    if len(board.rows) - len(board.unranked) > TOP:
        sentences.append(f"按{board.order_label}，{leading(board)}")
    if board.behind:
        told = [row for row in board.rows if row.completion is not None]
        everyone = len(told) > 1 and len(told) == len(board.behind)
        behind = "有目标的街道均未完成目标" if everyone else f"未完成目标的有{_names(board.behind)}"
        sentences.append(behind)
    by_state: dict[str, list[Row]] = {}
    for row in board.unranked:
        by_state.setdefault(row.said_state or "没有目标", []).append(row)
    sentences += [f"{_names(rows)}{state}，未参与排名" for state, rows in by_state.items()]
    return "。".join(sentences) + "。"


def leading(board: Board) -> str:
    """Say who comes first: three names, or more where a place is shared, each with its place."""
    ranked = [(row.rank, row) for row in board.in_order if row.rank is not None]
    ahead = [(rank, row) for rank, row in ranked if rank <= TOP]
    places = [rank for rank, _ in ahead]
    if len(set(places)) == len(places):
        return f"前三名为{_names([row for _, row in ahead])}"
    if len(ranked) == len(ahead) and len(set(places)) == 1:
        return f"{_names([row for _, row in ranked])}名次相同"
    told = zip(sorted(set(places)), rules.standings(places), strict=True)
    return "，".join(
        f"{_names([row for rank, row in ahead if rank == place])}{said}" for place, said in told
    )


def plain(value: Decimal | None) -> str:
    """Write a number as documents do, without thousands; nothing as a dash."""
    return DASH if value is None else f"{value:f}"


def said_change(change: Change, *, in_points: bool) -> str:
    """Say a change with its sign: +12.3%, −0.54个百分点."""
    if not change.change:
        return change.note or (DASH if change.change is None else rules.EVEN)
    sign = "+" if change.change > 0 else "−"
    unit = "个百分点" if in_points else "%"
    return f"{sign}{abs(change.change):f}{unit}"


def said_completion(value: Decimal | None, *, in_points: bool) -> str:
    """Say how far a goal is reached."""
    if value is None:
        return DASH
    if not in_points:
        return f"{value:f}%"
    if value >= 0:
        return "达标"
    return f"差{abs(value):f}个百分点"


def line_of(row: Row, board: Board) -> tuple[str, ...]:
    """Return one street's line under one figure."""
    value = plain(row.value)
    if row.said_state:
        value = row.said_state if row.value is None else f"{value}（{row.said_state}）"
    line = [row.said_rank, row.name, value]
    if board.has_goals:
        line += [
            plain(_trimmed(row.goal, board.decimals)),
            said_completion(row.completion, in_points=board.in_points),
        ]
    return (
        *line,
        said_change(row.last_year, in_points=board.in_points),
        said_change(row.previous, in_points=board.in_points),
    )


def grid_of(board: Board) -> Grid:
    """Return the ranking of one figure as a table, the district itself last."""
    heads = ["名次", "街道", f"数值（{board.unit}）"]
    widths = [18, 20, 23]
    if board.has_goals:
        heads += ["目标", "完成情况"]
        widths += [14, 20]
    own = line_of(board.own, board)
    lines = [line_of(row, board) for row in board.in_order]
    return Grid(
        heads=(*heads, "同比", "环比"),
        lines=(*lines, ("", "全区", *own[2:])),
        widths=(*widths, 22, 22),
    )


def _figures(sheet: Sheet) -> list[Piece]:
    pieces: list[Piece] = []
    for number, board in enumerate(sheet.boards, start=1):
        mark = f"（{wording.chinese_number(number)}）"
        pieces += [
            _heading(Kind.HEADING2, f"{mark}{board.label}"),
            _paragraph((Text(sentence(board)),)),
            grid_of(board),
        ]
    return pieces


def _together(sheet: Sheet) -> list[Piece]:
    if len(sheet.boards) < 2:
        return []
    lines = tuple(
        (
            line.said_place,
            line.name,
            *(row.said_rank if row.rank else row.said_state or DASH for row in line.rows),
            plain(line.mean),
        )
        for line in sheet.together
    )
    labels = tuple(board.label for board in sheet.boards)
    widths = (10, 20, *(16 for _ in labels), 14)
    note = "按各项指标名次的平均数排列；有一项没有名次的，不参与综合排名。"
    return [
        _paragraph((Text(note),)),
        Grid(("序", "街道", *labels, "平均名次"), lines, widths),
    ]


def _reported(sheet: Sheet) -> list[Piece]:
    if not sheet.reported:
        return []
    lines = tuple(
        (
            each.name,
            str(each.expected),
            str(each.submitted),
            str(each.missing),
            str(each.late),
            _share(each.complete_percent),
            _share(each.timely_percent),
        )
        for each in sheet.reported
    )
    heads = ("街道", "应报", "已报", "未报", "迟报", "完整率", "及时率")
    pieces: list[Piece] = [Grid(heads, lines, (24, 14, 14, 14, 14, 18, 18))]
    pieces += [
        _paragraph((Text(f"{each.name}：{each.late_names}。"),))
        for each in sheet.reported
        if each.late_names
    ]
    return pieces


def _changed(label: str, change: Change, board: Board) -> list[str]:
    if change.change is None:
        return []
    if change.change == 0:
        return [f"{label}{change.note or rules.EVEN}"]
    size = abs(change.change)
    if board.in_points:
        return [f"{label}{'上升' if change.change > 0 else '下降'}{size:f}个百分点"]
    return [f"{label}{'增长' if change.change > 0 else '下降'}{size:f}%"]


def _names(rows: Sequence[Row]) -> str:
    return rules.named([row.name for row in rows])


def _share(value: Decimal | None) -> str:
    return DASH if value is None else f"{value:f}%"


def _trimmed(value: Decimal | None, decimals: int) -> Decimal | None:
    return None if value is None else value.quantize(Decimal(1).scaleb(-decimals))


def _heading(kind: Kind, text: str) -> Block:
    return Block(kind, (Text(text),))


def _paragraph(runs: tuple[Run, ...]) -> Block:
    return Block(Kind.PARAGRAPH, runs)


def _paragraphs(paragraphs: Sequence[tuple[Run, ...]]) -> list[Piece]:
    return [_paragraph(runs) for runs in paragraphs]


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "    年  月  日"

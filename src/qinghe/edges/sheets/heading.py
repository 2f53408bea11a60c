"""Is this the right sheet? The first line of a file against the columns that are wanted."""

from collections import Counter
from collections.abc import Sequence

from qinghe.lib.verdicts import Refused

from .declarations import Sheet
from .workbook import Head

REASON = "原因"
LINE = "原行号"
OURS = {REASON, LINE}  # columns of the workbook that hands refused lines back


def places(head: Head, *, sheet: Sheet, known: Sequence[Sheet] = ()) -> list[int | None]:
    """Return where each column of the sheet stands; None for an optional one that is left out.

    Raises Refused: wrong_sheet, duplicate_column, missing_column, unknown_column, no_heading.
    """
    labels = [plain(cell) for cell in head.cells]
    named = [label for label in labels if label and label not in OURS]
    if not named:
        raise Refused("no_heading", "第一行是空的，没有读取；请把列名放在第一行。")
    wanted = [column.label for column in sheet.columns]
    if sheet.others:
        named = [label for label in named if label in wanted]
        _refuse_any(
            "missing_column",
            [label for label in wanted if label not in named],
            "缺少列：{}。没有读取；请核对文件，或更新列对应。",
        )
    if set(named) != set(wanted):
        _check_meant(named, sheet=sheet, known=known)
    _refuse_any(
        "duplicate_column",
        [label for label, times in Counter(named).items() if times > 1],
        "有重复的列：{}。没有读取；请每列只留一个。",
    )
    _refuse_any(
        "missing_column",
        [c.label for c in sheet.columns if c.required and c.label not in named],
        "缺少列：{}。没有读取；请用本表的模板填写。",
    )
    _refuse_any(
        "unknown_column",
        [label for label in named if label not in wanted],
        "有不认识的列：{}。没有读取；请删去这些列，或用本表的模板填写。",
    )
    return [labels.index(label) if label in named else None for label in wanted]


def _check_meant(named: Sequence[str], *, sheet: Sheet, known: Sequence[Sheet]) -> None:
    for other in known:
        required = {column.label for column in other.columns if column.required}
        possible = {column.label for column in other.columns}
        if other.slug != sheet.slug and required <= set(named) <= possible:
            raise Refused(
                "wrong_sheet",
                f"这是“{other.label}”表，不是“{sheet.label}”表，没有读取；请到“{other.label}”处导入。",
            )


def _refuse_any(code: str, labels: Sequence[str], sentence: str) -> None:
    if labels:
        shown = "、".join(label[:20] for label in labels[:10])
        more = f"等{len(labels)}列" if len(labels) > 10 else ""
        raise Refused(code, sentence.format(shown + more))


def plain(cell: object) -> str:
    """Return a heading as it is compared: without spaces and the mark of what is required."""
    return "".join(str(cell).split()).removesuffix("*").removeprefix("*")

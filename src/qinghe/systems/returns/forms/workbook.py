"""A form as a workbook: filled in as far as it is, typed over offline, and taken back cell by cell.

Each workbook carries, signed, which filing it belongs to and what stood in each cell when it was
fetched; so what others changed meanwhile is never overwritten unseen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core import signing

from qinghe.edges.books import Book
from qinghe.edges.sheets import guard, workbook
from qinghe.edges.sheets.limits import DEFAULT
from qinghe.lib.verdicts import Refused
from qinghe.systems.returns import models, queries, rules
from qinghe.systems.returns.services import Entry

from .filling import NO, YES, NotANumber, entry_of, not_a_number

SALT = "qinghe.returns.workbook"
PLACE, CODE, LABEL, UNIT = "序号", "指标编号", "指标名称", "单位"
CONTENT, NOT_APPLICABLE, NOTE = "填报内容", "不适用", "说明"
LAST, MEANING, HOW, MARK = "上期", "口径", "填写要求", "校验"
HEADING = (
    PLACE, CODE, LABEL, UNIT, CONTENT, NOT_APPLICABLE, NOTE, LAST, MEANING, HOW, MARK,
)  # fmt: skip
WIDTHS = (6, 12, 30, 8, 16, 10, 30, 14, 60, 34, 4)
ABOUT = "报表"
TYPED_OVER = (CONTENT, NOT_APPLICABLE, NOTE)
SAFE = "没有读取任何数字，原有内容未动"


@dataclass(frozen=True)
class Line:
    """One line of a workbook that came back."""

    written: str
    note: str
    not_applicable: bool
    broken: str = ""


@dataclass(frozen=True)
class Taken:
    """A workbook that came back: the filing it says it is for, and its lines by code."""

    about: Mapping[str, str]
    seen: Mapping[str, str]
    lines: Mapping[str, Line]


@dataclass(frozen=True)
class Changed:
    """What a workbook would change in one cell, or why it cannot."""

    code: str
    label: str
    old: str
    new: str
    entry: Entry | None
    problem: str = ""


def workbook_of(sheet: queries.FilledForm) -> bytes:
    """Return a filing as a workbook; only what its organisation answers for is open to typing."""
    filing = sheet.filing
    with Book() as book:
        page = book.page(filing.round.form.title, HEADING)
        for place, width in enumerate(WIDTHS):
            page.set_column(place, place, width, None, {"hidden": HEADING[place] == MARK})
        named = f"《{filing.round.form.title}》{filing.round.span.label}"
        about = (
            "",
            ABOUT,
            named,
            "",
            filing.org.name,
            "",
            "",
            "",
            "",
            "此行不要改动",
            _mark(sheet),
        )
        for place, said in enumerate(about):
            book.put(page, 1, place, said)
        for line, one in enumerate(sheet.cells, start=2):
            for place, (label, value) in enumerate(zip(HEADING, _line(one), strict=True)):
                put = book.put_open if label in TYPED_OVER and not one.derived else book.put
                put(page, line, place, value)
        book.lock(page)
    return book.content()


def taken_from(path: Path) -> Taken:
    """Read a workbook behind the guard of all uploads.

    Raises Refused: the codes of guard.check, unreadable, not_a_form, mark_broken.
    """
    scan = guard.check(path, limits=DEFAULT)
    with workbook.opened(path, limits=DEFAULT) as (head, chunks):
        labels = [str(label).strip() for label in head.cells]
        if not {CODE, MARK, *TYPED_OVER} <= set(labels):
            raise Refused(
                "not_a_form",
                f"这不是在本页下载的报表，{SAFE}；请先点“下载 .xlsx”，在那份文件里填写。",
            )
        place = {label: labels.index(label) for label in labels}
        mark, lines = "", {}
        for chunk in chunks:
            for row in range(len(chunk.columns[0])):
                cell = {label: _said(chunk.columns[at][row]) for label, at in place.items()}
                if cell[CODE] == ABOUT:
                    mark = cell[MARK]
                elif cell[CODE]:
                    at = (chunk.first_line + row, place[CONTENT] + head.first_column + 1)
                    lines[cell[CODE]] = _taken(cell, broken=scan.broken.get(at, ""))
    return Taken(**_opened(mark), lines=lines)


def changes_in(taken: Taken, *, sheet: queries.FilledForm) -> list[Changed]:
    """Return what a workbook would change, in the order of the cells.

    Raises Refused: wrong_form, wrong_org, wrong_period, wrong_version.
    """
    _check_meant(taken.about, filing=sheet.filing)
    found = [
        (_overtyped if one.derived else _change)(
            one, taken.lines[one.cell.code], seen=taken.seen.get(one.cell.code, "")
        )
        for one in sheet.cells
        if one.cell.code in taken.lines
    ]
    return [one for one in found if one is not None]


def _line(one: queries.FilledCell) -> Sequence[object]:
    cell, worth = one.cell, one.worth
    content: object = one.said if one.derived else worth.text
    if not one.derived and worth.amount is not None:
        content = worth.amount
        if cell.kind == models.Cell.Kind.YES_NO:
            content = YES if worth.hundredths else NO
    return (
        cell.place,
        cell.code,
        cell.label,
        cell.unit,
        content,
        YES if worth.not_applicable else "",
        worth.note,
        one.last_said,
        cell.meaning,
        _how(one),
        "",
    )


def _how(one: queries.FilledCell) -> str:
    if one.derived:
        return "系统记录自动生成，不能填写；有异议请在网页上提出"
    how = {
        models.Cell.Kind.WHOLE: "填整数；没有发生填0",
        models.Cell.Kind.HUNDREDTHS: "填数字，最多两位小数；没有发生填0",
        models.Cell.Kind.YES_NO: f"填“{YES}”或“{NO}”",
        models.Cell.Kind.TEXT: "填文字",
    }[models.Cell.Kind(one.cell.kind)]
    hint = f"；{one.cell.hint}" if one.cell.hint else ""
    return f"{how}；不适用的在“{NOT_APPLICABLE}”填“{YES}”并写说明{hint}"


def _about(filing: models.Filing) -> dict[str, str]:
    asked = filing.round
    return {
        "slug": asked.slug,
        "version": f"{asked.form.version}",
        "title": asked.form.title,
        "period": asked.period,
        "org": filing.org.code,
        "name": filing.org.name,
    }


def _mark(sheet: queries.FilledForm) -> str:
    seen = {one.cell.code: one.said for one in sheet.cells}
    kept = {"about": _about(sheet.filing), "seen": seen}
    return signing.dumps(kept, salt=SALT, compress=True)


def _opened(mark: str) -> dict[str, dict[str, str]]:
    try:
        kept = signing.loads(mark, salt=SALT)
    except signing.BadSignature as error:
        raise Refused(
            "mark_broken",
            f"表格里“{ABOUT}”那一行缺失或被改动，认不出是哪一份报送，{SAFE}；请重新下载后再填。",
        ) from error
    return {"about": kept["about"], "seen": kept["seen"]}


def _check_meant(about: Mapping[str, str], *, filing: models.Filing) -> None:
    """Refuse what was fetched for another filing, and say which."""
    here = _about(filing)
    if about["slug"] != here["slug"]:
        raise Refused(
            "wrong_form",
            f"这是《{about['title']}》，不是《{here['title']}》，{SAFE}；请到那张报表上传。",
        )
    if about["org"] != here["org"]:
        raise Refused(
            "wrong_org", f"这是{about['name']}的表格，不是{here['name']}的，{SAFE}；请核对文件。"
        )
    if about["period"] != here["period"]:
        raise Refused(
            "wrong_period",
            f"这是{about['period']}的表格，本表是{here['period']}，{SAFE}；请到那一期上传。",
        )
    if about["version"] != here["version"]:
        raise Refused(
            "wrong_version",
            f"这份表格是第{about['version']}版，现在用第{here['version']}版，{SAFE}；请重新下载后再填。",
        )


def _overtyped(one: queries.FilledCell, line: Line, *, seen: str) -> Changed | None:
    if line.written in ("", seen):
        return None
    wrong = "这是系统记录的数字，不能填写，没有采用；有异议请在网页上提出。"
    return Changed(one.cell.code, one.cell.label, one.said, line.written, None, problem=wrong)


def _change(one: queries.FilledCell, line: Line, *, seen: str) -> Changed | None:
    cell = one.cell
    old = one.said or "未报"
    if line.broken:
        return Changed(cell.code, cell.label, old, "", None, problem=line.broken)
    try:
        entry = entry_of(
            cell,
            written=line.written,
            note=line.note,
            not_applicable=line.not_applicable,
            seen=seen,
        )
        typed = rules.Entered(entry.amount, entry.not_applicable, entry.text, entry.note)
        new = rules.said(rules.worth_of(cell.spec, typed), kind=cell.kind)
    except NotANumber:
        wrong = not_a_number(cell, line.written)
        return Changed(cell.code, cell.label, old, line.written, None, problem=wrong)
    except Refused as refusal:
        return Changed(cell.code, cell.label, old, line.written, None, problem=refusal.reason)
    if new in (seen, one.said):
        return None
    if one.said != seen:
        wrong = f"下载之后已有人把它改为“{old}”，没有采用文件里的内容；请核对后在网页上修改。"
        return Changed(cell.code, cell.label, old, new, None, problem=wrong)
    return Changed(cell.code, cell.label, old, new or "未报", entry)


def _taken(cell: Mapping[str, str], *, broken: str) -> Line:
    return Line(
        written=cell[CONTENT],
        note=cell[NOTE],
        not_applicable=cell[NOT_APPLICABLE] in (YES, "不适用", "1", "√", "✓"),
        broken=broken,
    )


def _said(value: object) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()

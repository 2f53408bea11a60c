"""Grades of branches, and results of past years, as workbooks bring them in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import QuerySet

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.systems.appraisals import queries, rules, services
from qinghe.systems.appraisals.access import Act
from qinghe.systems.appraisals.queries import Grade, Line, RollState, Standing

YEAR = Column("year", "评议年度", cells.whole, example="2021", read="campaign__year")
NUMBER = Column("number", "人员编号", cells.text_up_to(20), read="person__number")


class Row(NamedTuple):
    """One member's grade."""

    line: int
    year: int
    number: str
    grade: str


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyGrade]:
    """Check the whole file: each line is somebody under review in a branch of the reader's."""
    known = _lines(actor, rows, act=Act.KEEP)
    twice = Counter((row.year, row.number) for row in rows)
    tops = _Tops(known)
    resolved: Resolved[services.ReadyGrade] = Resolved()
    for row in rows:
        found = known.get((row.year, row.number))
        why = _why_not(found, row, twice=twice[row.year, row.number])
        if found and not why:
            why = tops.add(found, row.grade)
        if why:
            resolved.problems.append(Problem(row.line, *why))
        elif found:
            resolved.ready.append(services.ReadyGrade(found.roll_id, found.pk, row.grade))
    return resolved


def _why_not(found: Line | None, row: Row, *, twice: int) -> tuple[str, str] | None:
    if found is None:
        return "人员编号", f"{row.number}不在您办理的{row.year}年度评议名单上，请核对。"
    if twice > 1:
        return "人员编号", f"{row.number}在本文件中写了两次，请只保留一行。"
    if found.roll.state != RollState.GRADING:
        return "", f"{found.roll.org}{found.roll.get_state_display()}，现在不能填等次。"
    if found.standing != Standing.IN:
        return "等次", f"{row.number}{found.get_standing_display()}，不能定等次。"
    return None


class _Tops:
    """Counts 优秀 of each branch down the file, so that no chunk of it passes the cap (T-42)."""

    def __init__(self, known: Mapping[tuple[int, str], Line]) -> None:
        self.counts = {line.roll_id: line.roll.top for line in known.values()}

    def add(self, line: Line, grade: str) -> tuple[str, str] | None:
        """Take one more grade, or say that it is one 优秀 too many."""
        now = self.counts[line.roll_id] + (grade == Grade.TOP) - (line.grade == Grade.TOP)
        if grade == Grade.TOP and now > line.roll.most_top:
            return "等次", f"{line.roll.org}优秀最多{line.roll.most_top}人，这一行超出，请减少。"
        self.counts[line.roll_id] = now
        return None


class ResultRow(NamedTuple):
    """What a past review came to for one member."""

    line: int
    year: int
    number: str
    grade: str | None
    on: date
    registered_on: date | None
    deferred_until: date | None
    reason: str | None


def resolve_results(
    actor: Actor, rows: Sequence[ResultRow], at: datetime
) -> Resolved[services.ReadyResult]:
    """Check the whole file: each line is a member of a campaign that is over, without a final grade."""
    known = _lines(actor, rows, act=Act.RUN)
    twice = Counter((row.year, row.number) for row in rows)
    tops = _Tops(known)
    resolved: Resolved[services.ReadyResult] = Resolved()
    for row in rows:
        found = known.get((row.year, row.number))
        why = _why_no_result(found, row, twice=twice[row.year, row.number], today=local_day(at))
        if found and not why and row.grade:
            why = tops.add(found, row.grade)
        if why:
            resolved.problems.append(Problem(row.line, *why))
        elif found:
            told = (row.grade or "", row.reason or "", row.on)
            days = (row.registered_on, row.deferred_until)
            resolved.ready.append(services.ReadyResult(found.pk, *told, *days))
    return resolved


def _why_no_result(
    found: Line | None, row: ResultRow, *, twice: int, today: date
) -> tuple[str, str] | None:
    if found is None:
        return "人员编号", f"{row.number}不在{row.year}年度评议名单上，请先生成名单。"
    if twice > 1:
        return "人员编号", f"{row.number}在本文件中写了两次，请只保留一行。"
    if found.campaign.closes_on > today:
        return "评议年度", f"{row.year}年度评议还没有截止，请由支部逐步办理。"
    if found.final_on:
        return "人员编号", f"{row.number}的等次已经批准，需要改动的请办理更正。"
    return _why_unfit(row, today=today)


def _why_unfit(row: ResultRow, *, today: date) -> tuple[str, str] | None:
    """Say what does not fit within one row (T-43)."""
    passes = row.grade in rules.PASSING
    if max(row.on, row.registered_on or row.on) > today:
        return "日期", "日期不能晚于今天，请改正。"
    if (row.registered_on or row.deferred_until) and not passes:
        return "注册日期", "只有基本合格以上的可以注册或暂缓注册，请改正。"
    if row.registered_on and (row.deferred_until or row.registered_on < row.on):
        return "注册日期", "注册日期不能早于定等次日期；注册和暂缓只填一项。"
    if row.deferred_until and row.deferred_until <= row.on:
        return "暂缓至", "暂缓至须晚于定等次日期，请改正。"
    if (not row.grade or row.deferred_until) and not row.reason:
        return "原因", "没有等次或暂缓注册的，请写明原因。"
    return None


def _lines(
    actor: Actor, rows: Sequence[Row | ResultRow], *, act: Act
) -> dict[tuple[int, str], Line]:
    """Return the lines that the rows name, where the actor may do this."""
    years = {row.year for row in rows}
    wanted = {row.number for row in rows}
    seen = queries.lines_seen_by(actor).filter(
        actors.within_reach(actor, act, path="roll__org__path"), campaign__year__in=years
    )
    return {
        (line.campaign.year, line.person.number): line
        for line in seen.order_by()
        if line.person.number in wanted
    }


def _under_review(rows: QuerySet) -> QuerySet:
    return rows.filter(standing=Standing.IN).order_by("roll__org__path", "person__number")


GRADES = Sheet(
    slug="appraisals.grades",
    label="评议等次",
    act=Act.KEEP,
    page="appraisals:lines",
    columns=(YEAR, NUMBER, Column("grade", "等次", cells.choice(Grade), read="grade")),
    row=Row,
    resolve=resolve,
    write=services.bring_grades,
    notes=("支部大会登记以后、上报以前填写；导入后还要在支部页面上报。",),
    out=Outward(
        lines=_under_review,
        left_out="未参加、经同意不参加的团员和保留团籍的党员不在导入模板的范围内。",
        person="person",
        at="roll__org",
    ),
)

RESULTS = Sheet(
    slug="appraisals.results",
    label="历年评议注册结果",
    act=Act.RUN,
    page="appraisals:lines",
    columns=(
        YEAR,
        NUMBER,
        Column(
            "grade",
            "等次",
            cells.choice(Grade),
            required=False,
            hint="没有参加评议的留空，并填原因",
        ),
        Column("on", "定等次日期", cells.day, example="2021-12-20"),
        Column("registered_on", "注册日期", cells.day, required=False),
        Column("deferred_until", "暂缓至", cells.day, required=False),
        Column("reason", "原因", cells.text_up_to(200), required=False),
    ),
    row=ResultRow,
    resolve=resolve_results,
    write=services.bring_results,
    notes=("先发起那一年的年度评议并生成名单，再导入；只用于已经截止的年度。",),
)

SHEETS = (GRADES, RESULTS)

"""Ceremonies as a workbook brings them in: drafts, to which the evidence is added page by page."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.systems.pioneers import queries, services
from qinghe.systems.pioneers.access import Act
from qinghe.systems.pioneers.queries import CeremonyKind, Outline

COLUMNS = (
    Column("kind", "类别", cells.choice(CeremonyKind), example="入队仪式", read="get_kind_display"),
    Column("org", "学校代码", cells.code, example="XX-0001", read="org__code"),
    Column("day", "日期", cells.day, example="2022-05-30", read="day"),
    Column("place", "地点", cells.text_up_to(80), example="学校操场", read="place"),
    Column("people", "参加人数", cells.whole, example="180", read="people"),
    Column("leaders", "主持和领誓人员", cells.text_up_to(120), example="余老师", read="leaders"),
    Column(
        "steps",
        "已做要点",
        cells.text_up_to(80),
        required=False,
        hint="填当天要点模板的序号，如“1、2、3”；全部做了填“全部”",
        example="全部",
    ),
    Column(
        "again",
        "同日另有一场的说明",
        cells.text_up_to(80),
        required=False,
        hint="当天还有另一场同类仪式才填",
        read="again",
    ),
)


class Row(NamedTuple):
    """One line of the ledger."""

    line: int
    kind: str
    org: str
    day: date
    place: str
    people: int
    leaders: str
    steps: str | None
    again: str | None


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyCeremony]:
    """Check the whole file in a few questions; every line becomes a draft."""
    mine = queries.org_ids_where(actor, Act.REGISTER)
    outlines = queries.outlines_of(actor, {row.kind for row in rows})
    taken = queries.days_taken(actor, {mine[row.org] for row in rows if row.org in mine})
    twice = Counter((row.kind, row.org, row.day) for row in rows if not row.again)
    resolved: Resolved[services.ReadyCeremony] = Resolved()
    for row in rows:
        outline = _outline_of(row, outlines)
        steps = _steps_of(row, outline)
        found = _check_itself(row, outline, steps, today=local_day(at))
        if row.org not in mine:
            found.append(("学校代码", f"{row.org}不是您登记范围内的学校，请核对。"))
        elif not row.again and (
            (row.kind, mine[row.org], row.day) in taken or twice[row.kind, row.org, row.day] > 1
        ):
            found.append(("日期", "这所学校当天已有同一类仪式；确属另一场的请写说明。"))
        resolved.problems.extend(Problem(row.line, column, why) for column, why in found)
        if not found and outline is not None and steps is not None:
            resolved.ready.append(_ready(row, mine[row.org], outline, steps))
    return resolved


def _outline_of(row: Row, outlines: Sequence[Outline]) -> Outline | None:
    begun = (one for one in outlines if one.kind == row.kind and one.starts_on <= row.day)
    return next(begun, None)


def _steps_of(row: Row, outline: Outline | None) -> tuple[int, ...] | None:
    """Return the keys of the points that a line names; nothing where it names unknown ones."""
    known = {one.place: one.pk for one in outline.steps.all()} if outline else {}
    if row.steps == "全部":
        return tuple(known.values())
    named = [int(number) for number in re.findall(r"\d{1,3}", row.steps or "")]
    if set(named) - set(known) or (row.steps and not named):
        return None
    return tuple(known[number] for number in sorted(set(named)))


def _check_itself(
    row: Row, outline: Outline | None, steps: tuple[int, ...] | None, *, today: date
) -> list[tuple[str, str]]:
    found = []
    if row.day > today:
        found.append(("日期", "日期还没有到，请在开展之后登记。"))
    elif outline is None:
        found.append(("日期", "这一天还没有起用的要点模板，请联系区级编制。"))
    elif steps is None:
        found.append(("已做要点", "有的序号不在要点模板里，请填“1、2、3”这样的序号或“全部”。"))
    if row.people < 1:
        found.append(("参加人数", "参加人数至少为1，请改正。"))
    return found


def _ready(
    row: Row, org_id: int, outline: Outline, steps: tuple[int, ...]
) -> services.ReadyCeremony:
    return services.ReadyCeremony(
        kind=row.kind,
        org_id=org_id,
        day=row.day,
        place=row.place,
        people=row.people,
        leaders=row.leaders,
        again=row.again or "",
        outline_id=outline.pk,
        steps=steps,
    )


CEREMONIES = Sheet(
    slug="pioneers.ceremonies",
    label="入团教育和入队仪式",
    act=Act.REGISTER,
    page="pioneers:ceremonies",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.enter_many,
    notes=("导入后是草稿：到每场的页面上传照片，再在列表里勾选提交。",),
    out=Outward(
        lines=lambda rows: rows.exclude(state="cancelled"),
        left_out="已取消的不在导出的范围内；已做要点请看每场的页面。",
    ),
)

SHEETS = (CEREMONIES,)

"""The units of a body with their delegates, as a workbook brings them in."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.systems.meetings import queries, services
from qinghe.systems.meetings.access import Act

COLUMNS = (
    Column("body", "会议机构", cells.text_up_to(80), example="龙岗区青少年工作党政联席会议"),
    Column("name", "单位名称", cells.text_up_to(80), example="区教育部门"),
    Column("org", "组织代码", cells.code, required=False, hint="是本平台组织的填，外单位不填"),
    Column("delegate", "代表姓名", cells.text_up_to(40), example="程某"),
    Column("duty", "职务", cells.text_up_to(60), example="副局长"),
    Column("joined_on", "加入日期", cells.day, example="2021-07-01"),
)


class Row(NamedTuple):
    """One unit with its delegate."""

    line: int
    body: str
    name: str
    org: str | None
    delegate: str
    duty: str
    joined_on: date


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyUnit]:
    """Check the whole file in three questions; every line becomes a unit with its delegate."""
    bodies = queries.body_keys(actor)
    orgs = queries.org_keys(actor, {row.org for row in rows if row.org})
    there = queries.standing_units(actor)
    twice = Counter((row.body, row.name) for row in rows)
    resolved: Resolved[services.ReadyUnit] = Resolved()
    for row in rows:
        found = []
        body = bodies.get(row.body)
        if body is None:
            found.append(("会议机构", f"“{row.body}”不是您办理的会议机构，请核对名称。"))
        elif (body, row.name) in there or twice[row.body, row.name] > 1:
            found.append(("单位名称", "这个单位已经在册，或者本文件中写了两次，请只保留一行。"))
        if row.org and row.org not in orgs:
            found.append(("组织代码", f"没有代码为{row.org}的组织，请核对；外单位不填。"))
        if row.joined_on > local_day(at):
            found.append(("加入日期", "加入日期不能晚于今天，请改正。"))
        resolved.problems.extend(Problem(row.line, column, why) for column, why in found)
        if not found and body is not None:
            resolved.ready.append(_ready(row, body=body, unit=orgs.get(row.org or "")))
    return resolved


def _ready(row: Row, *, body: int, unit: int | None) -> services.ReadyUnit:
    return services.ReadyUnit(
        body_id=body,
        name=row.name,
        unit_id=unit,
        joined_on=row.joined_on,
        delegate=row.delegate,
        duty=row.duty,
    )


UNITS = Sheet(
    slug="meetings.units",
    label="成员单位名册",
    act=Act.RUN,
    page="meetings:bodies",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.admit_many,
    notes=("会议机构先在“会议机构”中登记；代表换人在成员单位页办理。",),
)

SHEETS = (UNITS,)

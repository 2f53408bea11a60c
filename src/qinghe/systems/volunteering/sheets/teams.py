from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import check_not_future, local_day
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import TeamState

from . import lines

COLUMNS = (
    Column("code", "队伍编号", cells.code, example="TD000001", read="code"),
    Column("name", "队伍名称", cells.text_up_to(80), example="红棉社区志愿服务队", read="name"),
    Column("org", "主组织代码", cells.code, example="440307017", read="org__code"),
    Column("applied_on", "申请日期", cells.day, example="2022-02-01", read="applied_on"),
    Column(
        "approved_on",
        "审核日期",
        cells.day,
        required=False,
        hint="留空表示尚未审核",
        example="2022-02-10",
        read="approved_on",
    ),
)
CODE, _, ORG, APPLIED, APPROVED = (column.label for column in COLUMNS)


class Row(NamedTuple):
    """One line of the ledger."""

    line: int
    code: str
    name: str
    org: str
    applied_on: date
    approved_on: date | None


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyTeam]:
    """Check the whole file in three questions; a line becomes a team or an application."""
    found = lines.Findings()
    mine = queries.org_ids_where(actor, Act.UPLOAD)
    known = queries.org_codes_taken(actor, {row.org for row in rows} - mine.keys())
    taken = queries.team_codes_taken(actor, {row.code for row in rows})
    twice = lines.repeated(row.code for row in rows)
    today = local_day(at)
    ready = []
    for row in rows:
        lines.check_new_key(
            found, line=row.line, column=CODE, key=row.code, twice=twice, taken=taken
        )
        lines.check_org(found, line=row.line, column=ORG, code=row.org, mine=mine, known=known)
        _check_days(found, row, today=today)
        if found.spare(row.line):
            ready.append(
                services.ReadyTeam(
                    row.code, row.name, mine[row.org], row.applied_on, row.approved_on
                )
            )
    return Resolved(ready, found.problems)


def _check_days(found: lines.Findings, row: Row, *, today: date) -> None:
    found.check(
        row.line,
        APPLIED,
        lambda: check_not_future(day=row.applied_on, today=today, what="申请"),
    )
    approved_on = row.approved_on
    if approved_on is None:
        return
    found.check(
        row.line,
        APPROVED,
        lambda: rules.check_order(first=row.applied_on, then=approved_on, what="审核"),
    )
    found.check(
        row.line,
        APPROVED,
        lambda: check_not_future(day=approved_on, today=today, what="审核"),
    )


TEAMS = Sheet(
    slug="volunteering.teams",
    label="志愿者队伍台账",
    act=Act.UPLOAD,
    page="volunteering:teams",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.found_many,
    notes=("审核日期留空的，导入后为待审核。",),
    out=Outward(
        lines=lambda rows: rows.filter(state__in=(TeamState.APPLIED, TeamState.APPROVED)),
        left_out="未通过和已注销的队伍不在导入模板的范围内。",
    ),
)

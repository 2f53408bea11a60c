from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import SessionState

from . import lines

COLUMNS = (
    Column("code", "场次编号", cells.code, example="CC0000001", read="code"),
    Column("title", "活动名称", cells.text_up_to(120), example="周末公园净滩", read="title"),
    Column("org", "主办组织代码", cells.code, example="440307017", read="org__code"),
    Column("team", "队伍编号", cells.code, required=False, example="TD000001", read="team__code"),
    Column("place", "地点", cells.text_up_to(160), example="横岗街道人民公园北门", read="place"),
    Column("starts_at", "开始时间", cells.moment, example="2022-05-04 09:00", read="starts_at"),
    Column("ends_at", "结束时间", cells.moment, example="2022-05-04 12:00", read="ends_at"),
)
CODE, TITLE, ORG, TEAM, *_ = (column.label for column in COLUMNS)


class Row(NamedTuple):
    """One line of the ledger."""

    line: int
    code: str
    title: str
    org: str
    team: str | None
    place: str
    starts_at: datetime
    ends_at: datetime


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadySession]:
    """Check the whole file in four questions; sessions that are over are let in here (V-33)."""
    found = lines.Findings()
    mine = queries.org_ids_where(actor, Act.UPLOAD)
    known = queries.org_codes_taken(actor, {row.org for row in rows} - mine.keys())
    taken = queries.session_codes_taken(actor, {row.code for row in rows})
    teams = queries.team_ids_by_code(actor, {row.team for row in rows if row.team})
    twice = lines.repeated(row.code for row in rows)
    ready = []
    for row in rows:
        lines.check_new_key(
            found, line=row.line, column=CODE, key=row.code, twice=twice, taken=taken
        )
        lines.check_org(found, line=row.line, column=ORG, code=row.org, mine=mine, known=known)
        if row.team and row.team not in teams:
            found.add(row.line, TEAM, f"没有编号为{row.team}的已成立队伍，请核对。")
        _check_session(found, row)
        if found.spare(row.line):
            ready.append(
                services.ReadySession(
                    row.code,
                    row.title,
                    mine[row.org],
                    teams[row.team] if row.team else None,
                    row.place,
                    row.starts_at,
                    row.ends_at,
                )
            )
    return Resolved(ready, found.problems)


def _check_session(found: lines.Findings, row: Row) -> None:
    found.check(
        row.line,
        "",
        lambda: rules.check_session(title=row.title, starts_at=row.starts_at, ends_at=row.ends_at),
    )


SESSIONS = Sheet(
    slug="volunteering.sessions",
    label="志愿服务场次台账",
    act=Act.UPLOAD,
    page="volunteering:sessions",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.publish_many,
    out=Outward(
        lines=lambda rows: rows.filter(state=SessionState.PUBLISHED),
        left_out="已取消的场次不在导入模板的范围内；签到记录另有台账。",
    ),
    notes=("已经开始的场次由此补录，记录上会标明是补录。", "活动名称不能含“补录”二字。"),
)

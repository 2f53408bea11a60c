from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import check_not_future, local_day
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import KnownTeam

from . import lines

COLUMNS = (
    Column("team", "队伍编号", cells.code, example="TD000001"),
    Column("volunteer", "志愿者编号", cells.code, example="ZY0000001"),
    Column("joined_on", "加入日期", cells.day, example="2022-03-01"),
)
TEAM, VOLUNTEER, JOINED = (column.label for column in COLUMNS)


class Row(NamedTuple):
    """One line of the ledger."""

    line: int
    team: str
    volunteer: str
    joined_on: date


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyMember]:
    """Check the whole file in three questions; a line becomes a member of a team (V-23)."""
    found = lines.Findings()
    teams = queries.teams_by_code(actor, {row.team for row in rows})
    volunteers = queries.volunteer_ids_by_number(actor, {row.volunteer for row in rows})
    there = queries.places_in_teams(actor, {team.pk for team in teams.values()})
    twice = lines.repeated((row.team, row.volunteer) for row in rows)
    today = local_day(at)
    ready = []
    for row in rows:
        team, volunteer_id = _team(found, row, teams=teams), volunteers.get(row.volunteer)
        if volunteer_id is None:
            found.add(row.line, VOLUNTEER, f"没有编号为{row.volunteer}的注册志愿者，请核对。")
        if (row.team, row.volunteer) in twice:
            found.add(row.line, VOLUNTEER, "同一人在同一队伍出现多行，请只保留一行。")
        if team is None or volunteer_id is None:
            continue
        if (team.pk, volunteer_id) in there:
            found.add(row.line, VOLUNTEER, f"{row.volunteer}已在这支队伍或正在申请，请删去这一行。")
        _check_days(found, row, approved_on=team.approved_on, today=today)
        if found.spare(row.line):
            ready.append(services.ReadyMember(team.pk, volunteer_id, row.joined_on))
    return Resolved(ready, found.problems)


def _team(found: lines.Findings, row: Row, *, teams: dict[str, KnownTeam]) -> KnownTeam | None:
    """Return the team that a line names, or say why it takes nobody."""
    team = teams.get(row.team)
    if team is None or not team.reachable:
        found.add(row.line, TEAM, f"您的范围内没有编号为{row.team}的队伍，请核对。")
    elif not team.stands:
        found.add(row.line, TEAM, f"队伍{row.team}尚未成立、已暂停或已注销，不能登记成员。")
    else:
        return team
    return None


def _check_days(found: lines.Findings, row: Row, *, approved_on: date | None, today: date) -> None:
    found.check(
        row.line, JOINED, lambda: check_not_future(day=row.joined_on, today=today, what="加入")
    )
    if approved_on is not None:
        found.check(
            row.line,
            JOINED,
            lambda: rules.check_order(first=approved_on, then=row.joined_on, what="加入"),
        )


TEAM_MEMBERS = Sheet(
    slug="volunteering.team_members",
    label="队伍成员台账",
    act=Act.UPLOAD,
    page="volunteering:teams",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.join_many,
    notes=(
        "每行是一名已经在队的成员；加入日期不早于队伍成立的日期。",
        "负责人和副负责人导入后在队伍页办理；导入后会通知本人。",
    ),
)

"""The lecturers of teams as a workbook brings them in."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.systems.training import queries, services
from qinghe.systems.training.access import Act

COLUMNS = (
    Column("team", "讲师队编号", cells.code, example="PGY", read="team__code"),
    Column(
        "number",
        "人员编号",
        cells.text_up_to(20),
        required=False,
        hint="平台内的人员填编号",
        read="person__number",
    ),
    Column(
        "name",
        "外请讲师姓名",
        cells.text_up_to(40),
        required=False,
        hint="不在平台内的填姓名，和人员编号只填一项",
        example="程老师",
        read="name",
    ),
    Column("subjects", "擅长领域", cells.text_up_to(120), example="垃圾分类", read="subjects"),
    Column("sender", "派出单位", cells.text_up_to(80), example="区生态环境部门", read="sender"),
    Column("joined_on", "入队日期", cells.day, example="2022-03-01", read="joined_on"),
)


class Row(NamedTuple):
    """One line of the roll of lecturers."""

    line: int
    team: str
    number: str | None
    name: str | None
    subjects: str
    sender: str
    joined_on: date


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyLecturer]:
    """Check the whole file in three questions; every line becomes a lecturer in a team."""
    teams = queries.team_keys(actor)
    people = queries.people_numbered(actor, {row.number for row in rows if row.number})
    there = queries.in_their_teams(actor)
    twice = Counter((row.team, row.number or row.name) for row in rows)
    resolved: Resolved[services.ReadyLecturer] = Resolved()
    for row in rows:
        found = _check_itself(row, today=local_day(at), people=people)
        team = teams.get(row.team)
        if team is None:
            found.append(("讲师队编号", f"{row.team}不是您管理的讲师队，请核对。"))
        key = (team, people.get(row.number or ""), row.name or "")
        if key in there or twice[row.team, row.number or row.name] > 1:
            found.append(("", "这位讲师已经在队，或者本文件中写了两次，请只保留一行。"))
        resolved.problems.extend(Problem(row.line, column, why) for column, why in found)
        if not found and team is not None:
            resolved.ready.append(
                services.ReadyLecturer(
                    team_id=team,
                    person_id=key[1],
                    name=key[2],
                    subjects=row.subjects,
                    sender=row.sender,
                    joined_on=row.joined_on,
                )
            )
    return resolved


def _check_itself(row: Row, *, today: date, people: dict[str, int]) -> list[tuple[str, str]]:
    found = []
    if bool(row.number) == bool(row.name):
        found.append(("人员编号", "人员编号和外请讲师姓名填一项，不能都填，也不能都不填。"))
    if row.number and row.number not in people:
        found.append(("人员编号", f"没有编号为{row.number}的人员，请核对。"))
    if row.joined_on > today:
        found.append(("入队日期", "入队日期不能晚于今天，请改正。"))
    return found


LECTURERS = Sheet(
    slug="training.lecturers",
    label="讲师名册",
    act=Act.SEND,
    page="training:lecturers",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.take_in_many,
    notes=("讲师队、宣讲团先在“培训项目”中设立，编号见项目页。",),
    out=Outward(
        lines=lambda rows: rows.filter(left_on__isnull=True),
        left_out="已离队的讲师不在导入模板的范围内。",
    ),
)

SHEETS = (LECTURERS,)

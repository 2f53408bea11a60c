from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import KnownTraining

from . import lines

COLUMNS = (
    Column("title", "培训名称", cells.text_up_to(120), example="2022年春季头雁培训"),
    Column("org", "主办组织代码", cells.code, example="440307017"),
    Column("day", "结业日期", cells.day, example="2022-04-16"),
    Column("volunteer", "志愿者编号", cells.code, example="ZY0000001"),
)
TITLE, _, DAY, VOLUNTEER = (column.label for column in COLUMNS)


class Row(NamedTuple):
    """One line of the ledger."""

    line: int
    title: str
    org: str
    day: date
    volunteer: str


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyCredit]:
    """Check the whole file in three questions; a line becomes what somebody earned (S058, S101)."""
    found = lines.Findings()
    trainings = queries.trainings_named(actor, {row.title for row in rows})
    volunteers = queries.volunteer_ids_by_number(actor, {row.volunteer for row in rows})
    credited = queries.credited(actor, {one.pk for held in trainings.values() for one in held})
    twice = lines.repeated((row.title, row.org, row.day, row.volunteer) for row in rows)
    today = local_day(at)
    ready = []
    for row in rows:
        training = _training(found, row, named=trainings, today=today)
        volunteer_id = volunteers.get(row.volunteer)
        if volunteer_id is None:
            found.add(row.line, VOLUNTEER, f"没有编号为{row.volunteer}的注册志愿者，请核对。")
        if (row.title, row.org, row.day, row.volunteer) in twice:
            found.add(row.line, VOLUNTEER, "同一人在同一次培训出现多行，请只保留一行。")
        if training is None or volunteer_id is None:
            continue
        if (training.pk, volunteer_id) in credited:
            found.add(row.line, VOLUNTEER, f"{row.volunteer}这次培训的学时已登记过，请删去这一行。")
        if found.spare(row.line):
            ready.append(services.ReadyCredit(training.pk, volunteer_id, training.quarters))
    return Resolved(ready, found.problems)


def _training(
    found: lines.Findings,
    row: Row,
    *,
    named: dict[tuple[str, str, date], list[KnownTraining]],
    today: date,
) -> KnownTraining | None:
    """Return the one training that a line means, or say why there is none."""
    meant = named.get((row.title, row.org, row.day), [])
    if not meant:
        found.add(row.line, TITLE, "您的范围内没有这次有效的培训，请先登记培训，或核对名称和日期。")
        return None
    if len(meant) > 1:
        found.add(row.line, TITLE, "同一天有多次同名培训，分不清是哪一次，请在培训页登记学时。")
        return None
    found.check(row.line, DAY, lambda: rules.check_held(day=row.day, today=today))
    return meant[0]


CREDITS = Sheet(
    slug="volunteering.credits",
    label="培训学时台账",
    act=Act.UPLOAD,
    page="volunteering:trainings",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.credit_many,
    notes=("每行是一人参加的一次培训；培训须先登记，学时按培训的学时计。",),
)

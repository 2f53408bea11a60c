"""The meetings of branches as a workbook brings them in."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.branches import queries, rules, services
from qinghe.systems.branches.access import Act

COLUMNS = (
    Column("org", "支部代码", cells.code, example="440307017901-T1", read="org__code"),
    Column(
        "kind",
        "类别",
        cells.choice(queries.MeetingKind),
        example="支部大会",
        read="get_kind_display",
    ),
    Column("day", "日期", cells.day, example="2022-03-18", read="day"),
    Column("topic", "主题", cells.text_up_to(120), example="一季度支部大会", read="topic"),
    Column("present", "实到", cells.whole, example="18", read="present"),
    Column(
        "entitled",
        "应到",
        cells.whole,
        required=False,
        hint="不填就按当日名册计；团小组会须填写",
        example="20",
        read="entitled",
    ),
    Column("place", "地点", cells.text_up_to(120), required=False, read="place"),
    Column(
        "quarters",
        "学时（刻）",
        cells.whole,
        required=False,
        hint="只有团课填写，1学时填4",
        read="quarters",
    ),
    Column(
        "speaker",
        "主讲人",
        cells.text_up_to(40),
        required=False,
        hint="只有团课填写",
        read="speaker",
    ),
    Column("notes", "会议记录", cells.text_up_to(4000), required=False, read="notes"),
)


class Row(NamedTuple):
    """One line of the ledger of meetings."""

    line: int
    org: str
    kind: str
    day: date
    topic: str
    present: int
    entitled: int | None
    place: str | None
    quarters: int | None
    speaker: str | None
    notes: str | None


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.NewMeeting]:
    """Check the whole file; the rolls are asked once for each kind and day that stand in it."""
    codes = {row.org for row in rows}
    orgs = {one.code: one for one in queries.branches_for(actor, Act.RECORD) if one.code in codes}
    there = queries.there_already(actor, [one.pk for one in orgs.values()])
    rolls = _rolls(actor, rows, orgs)
    twice = Counter((row.org, row.kind, row.day, row.topic) for row in rows)
    resolved: Resolved[services.NewMeeting] = Resolved()
    for row in rows:
        org = orgs.get(row.org)
        if org is None:
            why = f"{row.org}不是您管理的支部，请核对。"
            resolved.problems.append(Problem(row.line, "支部代码", why))
            continue
        is_twice = twice[row.org, row.kind, row.day, row.topic] > 1
        if is_twice or (org.pk, row.kind, row.day, row.topic) in there:
            why = "这次会议已经登记过，或者本文件中写了两次，请只保留一行。"
            resolved.problems.append(Problem(row.line, "", why))
            continue
        new = _new(row, org)
        if new.entitled is None:
            new = replace(new, entitled=rolls.get((row.kind, row.day), {}).get(org.pk, 0))
        try:
            rules.check_meeting(new, today=local_day(at))
        except Refused as refusal:
            resolved.problems.append(Problem(row.line, "", refusal.reason))
            continue
        resolved.ready.append(new)
    return resolved


def _rolls(
    actor: Actor, rows: Sequence[Row], orgs: dict[str, Org]
) -> dict[tuple[str, date], dict[int, int]]:
    asked: dict[tuple[str, date], set[int]] = {}
    for row in rows:
        if row.entitled is None and row.org in orgs:
            asked.setdefault((row.kind, row.day), set()).add(orgs[row.org].pk)
    return {
        (kind, day): queries.entitled_on(actor, keys, kind=kind, day=day)
        for (kind, day), keys in asked.items()
    }


def _new(row: Row, org: Org) -> services.NewMeeting:
    return services.NewMeeting(
        org=org,
        kind=row.kind,
        day=row.day,
        topic=row.topic,
        present=row.present,
        entitled=row.entitled,
        place=row.place or "",
        quarters=row.quarters,
        speaker=row.speaker or "",
        notes=row.notes or "",
    )


MEETINGS = Sheet(
    slug="branches.meetings",
    label="支部会议台账",
    act=Act.RECORD,
    page="branches:meetings",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.record_many,
    notes=("支部大会到会没有超过应到半数的也登记，保留但不计入统计（T-40）。",),
    out=Outward(
        lines=lambda rows: rows.filter(state=queries.MeetingState.HELD),
        left_out="已作废的会议不在导入模板的范围内。",
    ),
)

SHEETS = (MEETINGS,)

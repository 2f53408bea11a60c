"""Where a school's graduates go, as a workbook brings it in: drafts, to be looked at and sent."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import TextChoices

from qinghe.edges.sheets import Column, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.transfers import queries, rules, services
from qinghe.systems.transfers.access import Act
from qinghe.systems.transfers.queries import Leaver


class Way(TextChoices):
    """Why graduates go; the other kinds are begun one by one."""

    STUDY = "study", "升学"
    WORK = "work", "就业"
    HOME = "home", "待业回社区"
    OTHER = "other", "其他调动"


COLUMNS = (
    Column("number", "人员编号", cells.text_up_to(20), example="M001"),
    Column("to", "转入组织代码", cells.code, example="XHKJ"),
    Column("kind", "类别", cells.choice(Way), example="就业"),
    Column(
        "term_on", "开学日期", cells.day, required=False, hint="升学的必填", example="2022-09-01"
    ),
    Column("note", "说明", cells.text_up_to(200), required=False),
)


class Row(NamedTuple):
    """One line of the list of graduates."""

    line: int
    number: str
    to: str
    kind: str
    term_on: date | None
    note: str | None


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyDraft]:
    """Check the whole file in a few questions; every line becomes a draft of the sending side."""
    leavers = queries.leavers_numbered(actor, {row.number for row in rows})
    others = queries.other_ways(actor, [leaver.person_id for leaver in leavers.values()])
    targets = queries.targets_coded(actor, {row.to.upper() for row in rows})
    twice = Counter(row.number for row in rows)
    resolved: Resolved[services.ReadyDraft] = Resolved()
    for row in rows:
        leaver, into = leavers.get(row.number), targets.get(row.to.upper())
        problems = [
            *_about_person(row, leaver, is_twice=twice[row.number] > 1, others=others),
            *_about_way(row, into, leaver=leaver),
        ]
        resolved.problems.extend(Problem(row.line, column, why) for column, why in problems)
        if not problems and leaver is not None and into is not None:
            resolved.ready.append(
                services.ReadyDraft(
                    leaver.person_id, leaver.org_id, into.pk, row.kind, row.term_on, row.note or ""
                )
            )
    return resolved


def _about_person(
    row: Row, leaver: Leaver | None, *, is_twice: bool, others: Mapping[int, str]
) -> list[tuple[str, str]]:
    if leaver is None:
        return [("人员编号", f"{row.number}不在您管理的团员名册上，请核对。")]
    if is_twice:
        return [("人员编号", f"{row.number}在本文件中写了两次，一人只列一行。")]
    if leaver.has_open:
        return [("人员编号", f"{row.number}已有一件没有办结的转接，请先办结或撤回。")]
    if leaver.is_abroad:
        return [("人员编号", f"{row.number}正在国（境）外学习，团籍保留在原学校；请先登记返回。")]
    if words := others.get(leaver.person_id):
        return [("人员编号", f"{row.number}有{words}，请等其办结后再办。")]
    return []


def _about_way(row: Row, into: Org | None, *, leaver: Leaver | None) -> list[tuple[str, str]]:
    if into is None or into.closed_on is not None:
        return [("转入组织代码", f"没有代码为{row.to}的组织，或者它已撤销，请核对。")]
    if leaver is not None and into.pk == leaver.org_id:
        return [("转入组织代码", f"{row.number}就在{into.name}，请另填转入组织。")]
    found = []
    try:
        rules.check_target(
            kind=row.kind,
            org_kind=into.kind,
            level=into.level,
            sector=into.sector,
            name=into.name,
        )
    except Refused as refusal:
        found.append(("转入组织代码", refusal.reason))
    try:
        rules.check_term(kind=row.kind, term_on=row.term_on)
    except Refused as refusal:
        found.append(("开学日期", refusal.reason))
    return found


GRADUATES = Sheet(
    slug="transfers.graduates",
    label="毕业生去向",
    act=Act.SEND,
    page="transfers:graduates",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.draft_many,
    notes=(
        "导入后成为草稿，在“毕业批量转出”中核对后一次提交。",
        "参军、转出本区、出国（境）的请逐人办理。",
    ),
)

SHEETS = (GRADUATES,)

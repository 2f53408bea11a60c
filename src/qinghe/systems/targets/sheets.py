"""The items of a list as a workbook brings them in: the number says in what an item stands."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.urls import reverse

from qinghe.edges.sheets import Column, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.verdicts import Refused
from qinghe.systems.targets import queries, rules, services
from qinghe.systems.targets.access import Act

YES = ("是", "否")
_BETWEEN = re.compile(r"[、，,；;]+")


def _number(value: object) -> str:
    """Return a number such as 1.2. Raises Refused: not_text, wrong_number."""
    written = cells.code(value)
    rules.path_of(written)
    return written


def _yes(value: object) -> bool:
    """Return whether a cell says yes. Raises Refused: not_a_choice."""
    written = cells.code(value)
    if written not in YES:
        raise Refused("not_a_choice", f"应填“是”或“否”，不能是“{written}”。")
    return written == YES[0]


def _amount(value: object) -> Decimal:
    """Return a number of at most two decimals. Raises Refused: not_text, wrong_amount."""
    written = cells.code(value)
    try:
        amount = Decimal(written)
        is_right = 0 <= amount < 10**12 and amount == round(amount, 2)
    except InvalidOperation:
        is_right = False
    if not is_right:
        raise Refused("wrong_amount", f"应填不小于0、最多两位小数的数，不能是“{written}”。")
    return amount


COLUMNS = (
    Column("list_id", "清单编号", cells.whole, hint="在清单页面查看", example="12"),
    Column(
        "number",
        "序号",
        _number,
        hint="1是方面，1.2是举措，1.2.3是任务；请设为文本格式",
        example="1.2",
    ),
    Column("title", "内容", cells.text_up_to(200), example="推动街道团的组织全覆盖"),
    Column(
        "lead",
        "牵头单位",
        cells.text_up_to(80),
        required=False,
        hint="组织代码或完整名称",
        example="440307017",
    ),
    Column(
        "joints",
        "配合单位",
        cells.text,
        required=False,
        hint="几个之间用顿号隔开",
        example="440307013、440307014",
    ),
    Column("is_open", "开放认领", _yes, required=False, hint="填是或否", example="否"),
    Column("starts_on", "开始日期", cells.day, required=False, example="2022-03-01"),
    Column("due_on", "完成时限", cells.day, required=False, example="2022-12-31"),
    Column("deliverable", "成果", cells.text_up_to(200), required=False, example="工作方案"),
    Column("code", "指标编码", cells.code, required=False, example="VOL-30"),
    Column("target", "目标值", _amount, required=False, example="20"),
    Column("unit", "单位", cells.text_up_to(12), required=False, example="支"),
)


class Row(NamedTuple):
    """One item."""

    line: int
    list_id: int
    number: str
    title: str
    lead: str | None
    joints: str | None
    is_open: bool | None
    starts_on: date | None
    due_on: date | None
    deliverable: str | None
    code: str | None
    target: Decimal | None
    unit: str | None


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyItem]:
    """Check the whole file in three questions: the lists, what stands in them, who is named."""
    lists = queries.kept_by(actor).select_related("org").in_bulk({row.list_id for row in rows})
    standing = queries.places_in(actor, lists)
    known = queries.orgs_named(actor, {name for row in rows for name in _names(row)})
    twice = Counter((row.list_id, rules.path_of(row.number)) for row in rows)
    resolved: Resolved[services.ReadyItem] = Resolved()
    for row in rows:
        task_list = lists.get(row.list_id)
        path = rules.path_of(row.number)
        found = [*_said(actor, row), *_place(row, path=path, standing=standing)]
        if task_list is None:
            found = [("清单编号", f"{row.list_id}不是您编制、没有办结的清单，请核对。")]
        else:
            found += _orgs(row, under=task_list.org, known=known)
        if twice[row.list_id, path] > 1:
            found.append(("序号", "本文件中写了两次，请只保留一行；1.10请设为文本格式。"))
        standing[row.list_id, path] = True
        resolved.problems.extend(Problem(row.line, column, why) for column, why in found)
        if not found and task_list is not None:
            resolved.ready.append(_ready(row, under=task_list.org, known=known))
    return resolved


def _names(row: Row) -> list[str]:
    named = [row.lead or "", *_BETWEEN.split(row.joints or "")]
    return [name.strip() for name in named if name.strip()]


def _said(actor: Actor, row: Row) -> Iterable[tuple[str, str]]:
    try:
        rules.check_days(starts_on=row.starts_on, due_on=row.due_on)
        rules.check_leads(has_lead=bool(row.lead), is_open=bool(row.is_open))
        rules.check_target(target=row.target, unit=row.unit or "", code=row.code or "")
        queries.check_code(actor, row.code or "")
    except Refused as refused:
        yield "", refused.reason


def _place(
    row: Row, *, path: str, standing: Mapping[tuple[int, str], bool]
) -> Iterable[tuple[str, str]]:
    """Say what is wrong with a place; what stands is by list and path, dropped ones said so."""
    parent = rules.above(path)
    if (row.list_id, path) in standing:
        yield "序号", f"{row.number}已经在清单里，没有重复列入；要改请在任务页面办理。"
    if parent and not standing.get((row.list_id, parent), False):
        yield "序号", f"{row.number}的上一级不在清单里，也不在它前面的行里。"


def _orgs(row: Row, *, under: Org, known: Mapping[str, list[Org]]) -> Iterable[tuple[str, str]]:
    for name in _names(row):
        fits = _fits(name, under=under, known=known)
        if len(fits) != 1:
            why = "有几个同名，请改填组织代码" if fits else f"不是{under.name}下面在册的组织"
            yield "牵头单位" if name == row.lead else "配合单位", f"{name}{why}，请核对。"
    if row.lead and _names(row).count(row.lead.strip()) > 1:
        yield "配合单位", "牵头单位不用再列为配合单位，请去掉一处。"


def _fits(name: str, *, under: Org, known: Mapping[str, list[Org]]) -> list[Org]:
    return [org for org in known.get(name, []) if org.path.startswith(under.path)]


def _ready(row: Row, *, under: Org, known: Mapping[str, list[Org]]) -> services.ReadyItem:
    lead = row.lead.strip() if row.lead else ""
    orgs = {name: _fits(name, under=under, known=known)[0] for name in _names(row)}
    new = services.NewItem(
        title=row.title,
        number=row.number,
        lead=orgs.pop(lead, None),
        joints=list(orgs.values()),
        is_open=bool(row.is_open),
        starts_on=row.starts_on,
        due_on=row.due_on,
        deliverable=row.deliverable or "",
        code=row.code or "",
        target=row.target,
        unit=row.unit or "",
    )
    return services.ReadyItem(row.list_id, new)


ITEMS = Sheet(
    slug="targets.items",
    label="任务清单条目",
    act=Act.KEEP,
    page="targets:lists",
    stands=lambda item: reverse("targets:list", args=[item.list_id]),
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.enter_items,
    notes=(
        "清单先在“任务清单”中建立，编号见清单页；方面写在举措前面，举措写在任务前面。",
        "已经在清单里的序号不由表格改。",
    ),
)

SHEETS = (ITEMS,)

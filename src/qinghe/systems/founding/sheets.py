"""The roll of units as a workbook brings it in; what is known by its credit code is corrected."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import Industry, NewOrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused
from qinghe.systems.founding import queries, rules, services
from qinghe.systems.founding.access import Act
from qinghe.systems.founding.queries import Unit, Way

YES = ("是", "否")


def _yes(value: object) -> bool:
    """Return whether a cell says yes. Raises Refused: not_a_choice."""
    written = cells.code(value)
    if written not in YES:
        raise Refused("not_a_choice", f"应填“是”或“否”，不能是“{written}”。")
    return written == YES[0]


def _credit_code(value: object) -> str:
    """Return a credit code as it is kept. Raises Refused: not_text, bad_credit_code."""
    return identifiers.check_credit_code(cells.code(value))


COLUMNS = (
    Column("name", "单位名称", cells.text_up_to(80), example="禾光印务有限公司", read="name"),
    Column(
        "credit_code",
        "统一社会信用代码",
        _credit_code,
        hint="名册按它认单位：已有的更正，没有的新增",
        example="91440307MA5F00010D",
        read="credit_code",
    ),
    Column("org", "街道或社区代码", cells.code, example="440307017001", read="org__code"),
    Column(
        "kind",
        "单位类别",
        cells.choice(NewOrgKind),
        example="非公有制经济组织",
        read="get_kind_display",
    ),
    Column("is_internet", "互联网行业", _yes, hint="填是或否", example="否", read="internet"),
    Column(
        "industry",
        "牵引团工委",
        cells.choice(Industry),
        example="非公经济组织团工委",
        read="get_industry_display",
    ),
    Column(
        "way",
        "牵引路径",
        cells.choice(Way),
        required=False,
        example="行业推动",
        read="get_way_display",
    ),
    Column("employees", "从业人数", cells.whole, example="46", read="employees"),
    Column("youths", "35岁及以下人数", cells.whole, example="20", read="youths"),
    Column("members", "团员数", cells.whole, example="4", read="members"),
)


class Row(NamedTuple):
    """One line of the roll of units."""

    line: int
    name: str
    credit_code: str
    org: str
    kind: str
    is_internet: bool
    industry: str
    way: str | None
    employees: int
    youths: int
    members: int


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyUnit]:
    """Check the whole file in three questions; what has not changed is passed over."""
    places = queries.place_keys(actor)
    known = queries.units_coded(actor, {row.credit_code for row in rows})
    twice = Counter(row.credit_code for row in rows)
    resolved: Resolved[services.ReadyUnit] = Resolved()
    for row in rows:
        found = _problems(row, places=places, known=known, times=twice[row.credit_code])
        resolved.problems.extend(Problem(row.line, column, why) for column, why in found)
        if not found:
            resolved.ready.append(_ready(row, places=places, known=known))
    return resolved


def _problems(
    row: Row,
    *,
    places: Mapping[str, Org],
    known: Mapping[str, tuple[Unit, bool]],
    times: int,
) -> list[tuple[str, str]]:
    found = []
    if row.org not in places:
        found.append(("街道或社区代码", f"{row.org}不是您管理的街道或社区，请核对。"))
    if times > 1:
        found.append(("统一社会信用代码", "本文件中写了两次，请只保留一行。"))
    if row.credit_code in known and not known[row.credit_code][1]:
        found.append(("统一社会信用代码", "这个单位已由别处登记，不在您的管理范围，请联系团区委。"))
    try:
        rules.check_numbers(employees=row.employees, youths=row.youths, members=row.members)
        rules.check_leads(industry=row.industry, kind=row.kind, is_internet=row.is_internet)
    except Refused as refused:
        found.append(("", refused.reason))
    if min(row.employees, row.youths, row.members) < 0:
        found.append(("", "人数不能小于0，请改正。"))
    return found


def _ready(
    row: Row, *, places: Mapping[str, Org], known: Mapping[str, tuple[Unit, bool]]
) -> services.ReadyUnit:
    new = services.NewUnit(
        name=row.name,
        credit_code=row.credit_code,
        kind=row.kind,
        industry=row.industry,
        org=places[row.org],
        is_internet=row.is_internet,
        way=row.way or "",
        employees=row.employees,
        youths=row.youths,
        members=row.members,
    )
    unit = known[row.credit_code][0] if row.credit_code in known else None
    return services.ReadyUnit(unit.pk if unit else None, new)


UNITS = Sheet(
    slug="founding.units",
    label="两新单位名册",
    act=Act.KEEP,
    page="founding:units",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.enter_many,
    notes=("建团状态不由表格改：在单位页面和建团申请中办理。",),
    out=Outward(
        lines=lambda rows: rows.filter(state__in=queries.BLANK),
        left_out="已建团和已注销的单位不在导入模板的范围内。",
    ),
)

SHEETS = (UNITS,)

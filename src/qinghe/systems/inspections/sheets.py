"""Points as a workbook brings them in: the whole file against itself and the books."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.inspections import queries, rules, services
from qinghe.systems.inspections.access import Act

SIX_PLACES = Decimal("0.000001")


def degrees(value: object) -> Decimal:
    """Return degrees of latitude or longitude. Raises Refused: not_degrees."""
    try:
        found = Decimal(str(value).strip()).quantize(SIX_PLACES)
    except InvalidOperation as error:
        raise Refused("not_degrees", "应填小数度数，如 22.720968。") from error
    if abs(found) > 180:
        raise Refused("not_degrees", "度数应在-180到180之间。")
    return found


COLUMNS = (
    Column("code", "点位编号", cells.code, example="HG-001", read="code"),
    Column("name", "名称", cells.text_up_to(60), example="横岗地铁口服务点", read="name"),
    Column("kind", "类别", cells.text_up_to(20), example="志愿服务站点", read="kind__label"),
    Column("org", "责任单位代码", cells.code, example="440307017", read="org__code"),
    Column("address", "地点", cells.text_up_to(160), example="横岗街道红棉路1号", read="address"),
    Column("latitude", "纬度", degrees, required=False, example="22.642100", read="latitude"),
    Column("longitude", "经度", degrees, required=False, example="114.199300", read="longitude"),
    Column("opened_on", "启用日期", cells.day, example="2022-01-01", read="opened_on"),
)


class Row(NamedTuple):
    """One line of the register."""

    line: int
    code: str
    name: str
    kind: str
    org: str
    address: str
    latitude: Decimal | None
    longitude: Decimal | None
    opened_on: date


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyPoint]:
    """Check the whole file in four questions."""
    mine = queries.org_ids_where(actor, Act.KEEP_POINTS)
    kinds = {kind.label: kind.pk for kind in queries.kinds(actor)}
    taken = queries.codes_taken(actor, {row.code for row in rows})
    named = queries.names_taken(actor, [mine[row.org] for row in rows if row.org in mine])
    codes = Counter(row.code for row in rows)
    names = Counter((row.org, row.name) for row in rows)
    resolved: Resolved[services.ReadyPoint] = Resolved()
    for row in rows:
        found = _check_itself(row, today=local_day(at))
        if row.kind not in kinds:
            found.append(("类别", f"没有“{row.kind}”这个类别，可填：{'、'.join(kinds)}。"))
        if row.org not in mine:
            found.append(("责任单位代码", f"{row.org}不在您登记点位的范围内，请核对。"))
        elif (mine[row.org], row.name) in named or names[row.org, row.name] > 1:
            found.append(("名称", f"这个单位已经有“{row.name}”，或者本文件中写了两次。"))
        if row.code in taken or codes[row.code] > 1:
            found.append(("点位编号", f"{row.code}已经用过，或者本文件中写了两次。"))
        resolved.problems.extend(Problem(row.line, column, why) for column, why in found)
        if not found:
            resolved.ready.append(_ready(row, kind_id=kinds[row.kind], org_id=mine[row.org]))
    return resolved


def _check_itself(row: Row, *, today: date) -> list[tuple[str, str]]:
    found = []
    try:
        rules.check_code(row.code)
        rules.check_map(latitude=row.latitude, longitude=row.longitude)
        rules.check_days(opened_on=row.opened_on, closed_on=None, today=today)
    except Refused as refusal:
        found.append(("", refusal.reason))
    if row.latitude is not None and abs(row.latitude) > 90:
        found.append(("纬度", "应在-90到90之间，是不是和经度写反了？"))
    return found


def _ready(row: Row, *, kind_id: int, org_id: int) -> services.ReadyPoint:
    return services.ReadyPoint(
        code=row.code,
        name=row.name,
        kind_id=kind_id,
        org_id=org_id,
        address=row.address,
        latitude=row.latitude,
        longitude=row.longitude,
        opened_on=row.opened_on,
    )


POINTS = Sheet(
    slug="inspections.points",
    label="点位台账",
    act=Act.KEEP_POINTS,
    page="inspections:points",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.enter_many,
    notes=("编号由大写字母、数字和短横组成，登记后不改。",),
    out=Outward(
        lines=lambda rows: rows.filter(closed_on__isnull=True),
        left_out="已停用的点位不在导入模板的范围内。",
    ),
)
SHEETS = (POINTS,)

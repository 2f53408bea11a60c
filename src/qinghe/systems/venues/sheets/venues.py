from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.lib.verdicts import Refused
from qinghe.systems.venues import queries, rules, services
from qinghe.systems.venues.access import Act

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
    Column("code", "阵地编号", cells.code, example="HG-01", read="code"),
    Column("name", "名称", cells.text_up_to(60), example="横岗志愿者之家", read="name"),
    Column("kind", "类别", cells.text_up_to(20), example="志愿者之家", read="kind__label"),
    Column("org", "管理单位代码", cells.code, example="440307017", read="org__code"),
    Column("address", "地址", cells.text_up_to(160), example="横岗街道红棉路1号", read="address"),
    Column("capacity", "容纳人数", cells.whole, example="60", read="capacity"),
    Column("functions", "功能", cells.text_up_to(200), example="培训、便民服务", read="functions"),
    Column(
        "contact",
        "工作联系方式",
        cells.text_up_to(80),
        required=False,
        hint="值班电话等，不填个人手机号",
        read="contact",
    ),
    Column("latitude", "纬度", degrees, required=False, example="22.642100", read="latitude"),
    Column("longitude", "经度", degrees, required=False, example="114.199300", read="longitude"),
)


class Row(NamedTuple):
    """One line of the register."""

    line: int
    code: str
    name: str
    kind: str
    org: str
    address: str
    capacity: int
    functions: str
    contact: str | None
    latitude: Decimal | None
    longitude: Decimal | None


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyVenue]:
    """Check the whole file in four questions; every line becomes a place to be prepared."""
    mine = queries.org_ids_where(actor, Act.KEEP)
    kinds = {kind.label: kind.pk for kind in queries.kinds(actor)}
    taken = queries.codes_taken(actor, {row.code for row in rows})
    named = queries.names_taken(actor, [mine[row.org] for row in rows if row.org in mine])
    codes = Counter(row.code for row in rows)
    names = Counter((row.org, row.name) for row in rows)
    resolved: Resolved[services.ReadyVenue] = Resolved()
    for row in rows:
        found = _check_itself(row)
        if row.kind not in kinds:
            found.append(("类别", f"没有“{row.kind}”这个类别，可填：{'、'.join(kinds)}。"))
        if row.org not in mine:
            found.append(("管理单位代码", f"{row.org}不在您管理阵地的范围内，请核对。"))
        elif (mine[row.org], row.name) in named or names[row.org, row.name] > 1:
            found.append(("名称", f"这个单位已经有“{row.name}”，或者本文件中写了两次。"))
        if row.code in taken or codes[row.code] > 1:
            found.append(("阵地编号", f"{row.code}已经用过，或者本文件中写了两次。"))
        resolved.problems.extend(Problem(row.line, column, why) for column, why in found)
        if not found:
            resolved.ready.append(_ready(row, kind_id=kinds[row.kind], org_id=mine[row.org]))
    return resolved


def _check_itself(row: Row) -> list[tuple[str, str]]:
    found = []
    try:
        rules.check_code(row.code)
        rules.check_map(latitude=row.latitude, longitude=row.longitude)
    except Refused as refusal:
        found.append(("", refusal.reason))
    if row.capacity < 1:
        found.append(("容纳人数", "至少为1，请改正。"))
    if row.latitude is not None and abs(row.latitude) > 90:
        found.append(("纬度", "应在-90到90之间，是不是和经度写反了？"))
    return found


def _ready(row: Row, *, kind_id: int, org_id: int) -> services.ReadyVenue:
    return services.ReadyVenue(
        code=row.code,
        name=row.name,
        kind_id=kind_id,
        org_id=org_id,
        address=row.address,
        capacity=row.capacity,
        functions=row.functions,
        contact=row.contact or "",
        latitude=row.latitude,
        longitude=row.longitude,
    )


VENUES = Sheet(
    slug="venues.venues",
    label="阵地名册",
    act=Act.KEEP,
    page="venues:venues",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.enter_many,
    notes=("导入后为筹备中；登记开放时间和房间后再办理开放。",),
    out=Outward(
        lines=lambda rows: rows.exclude(state=queries.VenueState.CLOSED),
        left_out="已关闭的阵地不在导入模板的范围内；房间、开放时间另行登记。",
    ),
)

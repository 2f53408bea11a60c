"""The list of organisations."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.kinds import Industry, Level, NewOrgKind, OrgKind, Sector
from qinghe.kernel.orgs.services import NewOrg
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.directory import queries, rules, services
from qinghe.systems.directory.access import Act
from qinghe.systems.directory.queries import Place

# Which heading a refusal of a rule belongs under; the others concern the whole line.
HEADINGS = {
    "bad_code": "组织代码",
    "code_taken": "组织代码",
    "twice_in_file": "组织代码",
    "unknown_parent": "上级代码",
    "parent_comes_later": "上级代码",
    "below_itself": "上级代码",
    "org_closed": "上级代码",
    "wrong_parent": "类型",
    "wrong_level": "层级",
    "industry_without_kind": "两新类别",
    "new_org_in_school": "领域",
    "in_future": "成立日期",
}


class OrgRow(NamedTuple):
    """A line of the list of organisations."""

    line: int
    code: str
    name: str
    kind: str
    level: str
    parent_code: str
    sector: str | None
    new_org_kind: str | None
    industry: str | None
    opened_on: date


def resolve_orgs(actor: Actor, rows: Sequence[OrgRow], at: datetime) -> Resolved[NewOrg]:
    """Check a whole list of organisations; a parent may stand earlier in the same list."""
    codes = {row.code for row in rows} | {row.parent_code for row in rows}
    places = queries.places_for(actor, Act.OPEN_ORG, codes)
    line_of: dict[str, int] = {}
    for row in rows:
        line_of.setdefault(row.code, row.line)
    kind_of: dict[str, str] = {}
    found: Resolved[NewOrg] = Resolved()
    for row in rows:
        new = NewOrg(
            code=row.code,
            name=row.name,
            kind=row.kind,
            level=row.level,
            opened_on=row.opened_on,
            parent_code=row.parent_code,
            sector=row.sector or "",
            new_org_kind=row.new_org_kind or "",
            industry=row.industry or "",
        )
        kind_of.setdefault(row.code, row.kind)
        try:
            _check_code_is_free(row, places=places, line_of=line_of)
            orgs.check_new(new=new, today=local_day(at))
            _check_parent(row, places=places, line_of=line_of, kind_of=kind_of)
        except Refused as refusal:
            heading = HEADINGS.get(refusal.code, "")
            found.problems.append(Problem(row.line, heading, refusal.reason))
        else:
            found.ready.append(new)
    return found


def write_orgs(
    *, ready: Sequence[NewOrg], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Write one chunk of organisations."""
    return len(services.open_orgs(new=ready, at=at, by=by, source=source))


def _check_code_is_free(
    row: OrgRow, *, places: Mapping[str, Place], line_of: Mapping[str, int]
) -> None:
    if line_of[row.code] != row.line:
        raise Refused("twice_in_file", f"组织代码{row.code}已在第{line_of[row.code]}行，不能重复。")
    if row.code in places:
        raise Refused("code_taken", f"组织代码{row.code}已被使用，请换一个代码。")


def _check_parent(
    row: OrgRow,
    *,
    places: Mapping[str, Place],
    line_of: Mapping[str, int],
    kind_of: Mapping[str, str],
) -> None:
    place = places.get(row.parent_code)
    if place is None:
        rules.check_parent_before(
            code=row.code, parent_code=row.parent_code, line=row.line, line_of=line_of
        )
        if row.parent_code not in kind_of:
            raise _unknown_parent(row.parent_code)
        above = kind_of[row.parent_code]
    elif not place.allowed:
        raise _unknown_parent(row.parent_code)
    else:
        org_rules.check_still_open(closed_on=place.org.closed_on, name=place.org.name)
        above = place.org.kind
    org_rules.check_place(kind=row.kind, level=row.level, parent_kind=above)


def _unknown_parent(code: str) -> Refused:
    return Refused("unknown_parent", f"上级代码{code}不存在，或不在您的工作范围内，请核对。")


ORGS = Sheet(
    slug="directory.orgs",
    label="组织",
    act=Act.UPLOAD,
    page="directory:orgs",
    columns=(
        Column(
            "code",
            "组织代码",
            cells.code,
            hint="数字、大写字母、连字符，不超过24位",
            example="LG-0001",
            read="code",
        ),
        Column("name", "组织名称", cells.text_up_to(80), example="红棉社区团支部", read="name"),
        Column("kind", "类型", cells.choice(OrgKind), example="团支部", read="get_kind_display"),
        Column("level", "层级", cells.choice(Level), example="基层", read="get_level_display"),
        Column(
            "parent_code",
            "上级代码",
            cells.code,
            hint="已有的组织，或本表前面的行",
            example="440307017001",
            read="parent__code",
        ),
        Column(
            "sector",
            "领域",
            cells.choice(Sector),
            required=False,
            example="社会领域",
            read="get_sector_display",
        ),
        Column(
            "new_org_kind",
            "两新类别",
            cells.choice(NewOrgKind),
            required=False,
            read="get_new_org_kind_display",
        ),
        Column(
            "industry",
            "行业团工委",
            cells.choice(Industry),
            required=False,
            read="get_industry_display",
        ),
        Column("opened_on", "成立日期", cells.day, example="2022-03-15", read="opened_on"),
    ),
    row=OrgRow,
    resolve=resolve_orgs,
    write=write_orgs,
    notes=("上级组织须已在系统中，或写在本表中下级组织之前。",),
    out=Outward(
        lines=lambda rows: rows.filter(closed_on=None, parent__isnull=False).order_by("path"),
        left_out="没有上级的组织、已撤销和已并入的组织不在导入模板的范围内。",
        at="",
    ),
)

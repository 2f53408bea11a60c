"""Spreadsheets in: organisations, members, cadres. Whole file checked, then written in chunks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.kinds import Industry, Level, NewOrgKind, OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.orgs.services import NewOrg
from qinghe.kernel.people import rules as people_rules
from qinghe.kernel.people.models import Service, Sex
from qinghe.kernel.people.services import NewPerson, NewPost
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused

from . import queries, rules, services
from .access import Act
from .queries import Known, Place
from .services import NewCadre, NewMember

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
PERSON_HEADINGS = {
    "other_person": "姓名",
    "unknown_org": "组织代码",
    "org_closed": "组织代码",
    "not_league": "组织代码",
    "too_young": "出生日期",
    "twice_in_file": "人员编号",
    "already_member": "人员编号",
    "already_appointed": "职务",
    "birth_in_future": "出生日期",
    "entry_in_future": "入册日期",
    "post_in_future": "任职日期",
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


class MemberRow(NamedTuple):
    """A line of the list of members."""

    line: int
    number: str
    name: str
    sex: str | None
    birth_date: date
    org_code: str
    starts_on: date


class CadreRow(NamedTuple):
    """A line of the list of cadres."""

    line: int
    number: str
    name: str
    sex: str | None
    birth_date: date | None
    org_code: str
    title: str
    service: str
    starts_on: date


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


def resolve_members(actor: Actor, rows: Sequence[MemberRow], at: datetime) -> Resolved[NewMember]:
    """Check a whole list of members (T-12; one organisation at a time)."""
    places = queries.places_for(actor, Act.KEEP_ROLL, [row.org_code for row in rows])
    known = queries.people_for(actor, [row.number for row in rows])
    today = local_day(at)
    first_line: dict[str, int] = {}
    found: Resolved[NewMember] = Resolved()
    for row in rows:
        earlier = first_line.setdefault(row.number, row.line)
        try:
            if earlier != row.line:
                raise Refused(
                    "twice_in_file", f"人员编号{row.number}已在第{earlier}行，一人只列一行。"
                )
            org = _org_of(row.org_code, places=places)
            person = _person_of(row, known=known, today=today)
            _check_not_future(row.starts_on, today=today, code="entry_in_future")
            people_rules.check_age_of_member(birth_date=person.birth_date, joined_on=row.starts_on)
            if row.number in known and known[row.number].is_member:
                raise Refused("already_member", "此人已在团员名册上，一人同时只在一个团组织。")
        except Refused as refusal:
            found.problems.append(_problem(row.line, refusal))
        else:
            found.ready.append(NewMember(person=person, org=org, starts_on=row.starts_on))
    return found


def resolve_cadres(actor: Actor, rows: Sequence[CadreRow], at: datetime) -> Resolved[NewCadre]:
    """Check a whole list of cadres; one person may take several posts, each once (T-81)."""
    places = queries.places_for(actor, Act.APPOINT, [row.org_code for row in rows])
    known = queries.people_for(actor, [row.number for row in rows])
    today = local_day(at)
    name_of: dict[str, str] = {}
    first_line: dict[tuple[str, str, str], int] = {}
    found: Resolved[NewCadre] = Resolved()
    for row in rows:
        earlier = first_line.setdefault((row.number, row.org_code, row.title), row.line)
        given = name_of.setdefault(row.number, row.name)
        try:
            if earlier != row.line:
                raise Refused("twice_in_file", f"与第{earlier}行是同一人的同一职务，请删去一行。")
            rules.check_same_name(number=row.number, known=given, given=row.name)
            org = _org_of(row.org_code, places=places)
            person = _person_of(row, known=known, today=today)
            _check_not_future(row.starts_on, today=today, code="post_in_future")
            if row.number in known and (org.pk, row.title) in known[row.number].posts:
                raise Refused("already_appointed", f"此人已任{org.name}{row.title}，不必再列。")
        except Refused as refusal:
            found.problems.append(_problem(row.line, refusal))
        else:
            post = NewPost(title=row.title, service=row.service, starts_on=row.starts_on)
            found.ready.append(NewCadre(person=person, org=org, post=post))
    return found


def write_orgs(
    *, ready: Sequence[NewOrg], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Write one chunk of organisations."""
    return len(services.open_orgs(new=ready, at=at, by=by, source=source))


def write_members(
    *, ready: Sequence[NewMember], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Write one chunk of members."""
    return len(services.admit_members(new=ready, at=at, by=by, source=source))


def write_cadres(
    *, ready: Sequence[NewCadre], at: datetime, by: Actor, source: Mapping[str, object]
) -> int:
    """Write one chunk of cadres."""
    return len(services.appoint_cadres(new=ready, at=at, by=by, source=source))


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


def _org_of(code: str, *, places: Mapping[str, Place]) -> Org:
    place = places.get(code)
    if place is None or not place.allowed:
        raise Refused("unknown_org", f"组织代码{code}不存在，或不在您的工作范围内，请核对。")
    org_rules.check_still_open(closed_on=place.org.closed_on, name=place.org.name)
    rules.check_keeps_roll(kind=place.org.kind, name=place.org.name)
    return place.org


def _person_of(row: MemberRow | CadreRow, *, known: Mapping[str, Known], today: date) -> NewPerson:
    """Return the person of a line; what is already known of them outweighs the line."""
    one = known.get(row.number)
    birth_date = row.birth_date
    if one:
        rules.check_same_name(number=row.number, known=one.name, given=row.name)
        birth_date = one.birth_date or row.birth_date
    if birth_date:
        _check_not_future(birth_date, today=today, code="birth_in_future")
    return NewPerson(number=row.number, name=row.name, sex=row.sex or "", birth_date=birth_date)


def _check_not_future(day: date, *, today: date, code: str) -> None:
    if day > today:
        raise Refused(code, f"{PERSON_HEADINGS[code]}不能晚于今天，请改正。")


def _number(value: object) -> str:
    return people_rules.check_number(cells.code(value))


def _problem(line: int, refusal: Refused) -> Problem:
    return Problem(line, PERSON_HEADINGS.get(refusal.code, ""), refusal.reason)


ORGS = Sheet(
    slug="directory.orgs",
    label="组织",
    act=Act.UPLOAD,
    columns=(
        Column(
            "code",
            "组织代码",
            cells.code,
            hint="数字、大写字母、连字符，不超过24位",
            example="LG-0001",
        ),
        Column("name", "组织名称", cells.text_up_to(80), example="红棉社区团支部"),
        Column("kind", "类型", cells.choice(OrgKind), example="团支部"),
        Column("level", "层级", cells.choice(Level), example="基层"),
        Column(
            "parent_code",
            "上级代码",
            cells.code,
            hint="已有的组织，或本表前面的行",
            example="440307017001",
        ),
        Column("sector", "领域", cells.choice(Sector), required=False, example="社会领域"),
        Column("new_org_kind", "两新类别", cells.choice(NewOrgKind), required=False),
        Column("industry", "行业团工委", cells.choice(Industry), required=False),
        Column("opened_on", "成立日期", cells.day, example="2022-03-15"),
    ),
    row=OrgRow,
    resolve=resolve_orgs,
    write=write_orgs,
    notes=("上级组织须已在系统中，或写在本表中下级组织之前。",),
)

_PERSON = (
    Column("number", "人员编号", _number, hint="全区唯一，不用身份证号", example="M000001"),
    Column("name", "姓名", cells.text_up_to(60), example="张三"),
    Column("sex", "性别", cells.choice(Sex), required=False, example="女"),
)

MEMBERS = Sheet(
    slug="directory.members",
    label="团员",
    act=Act.UPLOAD,
    columns=(
        *_PERSON,
        Column("birth_date", "出生日期", cells.day, example="2004-05-04"),
        Column("org_code", "组织代码", cells.code, hint="团组织的代码", example="LG-0001"),
        Column("starts_on", "入册日期", cells.day, example="2021-12-09"),
    ),
    row=MemberRow,
    resolve=resolve_members,
    write=write_members,
    notes=("人员编号已在系统中的，姓名须一致；性别、出生日期以系统已有的为准。",),
)

CADRES = Sheet(
    slug="directory.cadres",
    label="团干部",
    act=Act.UPLOAD,
    columns=(
        *_PERSON,
        Column("birth_date", "出生日期", cells.day, required=False, example="1995-05-04"),
        Column("org_code", "组织代码", cells.code, hint="团组织的代码", example="LG-0001"),
        Column("title", "职务", cells.text_up_to(40), example="团支部书记"),
        Column("service", "任职性质", cells.choice(Service), example="兼职"),
        Column("starts_on", "任职日期", cells.day, example="2021-12-09"),
    ),
    row=CadreRow,
    resolve=resolve_cadres,
    write=write_cadres,
    notes=("一人可任多职，每职一行；同一人在同一组织的同一职务只列一行。",),
)

SHEETS = (ORGS, MEMBERS, CADRES)

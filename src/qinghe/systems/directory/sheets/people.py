"""The lists of members and of cadres: persons with where they stand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells, contacts
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import rules as org_rules
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import rules as people_rules
from qinghe.kernel.people.models import Service, Sex
from qinghe.kernel.people.services import NewPerson, NewPost
from qinghe.lib.periods import local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.directory import queries, rules, services
from qinghe.systems.directory.access import Act
from qinghe.systems.directory.queries import Known, Place
from qinghe.systems.directory.services import NewCadre, NewMember

PERSON_HEADINGS = {
    "other_person": "姓名",
    "unknown_org": "组织代码",
    "org_closed": "组织代码",
    "not_league": "组织代码",
    "too_young": "出生日期",
    "twice_in_file": "人员编号",
    "already_member": "人员编号",
    "left_league": "人员编号",
    "already_appointed": "职务",
    "birth_in_future": "出生日期",
    "entry_in_future": "入册日期",
    "post_in_future": "任职日期",
    **contacts.HEADINGS,
}


class MemberRow(NamedTuple):
    """A line of the list of members."""

    line: int
    number: str
    name: str
    sex: str | None
    birth_date: date
    org_code: str
    starts_on: date
    phone: str | None = None
    id_number: str | None = None


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
    phone: str | None = None
    id_number: str | None = None


def resolve_members(actor: Actor, rows: Sequence[MemberRow], at: datetime) -> Resolved[NewMember]:
    """Check a whole list of members (T-12; one organisation at a time)."""
    places = queries.places_for(actor, Act.KEEP_ROLL, [row.org_code for row in rows])
    known = queries.people_for(actor, [row.number for row in rows])
    numbers = contacts.Numbers((row.number, row.id_number) for row in rows)
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
            if row.number in known:
                _check_free(known[row.number])
            numbers.check(row, person=row.number)
        except Refused as refusal:
            found.problems.append(_problem(row.line, refusal))
        else:
            found.ready.append(
                NewMember(
                    person=person,
                    org=org,
                    starts_on=row.starts_on,
                    contact=contacts.contact_of(row),
                )
            )
    return found


def resolve_cadres(actor: Actor, rows: Sequence[CadreRow], at: datetime) -> Resolved[NewCadre]:
    """Check a whole list of cadres; one person may take several posts, each once (T-81)."""
    places = queries.places_for(actor, Act.APPOINT, [row.org_code for row in rows])
    known = queries.people_for(actor, [row.number for row in rows])
    numbers = contacts.Numbers((row.number, row.id_number) for row in rows)
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
            numbers.check(row, person=row.number)
        except Refused as refusal:
            found.problems.append(_problem(row.line, refusal))
        else:
            post = NewPost(title=row.title, service=row.service, starts_on=row.starts_on)
            found.ready.append(
                NewCadre(person=person, org=org, post=post, contact=contacts.contact_of(row))
            )
    return found


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


def _check_free(known: queries.Known) -> None:
    """Refuse who is on a roll already, or left the League."""
    if known.is_member:
        raise Refused("already_member", "此人已在团员名册上，一人同时只在一个团组织。")
    people_rules.check_in_league(left_on=known.left_on, name=known.name)


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
    birth_date = contacts.birth_date_of(row)
    if one:
        rules.check_same_name(number=row.number, known=one.name, given=row.name)
        birth_date = one.birth_date or birth_date
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


def _person_columns(birth: Column) -> tuple[Column, ...]:
    return (
        Column(
            "number",
            "人员编号",
            _number,
            hint="全区唯一，不用身份证号",
            example="M000001",
            read="person__number",
        ),
        Column(
            "name",
            "姓名",
            cells.text_up_to(60),
            example="张三",
            read="person__name",
            about="people.Person.name",
        ),
        Column(
            "sex",
            "性别",
            cells.choice(Sex),
            required=False,
            example="女",
            read="person__get_sex_display",
            about="people.Person.sex",
        ),
        birth,
        Column(
            "org_code",
            "组织代码",
            cells.code,
            hint="团组织的代码",
            example="LG-0001",
            read="org__code",
        ),
    )


_BIRTH = Column(
    "birth_date",
    "出生日期",
    cells.day,
    example="2004-05-04",
    read="person__birth_date",
    about="people.Person.birth_date",
)

MEMBERS = Sheet(
    slug="directory.members",
    label="团员",
    act=Act.UPLOAD,
    page="directory:members",
    columns=(
        *_person_columns(_BIRTH),
        Column("starts_on", "入册日期", cells.day, example="2021-12-09", read="starts_on"),
        *contacts.COLUMNS,
    ),
    row=MemberRow,
    resolve=resolve_members,
    write=write_members,
    notes=("人员编号已在系统中的，姓名须一致；性别、出生日期以系统已有的为准。", contacts.NOTE),
    out=Outward(
        lines=lambda rows: rows.filter(ends_on=None),
        left_out="已终止的团籍不在导入模板的范围内。",
        person="person",
    ),
)

CADRES = Sheet(
    slug="directory.cadres",
    label="团干部",
    act=Act.UPLOAD,
    page="directory:cadres",
    columns=(
        *_person_columns(replace(_BIRTH, required=False, example="1995-05-04")),
        Column("title", "职务", cells.text_up_to(40), example="团支部书记", read="title"),
        Column(
            "service",
            "任职性质",
            cells.choice(Service),
            example="兼职",
            read="get_service_display",
        ),
        Column("starts_on", "任职日期", cells.day, example="2021-12-09", read="starts_on"),
        *contacts.COLUMNS,
    ),
    row=CadreRow,
    resolve=resolve_cadres,
    write=write_cadres,
    notes=("一人可任多职，每职一行；同一人在同一组织的同一职务只列一行。", contacts.NOTE),
    out=Outward(
        lines=lambda rows: rows.filter(ends_on=None),
        left_out="已离任的职务不在导入模板的范围内。",
        person="person",
    ),
)

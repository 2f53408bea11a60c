from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Resolved, Sheet, cells, contacts
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Sex
from qinghe.kernel.people.services import NewPerson
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import queries, rules, services
from qinghe.systems.volunteering.access import Act
from qinghe.systems.volunteering.queries import VolunteerState

from . import lines

COLUMNS = (
    Column("number", "志愿者编号", cells.code, example="ZY0000001", read="number"),
    Column("person", "人员编号", cells.code, example="P0000001", read="person__number"),
    Column(
        "name",
        "姓名",
        cells.text_up_to(60),
        example="林小满",
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
    Column(
        "birth_date",
        "出生日期",
        cells.day,
        required=False,
        example="1998-04-05",
        read="person__birth_date",
        about="people.Person.birth_date",
    ),
    Column("org", "主组织代码", cells.code, example="440307017", read="org__code"),
    Column("registered_on", "注册日期", cells.day, example="2022-03-05", read="registered_on"),
    *contacts.COLUMNS,
)
NUMBER, PERSON, NAME, _, BIRTH, ORG, REGISTERED, _, ID_NUMBER = (column.label for column in COLUMNS)


class Row(NamedTuple):
    """One line of the ledger."""

    line: int
    number: str
    person: str
    name: str
    sex: str | None
    birth_date: date | None
    org: str
    registered_on: date
    phone: str | None = None
    id_number: str | None = None


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[services.ReadyVolunteer]:
    """Check the whole file in four questions; a line becomes a volunteer on the roll."""
    found = lines.Findings()
    mine = queries.org_ids_where(actor, Act.UPLOAD)
    known = queries.org_codes_taken(actor, {row.org for row in rows} - mine.keys())
    taken = queries.volunteer_numbers_taken(actor, {row.number for row in rows})
    persons = queries.persons_by_number(actor, {row.person for row in rows})
    numbers = contacts.Numbers((row.person, row.id_number) for row in rows)
    twice = lines.repeated(row.number for row in rows)
    doubled = lines.repeated(row.person for row in rows)
    today = local_day(at)
    ready = []
    for row in rows:
        lines.check_new_key(
            found, line=row.line, column=NUMBER, key=row.number, twice=twice, taken=taken
        )
        lines.check_org(found, line=row.line, column=ORG, code=row.org, mine=mine, known=known)
        _check_person(found, row, persons=persons, doubled=doubled)
        _check_days(found, row, today=today)
        _check_number(found, row, numbers=numbers)
        if found.spare(row.line):
            born = contacts.birth_date_of(row)
            ready.append(
                services.ReadyVolunteer(
                    row.number,
                    NewPerson(row.person, row.name, row.sex or "", born),
                    mine[row.org],
                    row.registered_on,
                    contacts.contact_of(row),
                )
            )
    return Resolved(ready, found.problems)


def _check_person(
    found: lines.Findings,
    row: Row,
    *,
    persons: dict[str, tuple[str, bool]],
    doubled: set[str],
) -> None:
    name, serves = persons.get(row.person, (row.name, False))
    if row.person in doubled:
        found.add(row.line, PERSON, f"人员编号{row.person}在本文件中重复，一人只注册一次。")
    elif serves:
        found.add(row.line, PERSON, f"人员编号{row.person}已有志愿者编号，请删去这一行。")
    elif name != row.name:
        found.add(row.line, NAME, f"人员编号{row.person}登记的是另一个姓名，请核对。")


def _check_number(found: lines.Findings, row: Row, *, numbers: contacts.Numbers) -> None:
    found.check(row.line, ID_NUMBER, lambda: numbers.check(row, person=row.person))


def _check_days(found: lines.Findings, row: Row, *, today: date) -> None:
    on, born = row.registered_on, contacts.birth_date_of(row)
    if on > today:
        found.add(row.line, REGISTERED, "注册日期不能晚于今天，请改正日期。")
    elif born and born.year + rules.OF_AGE > on.year:
        found.check(row.line, BIRTH, lambda: rules.check_old_enough(birth_date=born, on=on))


VOLUNTEERS = Sheet(
    slug="volunteering.volunteers",
    label="注册志愿者台账",
    act=Act.UPLOAD,
    page="volunteering:volunteers",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.register_many,
    notes=(
        "每行是一名已经注册的志愿者；人员编号已在册的，姓名须与在册的一致。",
        "未满14周岁的不能单独注册；未满18周岁的，请在导入后补登监护人同意日期。",
        contacts.NOTE,
    ),
    out=Outward(
        lines=lambda rows: rows.filter(state=VolunteerState.REGISTERED).order_by("number"),
        left_out="没有注册、未通过和已退出的志愿者不在导入模板的范围内。",
        person="person",
    ),
)

"""The files of members as a workbook brings them in: new ones opened, missing numbers filled."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from qinghe.edges.sheets import Column, Outward, Problem, Resolved, Sheet, cells
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people import rules as people_rules
from qinghe.kernel.people.models import LeagueFile
from qinghe.kernel.people.services import NewFile
from qinghe.lib import identifiers
from qinghe.lib.periods import check_not_future, local_day
from qinghe.lib.verdicts import Refused
from qinghe.systems.rolls import queries, services
from qinghe.systems.rolls.access import Act
from qinghe.systems.rolls.queries import OnRoll
from qinghe.systems.rolls.services import ReadyFile

HEADINGS = {
    "not_on_the_roll": "人员编号",
    "twice_in_file": "人员编号",
    "other_person": "姓名",
    "too_young": "入团日期",
    "joined_in_future": "入团日期",
    "other_day": "入团日期",
    "party_in_future": "入党日期",
    "party_before_league": "入党日期",
    "other_party_day": "入党日期",
    "bad_development_number": "发展团员编号",
    "number_stands": "发展团员编号",
    "league_number_taken": "发展团员编号",
}
FILE = "people.LeagueFile"
COLUMNS = (
    Column("number", "人员编号", cells.code, example="M000001", read="person__number"),
    Column(
        "name",
        "姓名",
        cells.text_up_to(60),
        example="张三",
        read="person__name",
        about="people.Person.name",
    ),
    Column(
        "joined_on",
        "入团日期",
        cells.day,
        hint="支部大会通过的那一天",
        example="2018-05-04",
        read="person__league_file__joined_on",
        about=f"{FILE}.joined_on",
    ),
    Column(
        "league_number",
        "发展团员编号",
        cells.code,
        required=False,
        hint="2017年及以后入团的为12位，以入团年份开头；暂缺的留空",
        example="201844000001",
        read="person__league_file__number",
        about=f"{FILE}.number",
    ),
    Column(
        "party_on",
        "入党日期",
        cells.day,
        required=False,
        hint="没有入党的留空",
        read="person__league_file__party_on",
        about=f"{FILE}.party_on",
    ),
)


class Row(NamedTuple):
    """One member's file."""

    line: int
    number: str
    name: str
    joined_on: date
    league_number: str | None
    party_on: date | None


def resolve(actor: Actor, rows: Sequence[Row], at: datetime) -> Resolved[ReadyFile]:
    """Check a whole list of files; a line that says what is known already changes nothing."""
    known = queries.on_roll_by_number(actor, [row.number for row in rows])
    taken = queries.holders_of(actor, [row.league_number for row in rows if row.league_number])
    people = Counter(row.number for row in rows)
    numbers = Counter(row.league_number for row in rows if row.league_number)
    today = local_day(at)
    found: Resolved[ReadyFile] = Resolved()
    for row in rows:
        try:
            if people[row.number] > 1:
                raise Refused("twice_in_file", "这个人在本文件中写了两次，请只保留一行。")
            one = _member(row, known=known)
            new = _new_file(row, one, today=today)
            holder = taken.get(new.number, one.person_id)
            if numbers[new.number] > 1 or holder != one.person_id:
                raise Refused(
                    "league_number_taken", f"编号{new.number}另有他人使用，一人一号，请核对。"
                )
        except Refused as refusal:
            column = HEADINGS.get(refusal.code, "")
            found.problems.append(Problem(row.line, column, refusal.reason))
        else:
            found.ready.append(ReadyFile(one.person_id, new))
    return found


def _member(row: Row, *, known: Mapping[str, OnRoll]) -> OnRoll:
    one = known.get(row.number)
    if one is None:
        raise Refused("not_on_the_roll", f"{row.number}不在您管理的团员名册上，请先列入名册。")
    if one.name != row.name:
        raise Refused("other_person", f"人员编号{row.number}属于另一人，姓名不符，请核对编号。")
    return one


def _new_file(row: Row, one: OnRoll, *, today: date) -> NewFile:
    """Return what a line says of a member, or refuse it; a known file is filled, never changed."""
    _check_day(row.joined_on, today=today, code="joined_in_future", what="入团")
    people_rules.check_age_of_member(birth_date=one.birth_date, joined_on=row.joined_on)
    if row.party_on:
        _check_day(row.party_on, today=today, code="party_in_future", what="入党")
        people_rules.check_party_after_league(joined_on=row.joined_on, party_on=row.party_on)
    typed = row.league_number or ""
    number = typed and identifiers.check_development_number(typed, row.joined_on)
    new = NewFile(row.joined_on, number, row.party_on)
    return _filled(one.file, new) if one.file else new


def _filled(file: LeagueFile, new: NewFile) -> NewFile:
    if file.joined_on != new.joined_on:
        raise Refused(
            "other_day", f"已有档案的入团日期是{file.joined_on.isoformat()}；要更正请到档案页办理。"
        )
    if file.number and new.number not in ("", file.number):
        raise Refused("number_stands", f"已有编号{file.number}，登记后不能更改，请核对。")
    if file.party_on and new.party_on not in (None, file.party_on):
        raise Refused(
            "other_party_day",
            f"已有档案的入党日期是{file.party_on.isoformat()}；要更正请到档案页办理。",
        )
    return NewFile(file.joined_on, file.number or new.number, file.party_on or new.party_on)


def _check_day(day: date, *, today: date, code: str, what: str) -> None:
    try:
        check_not_future(day=day, today=today, what=what)
    except Refused as refusal:
        raise Refused(code, refusal.reason) from None


FILES = Sheet(
    slug="rolls.files",
    label="团员档案",
    act=Act.KEEP,
    page="rolls:roll",
    columns=COLUMNS,
    row=Row,
    resolve=resolve,
    write=services.take_in_files,
    notes=(
        "只能为已在名册上的团员建立档案；没有列入名册的先在“团员名册”登记或导入。",
        "已有档案的，空着的编号和入党日期会补上，写好的不会改动；同一份文件再传一次不会重复登记。",
    ),
    out=Outward(
        lines=lambda rows: rows.filter(ends_on=None),
        left_out="已终止的团籍不在导入模板的范围内。",
        person="person",
    ),
)

SHEETS = (FILES,)

"""The columns 手机号 and 身份证号 of a list of people, and what is asked of their lines alike.

Both are sealed when they are loaded (S-45). What a person has on the books stays; a line completes it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from qinghe.kernel.people import queries as people
from qinghe.kernel.people import rules
from qinghe.kernel.people.services import NewContact
from qinghe.lib import identifiers
from qinghe.lib.verdicts import Refused

from . import cells
from .declarations import Column


def phone(value: object) -> str:
    """Return a phone number. Raises Refused: not_text, number_too_long, bad_phone."""
    return identifiers.check_phone(cells.code(value))


def id_number(value: object) -> str:
    """Return an identity number. Raises Refused: not_text, number_too_long, bad_resident_id."""
    return identifiers.check_resident_id(cells.code(value))


PHONE = Column(
    "phone",
    "手机号",
    phone,
    required=False,
    hint="加密保存，页面上只显示一部分",
    example="13900000000",
    sealed=True,
)
ID_NUMBER = Column(
    "id_number",
    "身份证号",
    id_number,
    required=False,
    hint="18位，设为文本格式；加密保存，页面上只显示一部分",
    sealed=True,
)
COLUMNS = (PHONE, ID_NUMBER)
HEADINGS = dict.fromkeys(
    ("id_number_twice", "id_number_taken", "other_birth_date", "other_sex"), ID_NUMBER.label
)
NOTE = (
    "手机号、身份证号可以不填；系统已有的以系统为准。"
    "填了这两列的文件，导入后即从系统清除，没有导入的24小时后清除。"
)


class Line(Protocol):
    """A row whose person may have an identity number."""

    @property
    def line(self) -> int:
        """Return the number of the line."""

    @property
    def sex(self) -> str | None:
        """Return the sex that is written."""

    @property
    def birth_date(self) -> date | None:
        """Return the day of birth that is written."""

    @property
    def phone(self) -> str | None:
        """Return the phone that is written."""

    @property
    def id_number(self) -> str | None:
        """Return the identity number that is written."""


class Numbers:
    """The identity numbers of a whole file, held against each other, the lines and the books."""

    def __init__(self, given: Iterable[tuple[str, str | None]]) -> None:
        """Ask the books once about all of them: pairs of a person's number and an identity number."""
        filled = {number: person for person, number in given if number}
        self._holders = people.holders_of_id_numbers(filled)
        self._persons = people.births_and_sexes(filled.values())
        self._first: dict[str, tuple[str, int]] = {}

    def check(self, row: Line, *, person: str) -> None:
        """Refuse an identity number that is another's, or that tells another birth date or sex.

        Raises Refused: id_number_twice, id_number_taken, other_birth_date, other_sex.
        """
        if not row.id_number:
            return
        owner, line = self._first.setdefault(row.id_number, (person, row.line))
        if owner != person:
            raise Refused(
                "id_number_twice", f"与第{line}行的身份证号相同，人员编号却不同，请核对。"
            )
        holder = self._holders.get(row.id_number)
        if holder and holder != person:
            raise Refused("id_number_taken", "这个身份证号已登记在另一人名下，请核对是否重复建档。")
        birth_date, sex = self._persons.get(person, (None, ""))
        rules.check_number_agrees(
            row.id_number, birth_date=birth_date or row.birth_date, sex=sex or row.sex or ""
        )


def contact_of(row: Line) -> NewContact | None:
    """Return what a row tells of how its person is reached, if it tells anything."""
    if not row.phone and not row.id_number:
        return None
    return NewContact(phone=row.phone or "", id_number=row.id_number or "")


def birth_date_of(row: Line) -> date | None:
    """Return the day of birth that a row tells, by its own cell or by its identity number."""
    if row.birth_date or not row.id_number:
        return row.birth_date
    return identifiers.birth_date_of(row.id_number)

"""What a line of an export says, what the rolls here say, and how both are spelled alike."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from qinghe.lib.verdicts import Refused

# What the platform writes of somebody who is a member there no longer.
LEFT_WORDS = ("转出", "离团", "退团", "脱团", "除名", "开除", "注销", "死亡", "去世", "超龄")
_HALF_WIDTH = {0xFF01 + offset: 0x21 + offset for offset in range(94)}


class How(StrEnum):
    """By what a line was found to be somebody's."""

    NUMBER = "number"
    ID_NUMBER = "id_number"
    SHOWN_ID = "shown_id"
    BRANCH = "branch"
    HAND = "hand"


class Field(StrEnum):
    """What is compared of a member."""

    NAME = "name"
    ID_NUMBER = "id_number"
    SEX = "sex"
    BIRTH = "birth"
    NUMBER = "number"
    JOINED_ON = "joined_on"
    BRANCH = "branch"
    STANDING = "standing"


@dataclass(frozen=True)
class Told:
    """What one line says. `shown` is the identity number as far as it is kept, `is_whole` that all
    of it was there, `holder` who of the roll has it on the books; `org` is the branch it names.
    """

    line: int
    name: str = ""
    shown: str = ""
    is_whole: bool = False
    holder: int | None = None
    sex: str = ""
    birth: date | None = None
    joined_on: date | None = None
    number: str = ""
    branch: str = ""
    branch_code: str = ""
    org: int | None = None
    standing: str = ""
    doubts: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)

    @property
    def has_left(self) -> bool:
        """Test if the platform says that they are a member there no longer."""
        return any(word in self.standing for word in LEFT_WORDS)

    @property
    def identity(self) -> str:
        """Return by what a line without its person is known again in the next export."""
        born = self.birth.isoformat() if self.birth else ""
        told = [plain(self.name), self.shown, self.number, born, plain(self.branch)]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


@dataclass(frozen=True)
class OnRoll:
    """A member here, as far as an export can say the same."""

    person: int
    org: int
    name: str
    sex: str = ""
    birth: date | None = None
    number: str = ""
    joined_on: date | None = None


@dataclass(frozen=True)
class Place:
    """An organisation that an export may name."""

    org: int
    code: str
    name: str
    above: str = ""


def plain(text: str) -> str:
    """Return a name or code as it is compared: no spaces, half-width, one kind of dot."""
    half = text.translate(_HALF_WIDTH).translate({0x2022: 0xB7, 0x30FB: 0xB7, 0x2027: 0xB7})
    return "".join(half.split())


def spellings(places: Iterable[Place]) -> dict[str, int]:
    """Return the ways in which organisations may be named, each that names only one of them."""
    known: dict[str, set[int]] = {}
    for place in places:
        for way in (place.code, place.name, place.above + place.name):
            known.setdefault(plain(way).upper(), set()).add(place.org)
    return {way: min(orgs) for way, orgs in known.items() if len(orgs) == 1}


def branch_told(code: str, name: str, *, known: Mapping[str, int]) -> int | None:
    """Return which branch a line names: by its code, else by its name."""
    by_code = known.get(plain(code).upper()) if code else None
    return by_code or (known.get(plain(name).upper()) if name else None)


def check_columns(columns: Mapping[str, str]) -> None:
    """Refuse a mapping that names nobody surely. Raises Refused: column_needed."""
    if not columns.get("name"):
        raise Refused("column_needed", "姓名一列必须对应，没有保存。")
    if not any(columns.get(key) for key in ("number", "shown", "branch", "branch_code")):
        raise Refused(
            "column_needed",
            "发展团员编号、证件号、团支部至少要对应一列，否则无法区分同名的人，没有保存。",
        )


def chunks_of(count: int, *, size: int) -> Sequence[slice]:
    """Return the parts in which so many things are written."""
    return [slice(start, start + size) for start in range(0, count, size)]

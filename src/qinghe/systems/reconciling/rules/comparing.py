"""What a line says otherwise than the roll. What the export leaves empty is no difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .told import Field, OnRoll, Told, plain

SEXES = {"male": "男", "female": "女"}
NOTHING = "（空）"


@dataclass(frozen=True)
class Change:
    """One field with both values, as they are shown."""

    field: Field
    ours: str
    theirs: str


def changes(
    member: OnRoll, one: Told, *, same_id: bool | None, names: Mapping[int, str]
) -> list[Change]:
    """Return what a line says otherwise of a member. `names` are those of organisations."""
    found = []
    if plain(member.name) != plain(one.name):
        found.append(Change(Field.NAME, member.name, one.name))
    if same_id is False:
        found.append(Change(Field.ID_NUMBER, "与登记的不一致", one.shown))
    if one.sex and one.sex != member.sex:
        found.append(Change(Field.SEX, SEXES.get(member.sex, NOTHING), SEXES[one.sex]))
    if one.number and one.number != member.number:
        found.append(Change(Field.NUMBER, member.number or NOTHING, one.number))
    found += _days(Field.BIRTH, member.birth, one.birth)
    found += _days(Field.JOINED_ON, member.joined_on, one.joined_on)
    if one.org and one.org != member.org:
        found.append(Change(Field.BRANCH, names.get(member.org, ""), names.get(one.org, "")))
    if one.has_left:
        found.append(Change(Field.STANDING, "在册", one.standing))
    return found


def _days(field: Field, ours: date | None, theirs: date | None) -> list[Change]:
    if theirs is None or ours == theirs:
        return []
    return [Change(field, ours.isoformat() if ours else NOTHING, theirs.isoformat())]


def key_of_change(person: int, field: str) -> str:
    """Return by what a difference of a member is known again in the next run."""
    return f"changed:{field}:{person}"


def key_of_extra(person: int) -> str:
    """Return by what a member who is not in the export is known again."""
    return f"extra:{person}"


def key_of_line(kind: str, identity: str) -> str:
    """Return by what a line without its person is known again."""
    return f"{kind}:{identity}"

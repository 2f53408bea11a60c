"""Data levels (S-37): how closely each column about people is held, and who may read which.

Rows are chosen by the acts of the systems; a level decides about one cell of a row that is shown.
What is written about somebody under eighteen is held one level higher: their name too (S-04, S-05).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import queries as people
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.rules import OF_AGE
from qinghe.lib import identifiers

from . import actors
from .actors import Actor, Grant, Reach, Role

NAME = "people.Person.name"

HIDDEN = "无权查看"


class Level(StrEnum):
    """How closely a column is held. The value is written in the register: never rename one."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SENSITIVE = "sensitive"
    CHILD = "child"
    COUNSELLING = "counselling"

    @property
    def label(self) -> str:
        """Return the level's name."""
        return _LABELS[self]


_LABELS = {
    Level.PUBLIC: "公开",
    Level.INTERNAL: "内部",
    Level.SENSITIVE: "敏感",
    Level.CHILD: "儿童",
    Level.COUNSELLING: "心理",
}


class Act(StrEnum):
    SEE_SENSITIVE = "data.see_sensitive"
    SEE_CHILD = "data.see_child"
    SEE_COUNSELLING = "data.see_counselling"


ACTS = {
    Level.SENSITIVE: Act.SEE_SENSITIVE,
    Level.CHILD: Act.SEE_CHILD,
    Level.COUNSELLING: Act.SEE_COUNSELLING,
}

# Children: only who keeps the roll that they stand on, not who ranks above (S-04: least privilege).
# Counselling: nobody by rank; the one it is entrusted to is named by the case itself.
GRANTS = [
    *[
        Grant(role, Act.SEE_SENSITIVE, Reach.BELOW)
        for role in (
            Role.DISTRICT_OFFICER,
            Role.STREET_SECRETARY,
            Role.COMMUNITY_SECRETARY,
            Role.SCHOOL_SECRETARY,
            Role.ENTERPRISE_SECRETARY,
        )
    ],
    *[
        Grant(role, Act.SEE_CHILD, Reach.BELOW)
        for role in (Role.COMMUNITY_SECRETARY, Role.SCHOOL_SECRETARY, Role.ENTERPRISE_SECRETARY)
    ],
    Grant(Role.BRANCH_SECRETARY, Act.SEE_SENSITIVE, Reach.OWN),
    Grant(Role.BRANCH_SECRETARY, Act.SEE_CHILD, Reach.OWN),
]


@dataclass(frozen=True)
class DataField:
    """One column that is about people: what it is, how closely it is held, and what it is for."""

    model: str
    field: str
    label: str
    level: Level
    purpose: str


REGISTER: list[DataField] = []
_LEVELS: dict[str, Level] = {}


def register(rows: Iterable[DataField]) -> None:
    """Take these rows, and no others, as the register."""
    REGISTER[:] = rows
    _LEVELS.clear()
    _LEVELS.update({f"{row.model}.{row.field}": row.level for row in REGISTER})


def table(
    model: str, purpose: str, columns: Mapping[str, tuple[Level, str]]
) -> tuple[DataField, ...]:
    """Write down a table whose columns serve one purpose: name → level, label."""
    return tuple(
        DataField(model=model, field=name, label=label, level=level, purpose=purpose)
        for name, (level, label) in columns.items()
    )


def level_of(column: str) -> Level:
    """Return the level of a column, `people.Person.name`; one that is not registered is a bug."""
    return _LEVELS[column]


def may_see(actor: Actor, level: Level, *, at: Org | None) -> bool:
    """Test if the actor may read columns of a level in rows of this organisation, or of none."""
    if level is Level.PUBLIC:
        return True
    if level is Level.INTERNAL:
        return bool(actor.person_id)
    return at is not None and actors.may(actor, ACTS[level], at=at)


def may_see_of(actor: Actor, column: str, *, of: Person, at: Org | None, on: date) -> bool:
    """Test if the actor may read a column about this person, in a row of this organisation."""
    level = level_of(column)
    if people.is_minor(of, on) and level in (Level.INTERNAL, Level.SENSITIVE):
        level = Level.CHILD
    return may_see(actor, level, at=at)


def full_name(actor: Actor, person: Person, *, at: Org | None, on: date) -> str:
    """Return a name as a record shows it: in full, a minor's only to those who may."""
    if may_see_of(actor, NAME, of=person, at=at, on=on):
        return person.name
    return identifiers.mask_child_name(person.name)


def short_name(actor: Actor, person: Person, *, at: Org | None, on: date) -> str:
    """Return a name as a list shows it: the surname, a minor's only as 同学 (rules §6.3)."""
    if may_see_of(actor, NAME, of=person, at=at, on=on):
        return identifiers.mask_name(person.name)
    return identifiers.mask_child_name(person.name)


def names_known_to(actor: Actor, *, person: str, org: str, on: date) -> Q:
    """Narrow rows to those whose person's name the actor may read: searches must not tell more.

    `person` and `org` are the ways from a row to them, as "person", "org"; rows of no organisation
    give "" for it, and rows that are persons "" for the other.
    """
    birth = f"{person}__birth_date" if person else "birth_date"
    known = Q(**{f"{birth}__isnull": True}) | Q(**{f"{birth}__lte": _eighteen_years_before(on)})
    where = actors.orgs_where(actor, Act.SEE_CHILD)
    return known | Q(**{f"{org}__in": where}) if org else known


def _eighteen_years_before(on: date) -> date:
    """Return the latest day of birth of those who are of age (I-07)."""
    if (on.month, on.day) == (2, 29):
        return date(on.year - OF_AGE, 2, 28)  # 18 years before a leap day there is none
    return on.replace(year=on.year - OF_AGE)

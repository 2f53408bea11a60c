"""A mark in every column that is held closely, of its own for each column and organisation (bar 24).

A text ends in its mark, a sealed text is nothing but its mark, and a day is one that no other row
has. What cannot carry a mark stands in UNMARKED with its reason. Who may read a mark is asked of the
levels, at the organisation of its row; a row about a minor is held as one of a child is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models import Field, ForeignKey, Model

from qinghe.kernel.access import levels
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.access.levels import DataField, Level
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Contact, Person
from qinghe.kernel.secrets import services as secrets
from qinghe.kernel.secrets.fields import SealedField

MARK = re.compile(rb"ZQ\d{5}Z")
DAY = re.compile(r"(?<!\d)(19[5-9]\d|2015)[-年](\d\d?)[-月](\d\d?)(?!\d)".encode())
FIRST = date(1951, 1, 1)
RECORD = re.compile(r"QX([0-9A-Z]+)QX")
GROWN = date(2008, 1, 1)  # whoever was born later is a minor
CLOSE = (Level.SENSITIVE, Level.CHILD, Level.COUNSELLING)
# The house's own: what is kept to know somebody again, never a row about an organisation's people.
OWN_APPS = {
    "access", "account", "accounts", "api", "audit", "auth", "hooks", "jobs", "mfa", "notices",
    "sessions", "sheets", "socialaccount", "usersessions", "web",
}  # fmt: skip
OWN_COLUMNS = {"files.File.key"}  # opens a content, and tells nothing


@dataclass(frozen=True)
class Planted:
    """Where a mark stands: the column, how closely it is held there, and whose row it is."""

    column: str
    level: Level
    code: str


Marks = Mapping[bytes, Planted]


def is_close(row: DataField) -> bool:
    """Test if a column of the register is held closely, and tells of an organisation's people."""
    own = row.model.partition(".")[0] in OWN_APPS or f"{row.model}.{row.field}" in OWN_COLUMNS
    return row.level in CLOSE and not own


def plant(orgs: Mapping[str, Org]) -> dict[bytes, Planted]:
    """Put a mark into each closely held column of each organisation's rows; return them."""
    for person in Person.objects.filter(
        number__in=[f"{code}{who}" for code in orgs for who in "PM"]
    ):
        Contact.objects.get_or_create(person=person)
    planted: dict[bytes, Planted] = {}
    for place, entry in enumerate(filter(is_close, levels.REGISTER)):
        model = apps.get_model(entry.model)
        field = model._meta.get_field(entry.field)
        for row in model._base_manager.all():
            if (code := _code_of(row, orgs)) is None:
                continue
            level = _level(entry.level, row)
            turn = 2 * list(orgs).index(code) + (level is Level.CHILD)
            if mark := _write(row, field, place, turn):
                planted[mark] = Planted(f"{entry.model}.{entry.field}", level, code)
    return planted


def foreign(planted: Marks, orgs: Mapping[str, Org], actor: Actor, said: bytes) -> set[str]:
    """Return the columns, each with its organisation, that a text tells and this reader may not read."""
    found = (planted[mark] for mark in _said(said) if mark in planted)
    return {
        f"{one.column} of {one.code}"
        for one in found
        if not levels.may_see(actor, one.level, at=orgs[one.code])
    }


def _said(said: bytes) -> Iterator[bytes]:
    yield from set(MARK.findall(said))
    for year, month, day in set(DAY.findall(said)):
        yield b"%d-%02d-%02d" % (int(year), int(month), int(day))


def _write(row: Model, field: Field, place: int, turn: int) -> bytes | None:
    """Write a mark into a column of a row; return it, or nothing where there is no room."""
    mark = f"ZQ{place:03}{turn:02}Z"
    value: object
    if isinstance(field, SealedField):
        value = secrets.seal(mark, about=secrets.place(row, field.name))
    elif isinstance(field, models.DateField):
        value = _day(row, field, place, turn)
        mark = str(value)
    elif isinstance(field, models.CharField | models.TextField):
        if field.choices or field.unique or (field.max_length or 99) < len(mark):
            return None
        room = (field.max_length or 9999) - len(mark)
        value = f"{str(getattr(row, field.name))[:room]}{mark}"
    else:
        return None
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**{field.name: value})
    except DatabaseError:  # a constraint, or a table that only grows
        return None
    return mark.encode()


def _day(row: Model, field: Field, place: int, turn: int) -> date:
    """Return a day that no other row has; whoever is a child stays one."""
    kept = getattr(row, field.name)
    if isinstance(row, Person) and isinstance(kept, date):
        return kept + timedelta(days=turn)
    return FIRST + timedelta(days=40 * place + turn)


def _code_of(row: Model, orgs: Mapping[str, Org], *, hops: int = 2) -> str | None:
    """Return the code of the organisation that a row belongs to, if it can be told."""
    if isinstance(row, Org):
        return row.code if row.code in orgs else None
    if isinstance(row, Person):
        return row.number[:-1] if row.number[:-1] in orgs else None
    if isinstance(org := getattr(row, "org", None), Org):
        return org.code
    for field in row._meta.concrete_fields:
        found = RECORD.search(str(getattr(row, field.attname)))
        if found and found.group(1) in orgs:
            return found.group(1)
    for near in _near(row) if hops else ():
        if (code := _code_of(near, orgs, hops=hops - 1)) is not None:
            return code
    return None


def _near(row: Model) -> Iterator[Model]:
    for field in row._meta.concrete_fields:
        if isinstance(field, ForeignKey) and (near := getattr(row, field.name)) is not None:
            yield near


def _level(level: Level, row: Model) -> Level:
    """Return how closely a row is held: of a minor, as of a child."""
    of = row if isinstance(row, Person) else _person_of(row)
    return Level.CHILD if of and of.birth_date and of.birth_date >= GROWN else level


def _person_of(row: Model) -> Person | None:
    for near in (row, *_near(row)):
        for name in ("person", "ward"):
            if isinstance(found := getattr(near, name, None), Person):
                return found
    return None

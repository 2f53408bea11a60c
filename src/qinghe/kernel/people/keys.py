"""Every key to a person in the house, and what becomes of it when two rows become one person.

The register of fates is the caller's (docs/adr/0068); what is here only walks and compares.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations

from django.db.models import (
    ManyToOneRel,
    Model,
    OneToOneField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    UniqueConstraint,
)

from .models import Person


class Fate(StrEnum):
    """What becomes of the records that a key leads from."""

    MOVES = "moves"  # about the person: goes over; what cannot stand beside another stops the merge
    LEAVES = "leaves"  # goes over, but what cannot stand beside another stays with the duplicate
    DROPS = "drops"  # goes over, but of two alike that cannot stand together only one is kept
    FOLDS = "folds"  # one a person: one of the two rows stands, with the records of both
    SETTLED = "settled"  # the service of the kernel has its own rule
    STAYS = "stays"  # who acted, who may, what was agreed to: never goes over
    ENDS = "ends"  # opens something to whoever knows it: ends with the duplicate


@dataclass(frozen=True)
class KeyRule:
    """The fate of one key, and what its records are called."""

    fate: Fate
    label: str


Fates = Mapping[str, KeyRule]


@dataclass(frozen=True)
class Key:
    """A column that leads to a person, or to a row of which each person has one."""

    model: type[Model]
    field: str

    @property
    def name(self) -> str:
        """Return how the register names it, as people.Membership.person."""
        return f"{self.model._meta.label}.{self.field}"

    def rows(self, of: int) -> QuerySet[Model]:
        """Return the records that lead to a row."""
        return self.model._base_manager.filter(**{self.field: of})

    def clashing(self, *, kept: int, duplicate: int) -> dict[int, int]:
        """Return which of the duplicate's records cannot stand beside which of the kept, by key."""
        stopped: dict[int, int] = {}
        for names, condition in self._unique():  # one by one: all in one is too much for SQLite
            same = {name: OuterRef(name) for name in names}
            twin = self.rows(kept).filter(condition, **same).order_by()
            rows = self.rows(duplicate).filter(condition).order_by()
            told = rows.annotate(twin=Subquery(twin.values("pk")[:1])).filter(twin__isnull=False)
            stopped.update(told.values_list("pk", "twin"))
        return stopped

    def _unique(self) -> Iterator[tuple[list[str], Q]]:
        if isinstance(self.model._meta.get_field(self.field), OneToOneField):
            yield [], Q()
        for one in self.model._meta.constraints:
            if isinstance(one, UniqueConstraint) and self.field in one.fields:
                yield [name for name in one.fields if name != self.field], one.condition or Q()


def keys_to(model: type[Model]) -> list[Key]:
    """Return every key to a model, hidden ones too, in the order of their names."""
    found = (
        Key(each.related_model, each.field.name)
        for each in model._meta.get_fields(include_hidden=True)
        if isinstance(each, ManyToOneRel) and not isinstance(each.related_model, str)
    )
    return sorted(found, key=_name)


def counts_of(fates: Fates, *, first: Person, second: Person) -> dict[str, tuple[int, int]]:
    """Return how many records of what goes over each of two rows has, by key, one question a key."""
    found = {}
    for key in keys_to(Person):
        if fates[key.name].fate in (Fate.STAYS, Fate.ENDS):
            continue
        led = list(
            key.model._base_manager.filter(**{f"{key.field}__in": [first, second]}).values_list(
                key.field, flat=True
            )
        )
        if led:
            found[key.name] = (led.count(first.pk), led.count(second.pk))
    return found


def clashes_of(fates: Fates, *, kept: int, duplicate: int) -> dict[str, int]:
    """Return how many records stop a merge, by key."""
    found = Counter(name for name, *_ in pairs_of(fates, kept=kept, duplicate=duplicate))
    for moving, mine, theirs in _folded(Person, fates, kept=kept, duplicate=duplicate):
        for key, other in permutations(moving, 2):
            if other.model is key.model:  # one with themself
                found[key.name] += key.rows(theirs).filter(**{other.field: mine}).count()
    return dict(+found)


def pairs_of(fates: Fates, *, kept: int, duplicate: int) -> list[tuple[str, int, int]]:
    """Return every two records that stop a merge: by what key, of the kept, of the duplicate."""
    return [
        (key.name, of_kept, beside)
        for moving, mine, theirs in _folded(Person, fates, kept=kept, duplicate=duplicate)
        for key in moving
        for beside, of_kept in key.clashing(kept=mine, duplicate=theirs).items()
    ]


def words_of(row: Model) -> str:
    """Return what the columns of a row say, without its keys."""
    told = []
    for column in row._meta.concrete_fields:
        if column.is_relation or column.primary_key:
            continue
        shown = getattr(row, f"get_{column.name}_display", None)
        value = shown() if shown else getattr(row, column.attname)
        if value not in (None, ""):
            told.append(f"{column.verbose_name}{value}")
    return "，".join(told)


def _folded(
    model: type[Model], fates: Fates, *, kept: int, duplicate: int
) -> Iterator[tuple[list[Key], int, int]]:
    """Yield every two rows that become one, each with the keys whose records go over to it."""
    to = {key: fates[key.name].fate for key in keys_to(model)}
    yield [key for key, fate in to.items() if fate is Fate.MOVES], kept, duplicate
    for key in (key for key, fate in to.items() if fate is Fate.FOLDS):
        of_kept, beside = key.rows(kept).first(), key.rows(duplicate).first()
        if of_kept is not None and beside is not None:
            yield from _folded(key.model, fates, kept=of_kept.pk, duplicate=beside.pk)


def _name(key: Key) -> str:
    return key.name

"""Whose a line is. It is sought among the members below the run's organisation, in this order:

0. by a person's earlier decision on the same line;
1. by the number 发展团员编号 (T-27: one number, one person), unless name and identity both contradict;
2. by the identity number in full, through its blind index on the books;
3. by name, when the part of the identity number that is shown agrees and at least six digits are;
4. by name and branch, when one of that name is there and nothing contradicts.

Whoever contradicts what is told is no candidate. All else is decided by hand. A member is one line's:
a second line for them is doubtful.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from .told import How, OnRoll, Told, plain

ENOUGH_SHOWN = 6  # digits of an identity number that name one among those of the same name
Agrees: TypeAlias = Mapping[tuple[int, str], bool]
_STRENGTH = [How.HAND, How.NUMBER, How.ID_NUMBER, How.SHOWN_ID, How.BRANCH]


@dataclass(frozen=True)
class Match:
    """Whose a line is and by what, or whose it could be; nobody's and no candidate: missing here."""

    person: int | None = None
    how: str = ""
    candidates: tuple[int, ...] = ()
    words: str = ""

    @property
    def is_unsure(self) -> bool:
        """Test if a person has to decide."""
        return self.person is None and bool(self.candidates or self.words)


@dataclass
class Roll:
    """The members that lines are sought among, by what they are found."""

    members: Iterable[OnRoll]
    by_person: dict[int, OnRoll] = field(init=False)
    by_number: dict[str, OnRoll] = field(init=False)
    by_name: dict[str, list[OnRoll]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_person = {one.person: one for one in self.members}
        self.by_number = {one.number: one for one in self.by_person.values() if one.number}
        self.by_name = defaultdict(list)
        for one in self.by_person.values():
            self.by_name[plain(one.name)].append(one)

    def namesakes(self, name: str) -> list[OnRoll]:
        """Return the members of a name."""
        return self.by_name.get(plain(name), [])


def to_compare(told: Iterable[Told], *, roll: Roll) -> dict[int, set[str]]:
    """Return with whose identity number on the books what is shown has to be compared, by person."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for one in told:
        if one.shown:
            numbered = roll.by_number.get(one.number) if one.number else None
            near = [*roll.namesakes(one.name), *([numbered] if numbered else [])]
            for member in near:
                wanted[member.person].add(one.shown)
    return wanted


def match_all(
    told: Sequence[Told],
    *,
    roll: Roll,
    agrees: Agrees,
    remembered: Mapping[str, int],
    taken: Collection[int] = (),
) -> list[Match]:
    """Tell whose each line is; `taken` are members that lines before these have."""
    found = [_match(one, roll=roll, agrees=agrees, remembered=remembered) for one in told]
    order = sorted(range(len(found)), key=lambda place: (_strength(found[place]), place))
    owner: dict[int, int] = dict.fromkeys(taken, 0)
    for place in order:
        person = found[place].person
        if person is None:
            continue
        if person in owner:
            found[place] = _second(person, owner[person])
        else:
            owner[person] = told[place].line
    return found


def _match(one: Told, *, roll: Roll, agrees: Agrees, remembered: Mapping[str, int]) -> Match:
    if not one.name:
        return Match(words="没有姓名。")
    chosen = remembered.get(one.identity)
    if chosen in roll.by_person:
        return Match(chosen, How.HAND)
    numbered = roll.by_number.get(one.number) if one.number else None
    if numbered:
        return _by_number(one, numbered, agrees=agrees)
    if one.holder in roll.by_person:
        return Match(one.holder, How.ID_NUMBER)
    return _by_name(one, roll=roll, agrees=agrees)


def _by_number(one: Told, member: OnRoll, *, agrees: Agrees) -> Match:
    other_name = plain(member.name) != plain(one.name)
    if other_name and _contradicts(member, one, agrees=agrees):
        return Match(candidates=(member.person,), words="编号相同，姓名和证件号或出生日期不同。")
    return Match(member.person, How.NUMBER)


def _by_name(one: Told, *, roll: Roll, agrees: Agrees) -> Match:
    left = [m for m in roll.namesakes(one.name) if not _contradicts(m, one, agrees=agrees)]
    enough = sum(sign != "*" for sign in one.shown) >= ENOUGH_SHOWN
    sure = [m for m in left if enough and agreement(m, one, agrees=agrees)]
    if len(sure) == 1:
        return Match(sure[0].person, How.SHOWN_ID)
    beside = [m for m in left if one.org == m.org and not _numbers_differ(m, one)]
    if len(beside) == 1:
        return Match(beside[0].person, How.BRANCH)
    if left and not one.has_left:
        return Match(candidates=tuple(sorted(m.person for m in left)), words="有同名的团员。")
    return Match()


def agreement(member: OnRoll, one: Told, *, agrees: Agrees) -> bool | None:
    """Tell if the identity number of a member agrees with a line; None: nothing to compare."""
    known = agrees.get((member.person, one.shown)) if one.shown else None
    if known is None:
        return None
    return one.holder == member.person if one.is_whole else known


def _contradicts(member: OnRoll, one: Told, *, agrees: Agrees) -> bool:
    same = agreement(member, one, agrees=agrees)
    if same is not None:
        return not same
    births = bool(member.birth and one.birth) and member.birth != one.birth
    return births or (bool(member.sex and one.sex) and member.sex != one.sex)


def _numbers_differ(member: OnRoll, one: Told) -> bool:
    return bool(member.number and one.number) and member.number != one.number


def _strength(found: Match) -> int:
    return _STRENGTH.index(How(found.how)) if found.how else len(_STRENGTH)


def _second(person: int, line: int) -> Match:
    with_line = f"第{line}行" if line else "前面的一行"
    return Match(candidates=(person,), words=f"与{with_line}对应同一名团员。")

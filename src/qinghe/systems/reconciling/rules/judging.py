"""What comes of a line: agreed, changed, missing here or unsure, for which branch, and what to answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .answers import Kind
from .comparing import changes, key_of_change, key_of_line
from .matching import Agrees, Match, Roll, agreement
from .told import Told

HERE, NOT_HERE = "在册", "不在册"


@dataclass(frozen=True)
class NewDifference:
    """A difference to be entered, as far as the line tells it."""

    kind: Kind
    key: str
    field: str = ""
    ours: str = ""
    theirs: str = ""
    candidates: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True)
class Judged:
    """A line with what came of it."""

    told: Told
    person: int | None
    how: str
    outcome: str
    org: int
    words: str
    differences: tuple[NewDifference, ...]


@dataclass(frozen=True)
class Ground:
    """What lines are held against: the roll, what identity numbers tell, and the organisations."""

    roll: Roll
    agrees: Agrees
    names: Mapping[int, str]
    org: int


def judge(one: Told, match: Match, *, ground: Ground, repeat: int) -> Judged:
    """Tell what comes of a line whose match is known; `repeat` counts identical lines before it."""
    words = "".join([*one.doubts, match.words])
    key = f"{one.identity}:{repeat}" if repeat else one.identity
    if match.person is not None:
        return _found(one, match, ground=ground, words=words)
    if match.is_unsure:
        new = NewDifference(
            Kind.UNSURE,
            key_of_line(Kind.UNSURE, key),
            theirs=one.branch,
            candidates=match.candidates,
            words=match.words,
        )
        return _lost(one, Kind.UNSURE, new, org=_org_of(one, match, ground=ground), words=words)
    org = one.org or ground.org
    if one.has_left:
        return Judged(one, None, "", "agreed", org, f"{words}来源写明已不在册。", ())
    new = NewDifference(
        Kind.MISSING, key_of_line(Kind.MISSING, key), ours=NOT_HERE, theirs=one.branch or HERE
    )
    return _lost(one, Kind.MISSING, new, org=org, words=words)


def repeats(told: Iterable[Told]) -> list[int]:
    """Return for each line how many identical ones stand before it."""
    seen: dict[str, int] = {}
    found = []
    for one in told:
        before = seen.get(one.identity, 0)
        seen[one.identity] = before + 1
        found.append(before)
    return found


def _found(one: Told, match: Match, *, ground: Ground, words: str) -> Judged:
    member = ground.roll.by_person[match.person or 0]
    same_id = agreement(member, one, agrees=ground.agrees)
    told = changes(member, one, same_id=same_id, names=ground.names)
    new: Sequence[NewDifference] = [
        NewDifference(
            Kind.CHANGED,
            key_of_change(member.person, change.field),
            field=change.field,
            ours=change.ours,
            theirs=change.theirs,
        )
        for change in told
    ]
    outcome = "changed" if new else "agreed"
    return Judged(one, member.person, match.how, outcome, member.org, words, tuple(new))


def _lost(one: Told, kind: Kind, new: NewDifference, *, org: int, words: str) -> Judged:
    return Judged(one, None, "", kind, org, words, (new,))


def _org_of(one: Told, match: Match, *, ground: Ground) -> int:
    if one.org:
        return one.org
    orgs = {ground.roll.by_person[pk].org for pk in match.candidates if pk in ground.roll.by_person}
    return orgs.pop() if len(orgs) == 1 else ground.org

"""Two who wrote from the same text: what each changed alone is taken, what both changed is shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .comparing import words

NEAR = 2  # fewer words between two changes make them one: else half a word of each would be joined


class Author(StrEnum):
    NOBODY = "nobody"
    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Part:
    """A stretch of the text before, and what each of the two made of it."""

    base: str
    mine: str
    theirs: str

    @property
    def author(self) -> Author:
        """Return who changed it."""
        if self.mine == self.base:
            return Author.NOBODY if self.theirs == self.base else Author.THEIRS
        return Author.MINE if self.theirs == self.base else Author.BOTH

    @property
    def is_clash(self) -> bool:
        """Test if both changed it, and differently: a person has to choose."""
        return self.author is Author.BOTH and self.mine != self.theirs

    @property
    def text(self) -> str:
        """Return what is proposed: the change of the one who changed it, else this writer's."""
        return self.theirs if self.author is Author.THEIRS else self.mine


@dataclass(frozen=True)
class Merged:
    """What two texts make together."""

    parts: tuple[Part, ...]

    @property
    def text(self) -> str:
        """Return the merged text; where somebody has to choose it has what this writer wrote."""
        return "".join(part.text for part in self.parts)

    @property
    def clashes(self) -> int:
        """Return in how many places somebody has to choose."""
        return sum(part.is_clash for part in self.parts)


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    words: tuple[str, ...]
    is_mine: bool


def merge(base: str, *, mine: str, theirs: str) -> Merged:
    """Return what two texts make together that were both made of a third."""
    before = words(base)
    edits = [*_edits(before, mine, is_mine=True), *_edits(before, theirs, is_mine=False)]
    found: list[Part] = []
    at = 0
    for group in _together(sorted(edits, key=lambda each: (each.start, each.end))):
        start, end = group[0].start, max(each.end for each in group)
        found += _same(before[at:start])
        found.append(_part(before, start, end, group))
        at = end
    return Merged((*found, *_same(before[at:])))


def _edits(before: Sequence[str], after: str, *, is_mine: bool) -> Iterator[_Edit]:
    then = words(after)
    for tag, a, b, c, d in SequenceMatcher(a=before, b=then, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Edit(a, b, tuple(then[c:d]), is_mine)


def _together(edits: Sequence[_Edit]) -> Iterator[list[_Edit]]:
    """Yield changes that stand in each other's way as one."""
    group: list[_Edit] = []
    for edit in edits:
        reach = max((each.end for each in group), default=-NEAR)
        if group and edit.start - reach >= NEAR:
            yield group
            group = []
        group.append(edit)
    if group:
        yield group


def _part(before: Sequence[str], start: int, end: int, group: Sequence[_Edit]) -> Part:
    mine, theirs = (
        _applied(before, start, end, [each for each in group if each.is_mine is is_mine])
        for is_mine in (True, False)
    )
    return Part(base="".join(before[start:end]), mine=mine, theirs=theirs)


def _applied(before: Sequence[str], start: int, end: int, edits: Sequence[_Edit]) -> str:
    found: list[str] = []
    at = start
    for edit in edits:
        found += [*before[at : edit.start], *edit.words]
        at = edit.end
    return "".join([*found, *before[at:end]])


def _same(stretch: Sequence[str]) -> list[Part]:
    text = "".join(stretch)
    return [Part(text, text, text)] if text else []

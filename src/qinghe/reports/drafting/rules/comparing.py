"""Two texts compared word by word: a Chinese character, a number, a Latin word, a token."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from .tokens import TOKEN

_WORD = re.compile(rf"{TOKEN.pattern}|[A-Za-z]+|\d+(?:\.\d+)?|\s+|.".replace("(?P<", "(?P<_"), re.S)
_FEWEST = 2  # fewer words in common between two changes read better as part of one change


class Side(StrEnum):
    SAME = "same"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True)
class Stretch:
    """Some words that stand in both texts, only in the older, or only in the newer one."""

    side: Side
    text: str

    @property
    def is_same(self) -> bool:
        """Test if both texts have it."""
        return self.side is Side.SAME


def compare(old: str, new: str) -> list[Stretch]:
    """Return what is the same, gone and new, in reading order; gone comes before new.

    All that is not new joined is the older text, all that is not old joined is the newer one.
    """
    return compare_words(words(old), words(new))


def compare_words(left: Sequence[str], right: Sequence[str]) -> list[Stretch]:
    """Return the same of texts that are in words already, such as with their figures printed."""
    if left == right:
        return [Stretch(Side.SAME, "".join(left))] if left else []
    matched = SequenceMatcher(a=left, b=right, autojunk=False).get_opcodes()
    found: list[tuple[str, str, str]] = []
    for tag, a, b, c, d in matched:
        found.append((tag, "".join(left[a:b]), "".join(right[c:d])))
    return list(_stretches(_joined(found)))


def words(text: str) -> list[str]:
    """Return a text in its words; joined they are the text."""
    return [found.group() for found in _WORD.finditer(text)]


def _joined(found: list[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of old and new words, with short common stretches taken into the change around."""
    old = new = ""
    for place, (tag, left, right) in enumerate(found):
        between = 0 < place < len(found) - 1
        if tag == "equal" and not (between and len(words(left)) < _FEWEST):
            if old or new:
                yield old, new
            yield left, right
            old = new = ""
        else:
            old, new = old + left, new + right
    if old or new:
        yield old, new


def _stretches(pairs: Iterator[tuple[str, str]]) -> Iterator[Stretch]:
    for old, new in pairs:
        if old == new:
            yield Stretch(Side.SAME, old)
            continue
        if old:
            yield Stretch(Side.OLD, old)
        if new:
            yield Stretch(Side.NEW, new)

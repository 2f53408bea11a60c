"""A text as it is printed, and the way back from each printed character to the written one."""

from collections.abc import Mapping
from dataclasses import dataclass

from qinghe.reports.drafting.rules.findings import Known
from qinghe.reports.drafting.rules.tokens import IN_WORDS, Token, parse

BLANK = "\ue000"  # stands for a figure where only typed words are looked at: no text has it


@dataclass(frozen=True)
class Placed:
    """A token in its text: where it is written, and where it is printed."""

    token: Token
    known: Known
    start: int
    end: int
    at: int
    till: int

    def is_level(self) -> bool:
        """Test if it prints how much there is, not how much that changed."""
        return self.known.base is None

    def is_in_words(self) -> bool:
        """Test if it is a numeral inside a fixed word: 三个百分百 (G-51)."""
        return self.known.phrase == IN_WORDS

    def is_said(self) -> bool:
        """Test if a number is printed that can be held against its figure."""
        return self.known.exact is not None


@dataclass(frozen=True)
class Spoken:
    """A written text, as it is printed and as it was typed."""

    source: str
    printed: str
    typed: str  # of one length with the source: figures are blank
    placed: tuple[Placed, ...]
    fixed: frozenset[str]

    def source_span(self, at: int, till: int) -> tuple[int, int]:
        """Return where printed characters are written; part of a figure is all of its token."""
        return self._source_of(at, end=False), self._source_of(till - 1, end=True)

    def before(self, placed: Placed) -> str:
        """Return what is printed before a figure."""
        return self.printed[: placed.at]

    def after(self, placed: Placed) -> str:
        """Return what is printed after a figure."""
        return self.printed[placed.till :]

    def _source_of(self, at: int, *, end: bool) -> int:
        shift = 0  # how much further the source is than the print
        for each in self.placed:
            if at < each.at:
                break
            if at < each.till:
                return each.end if end else each.start
            shift = each.end - each.till
        return at + shift + end


def speak(
    text: str, *, known: Mapping[Token, Known], fixed: frozenset[str] = frozenset()
) -> Spoken:
    """Return a text with what each of its tokens prints."""
    printed, typed = "", ""
    placed = []
    for piece in parse(text):
        if piece.token is None:
            printed, typed = printed + piece.text, typed + piece.text
            continue
        said = known[piece.token]
        at = len(printed)
        printed, typed = printed + said.printed, typed + BLANK * len(piece.text)
        placed.append(Placed(piece.token, said, piece.start, piece.end, at, len(printed)))
    return Spoken(text, printed, typed, tuple(placed), fixed)

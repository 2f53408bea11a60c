"""The tokens in a text: `{CODE[@ORGCODE][!PERIOD][^previous|^last_year][|PHRASE]}`.

`{VOL-02}` is a figure of the report's own organisation and period, said in its usual way;
`{VOL-02@440307017!2021H2|over:1000}` another's, of another period, another way;
`{VOL-02^last_year}` how it changed since.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from qinghe.lib import periods
from qinghe.lib.periods import Period
from qinghe.lib.verdicts import Refused
from qinghe.lib.wording import Phrase, Style

IN_WORDS = "word"  # 三个百分百, 第三次全体会议: a figure inside a fixed word (G-51)
TOKEN = re.compile(
    r"\{(?P<code>[A-Z]{2,8}-[0-9]{2,3})"
    r"(?:@(?P<org>[^{}@!^|\s/]{1,24}))?"
    r"(?:!(?P<period>[0-9]{4}[MQH0-9]{0,3}))?"
    r"(?:\^(?P<against>previous|last_year))?"
    r"(?:\|(?P<phrase>[a-z]+(?::[0-9]+)?))?\}"
)


class Against(StrEnum):
    """What a figure is compared with."""

    PREVIOUS = "previous"  # 环比
    LAST_YEAR = "last_year"  # 同比

    def base(self, period: Period) -> Period:
        """Return the period that is compared with."""
        return period.previous() if self is Against.PREVIOUS else period.same_last_year()


@dataclass(frozen=True)
class Token:
    """A place in a text where a figure stands; what is left empty is the report's own."""

    code: str
    org: str = ""
    period: str = ""
    against: str = ""
    phrase: str = ""

    def __str__(self) -> str:
        parts = (
            self.code,
            f"@{self.org}" if self.org else "",
            f"!{self.period}" if self.period else "",
            f"^{self.against}" if self.against else "",
            f"|{self.phrase}" if self.phrase else "",
        )
        return f"{{{''.join(parts)}}}"

    def span(self, own: Period) -> Period:
        """Return the period of the figure, given the report's own."""
        return periods.parse(self.period) if self.period else own

    def base(self, own: Period) -> Period | None:
        """Return the period that the figure is compared with, if it is."""
        return Against(self.against).base(self.span(own)) if self.against else None


@dataclass(frozen=True)
class Piece:
    """A stretch of a text: a token, or the words between two."""

    start: int
    text: str
    token: Token | None = None

    @property
    def end(self) -> int:
        """Return the place after its last character."""
        return self.start + len(self.text)


def parse(text: str) -> list[Piece]:
    """Return the pieces of a text, in order; joined again they are the text.

    What only looks like a token, such as one with an unknown phrase or period, stays words.
    """
    pieces: list[Piece] = []
    place = 0
    for found in TOKEN.finditer(text):
        token = Token(**{key: value or "" for key, value in found.groupdict().items()})
        if not _is_sound(token):
            continue
        if found.start() > place:
            pieces.append(Piece(place, text[place : found.start()]))
        pieces.append(Piece(found.start(), found.group(), token))
        place = found.end()
    if place < len(text):
        pieces.append(Piece(place, text[place:]))
    return pieces


def written(pieces: Iterable[Piece]) -> str:
    """Return the text that pieces are of."""
    return "".join(piece.text for piece in pieces)


def tokens(text: str) -> list[Token]:
    """Return the tokens of a text, in order."""
    return [piece.token for piece in parse(text) if piece.token is not None]


def _is_sound(token: Token) -> bool:
    try:
        own = token.span(periods.year(periods.FIRST_YEAR + 2))
        phrase = None if token.phrase in ("", IN_WORDS) else Phrase.parse(token.phrase)
    except (Refused, ValueError):
        return False
    if not token.against:
        return True
    return _has_a_year_before(own) and token.phrase != IN_WORDS and _says_a_change(phrase)


def _has_a_year_before(period: Period) -> bool:
    return period.start.year > periods.FIRST_YEAR


def _says_a_change(phrase: Phrase | None) -> bool:
    """A change is said in percent, or as a difference in any way but 百余."""
    return phrase is None or phrase.style is not Style.HUNDREDS

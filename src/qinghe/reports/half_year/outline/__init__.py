"""The outline of the half-year report: three parts, six, four and four items.

A sentence is data. `{VOL-02}` is a figure said in its usual way, `{VOL-02|exact}` another way;
`{district}` is a proper name. Everything else is general wording that fits any district; a
district changes `Names`, not sentences. Numbers that are fixed words (G-51) are written out.
What a street or a community has no part in is said otherwise there, or not at all.
"""

from .sentences import OUTLINE
from .shape import (
    NAMES,
    Item,
    Names,
    Outline,
    Part,
    RunIn,
    day_in_words,
    fitting,
    named,
)

__all__ = [
    "NAMES",
    "OUTLINE",
    "Item",
    "Names",
    "Outline",
    "Part",
    "RunIn",
    "day_in_words",
    "fitting",
    "named",
]

"""Closes a period: keeps every figure as it was printed, with the facts it came from.

Records are mended and organisations merge after a report is signed; the report must not move with
them. A freezing is numbered. It keeps all figures of all organisations as the tree stood at the
period's end, how many records stood behind each and their fingerprint, and beside the database the
facts themselves, so that anybody can count again.
"""

from .comparing import Change, Differing, changes, differing
from .keeping import freeze, keep, make
from .reading import (
    figures_of,
    is_frozen,
    newest,
    newest_figures,
    told_of,
)
from .recounting import Difference, Recounted, recount
from .tracing import Behind, behind

__all__ = [
    "Behind",
    "Change",
    "Difference",
    "Differing",
    "Recounted",
    "behind",
    "changes",
    "differing",
    "figures_of",
    "freeze",
    "is_frozen",
    "keep",
    "make",
    "newest",
    "newest_figures",
    "recount",
    "told_of",
]

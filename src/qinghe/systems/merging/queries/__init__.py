"""What people look at when two rows may be one person. Reads only; each starts from an actor."""

from .candidates import Candidate, candidates
from .merges import (
    Merge,
    MergeState,
    may_decide,
    merge_items,
    merge_lines,
    merges_seen_by,
    merges_waiting_for,
)
from .pairs import (
    Choice,
    Compared,
    Likeness,
    Pair,
    choices,
    clashes,
    compared,
    pair_seen_by,
    person_to_merge,
    ways,
    what_each_has,
)
from .places import orgs_holding, places_of

__all__ = [
    "Candidate",
    "Choice",
    "Compared",
    "Likeness",
    "Merge",
    "MergeState",
    "Pair",
    "candidates",
    "choices",
    "clashes",
    "compared",
    "may_decide",
    "merge_items",
    "merge_lines",
    "merges_seen_by",
    "merges_waiting_for",
    "orgs_holding",
    "pair_seen_by",
    "person_to_merge",
    "places_of",
    "ways",
    "what_each_has",
]

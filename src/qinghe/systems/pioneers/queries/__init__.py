"""What people look at in pioneers. Reads only; every function starts from an actor."""

from .ceremonies import (
    Ceremony,
    CeremonyKind,
    CeremonyState,
    ceremonies_seen_by,
    ceremonies_waiting_for,
    ceremony_items,
    ceremony_lines,
    days_taken,
    lacking,
    schools_under,
    steps_of,
)
from .outlines import Outline, Step, outline_on, outlines, outlines_of, steps_to_tick
from .places import may_hold, org_ids_where, orgs_for

__all__ = [
    "Ceremony",
    "CeremonyKind",
    "CeremonyState",
    "Outline",
    "Step",
    "ceremonies_seen_by",
    "ceremonies_waiting_for",
    "ceremony_items",
    "ceremony_lines",
    "days_taken",
    "lacking",
    "may_hold",
    "org_ids_where",
    "orgs_for",
    "outline_on",
    "outlines",
    "outlines_of",
    "schools_under",
    "steps_of",
    "steps_to_tick",
]

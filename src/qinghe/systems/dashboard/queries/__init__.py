"""What the desk and the wall show. Every function starts from an actor."""

from .desk import Checked, check_seen_by, checks_seen_by, codes_on_desk, lines_of
from .mine import cards_of
from .wall import Tile, Wall, WallRow, wall_seen_by

__all__ = [
    "Checked",
    "Tile",
    "Wall",
    "WallRow",
    "cards_of",
    "check_seen_by",
    "checks_seen_by",
    "codes_on_desk",
    "lines_of",
    "wall_seen_by",
]

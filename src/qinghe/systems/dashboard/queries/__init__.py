"""What the desk and the wall show. Every function starts from an actor."""

from .desk import (
    CHOSEN,
    CODE,
    DESK,
    Checked,
    check_seen_by,
    checks_seen_by,
    codes_chosen,
    codes_on_desk,
    codes_open_to,
    figures_open_to,
    lines_of,
)
from .mine import cards_of
from .wall import Tile, Wall, WallRow, wall_seen_by

__all__ = [
    "CHOSEN",
    "CODE",
    "DESK",
    "Checked",
    "Tile",
    "Wall",
    "WallRow",
    "cards_of",
    "check_seen_by",
    "checks_seen_by",
    "codes_chosen",
    "codes_on_desk",
    "codes_open_to",
    "figures_open_to",
    "lines_of",
    "wall_seen_by",
]

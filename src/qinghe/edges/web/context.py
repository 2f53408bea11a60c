"""What the frame has to be told by the house it stands in."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from qinghe.kernel.access.actors import Actor


def _not_a_demo() -> bool:
    return False


# Set once, when the application starts: tells whether the database holds invented people only.
DEMO: Callable[[], bool] = _not_a_demo

# Where a visitor of a demo chooses through whose eyes to look; empty where there is no such page.
DEMO_DOOR: str = ""


@dataclass(frozen=True)
class Bar:
    """A line at the top of every page that says what is unusual, and ends it by a POST."""

    text: str
    end_url: str


def _no_support(_actor: Actor, _at: datetime) -> Bar | None:
    return None


# What the frame says while a support session lends somebody a role.
SUPPORT: Callable[[Actor, datetime], Bar | None] = _no_support

"""What the frame has to be told by the house it stands in."""

from collections.abc import Callable


def _not_a_demo() -> bool:
    return False


# Set once, when the application starts: tells whether the database holds invented people only.
DEMO: Callable[[], bool] = _not_a_demo

# Where a visitor of a demo chooses through whose eyes to look; empty where there is no such page.
DEMO_DOOR: str = ""

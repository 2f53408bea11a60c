"""What the frame has to be told by the house it stands in."""

from collections.abc import Callable


def _not_a_demo() -> bool:
    return False


# Set once, when the application starts: tells whether the database holds invented people only.
DEMO: Callable[[], bool] = _not_a_demo

"""How long a whole district takes to be entered, from an empty folder to its figures."""

from bench import _apart
from bench._limits import at_most

BAR = "full size in < 4 min, packages installed"
LIMIT = 240.0
LIMITS = (at_most("seconds", LIMIT),)


def run() -> dict[str, object]:
    """Return the seconds that the whole demo took; benches that need one measure on it."""
    made = _apart.whole_demo()
    size = sum(path.stat().st_size for path in made.folder.rglob("*") if path.is_file())
    return {
        "bar": BAR,
        "seconds": made.seconds,
        "share of the limit": made.seconds / LIMIT,
        "megabytes in the data folder": size // 1_000_000,
        "bar met": made.seconds < LIMIT,
    }

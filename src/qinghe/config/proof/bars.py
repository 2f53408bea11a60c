"""The bars, as docs/bars.toml has them."""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Bar:
    """One promise: by its number, what must hold, what of it nobody checks yet, what is missed."""

    number: int
    area: str
    title: str
    holds: str
    open: str = ""
    missed: str = ""


def read(path: Path) -> list[Bar]:
    """Return the bars in their order. Raises ValueError where a number is left out or stands twice."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    found = [
        Bar(area=area, **row)  # a wrong name in a row is a TypeError, and stops the page
        for area, rows in told.items()
        for row in rows
    ]
    numbers = [bar.number for bar in found]
    if numbers != list(range(1, len(numbers) + 1)):
        raise ValueError(f"{path.name}: the bars are not numbered 1, 2, 3 …: {numbers}")
    return found

"""Which backups of a folder stay: the newest, and the last of each of the days and weeks before."""

import shutil
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from . import manifest

_GENERATIONS: tuple[Callable[[datetime], object], ...] = (
    lambda moment: moment,
    lambda moment: moment.date(),
    lambda moment: moment.isocalendar()[:2],
)


def drop_old(parent: Path, *, of_each: int) -> list[Path]:
    """Delete the backups of a folder but so many of each generation; return those that went."""
    made = {path: _moment(path) for path in manifest.all_of(parent)}
    spared = staying(filter(None, made.values()), of_each=of_each)
    gone = [path for path, moment in made.items() if moment and moment not in spared]
    for path in gone:
        if path.is_dir():
            (path / manifest.NAME).unlink()  # from here on it is no backup, however far this gets
            shutil.rmtree(path)
        else:
            path.unlink()
    return gone


def staying(moments: Iterable[datetime], *, of_each: int) -> set[datetime]:
    """Return which stay of backups made at these moments."""
    newest_first = sorted(moments, reverse=True)
    spared: set[datetime] = set()
    for belongs_to in _GENERATIONS:
        last: dict[object, datetime] = {}
        for moment in newest_first:
            last.setdefault(belongs_to(moment), moment)
        spared.update(list(last.values())[:of_each])
    return spared


def _moment(path: Path) -> datetime | None:
    """Return when a backup was made, by its name; who gave it another keeps it."""
    named = path.name.removesuffix(manifest.SEALED).removeprefix(manifest.PREFIX)
    try:
        return datetime.strptime(f"{named} +0800", "%Y%m%d-%H%M%S %z")
    except ValueError:
        return None

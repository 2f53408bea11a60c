"""A clock that is moved while the house that goes by it serves."""

import os
from pathlib import Path

from bench import _apart

MINUTE, HOUR = 60, 3600


class Clock:
    """How far off the clock of a house is, in seconds; its processes read it in a file."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self.move(0)
        own = str(Path(__file__).with_name("clock"))
        path = os.pathsep.join([own, _apart.environment("")["PYTHONPATH"]])
        self.environment = {"MOVED_CLOCK": str(file), "PYTHONPATH": path}

    def move(self, seconds: float) -> None:
        """Set it so far off, at once and whole."""
        being = self._file.with_suffix(".part")
        being.write_text(str(seconds))
        being.replace(self._file)

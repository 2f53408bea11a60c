"""Read by each Python that has this folder in PYTHONPATH: its clock is as far off as a file says, from then on."""

import os
import time
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

FILE = Path(os.environ["MOVED_CLOCK"])
_now, _time, _utime = timezone.now, time.time, os.utime


def _off() -> float:
    return float(FILE.read_text())


def _touch(path, times=None, **more):
    """Touch a file, as the worker does for a sign of life."""
    if times is None and not more:
        times = (time.time(), time.time())
    _utime(path, times, **more)


timezone.now = lambda: _now() + timedelta(seconds=_off())
time.time = lambda: _time() + _off()
os.utime = _touch

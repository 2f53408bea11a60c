"""What runs by itself, and when. All timing is here; `manage nightly` does what this says."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, order=True)
class Job:
    """One row: from which local time of the night on, which command of `manage`, and what for."""

    when: time
    command: str
    purpose: str


NIGHTLY = (Job(time(2, 30), "rebuild-facts", "重建指标数据，次日各页按新数据显示"),)

"""What secondments do by themselves: those agreed begin on their first day."""

from datetime import datetime

from qinghe.systems.cadres import services

CLOCK = "定时任务"


def begin_secondments(*, at: datetime) -> int:
    """Let the secondments begin whose first day has come; return how many."""
    return services.begin_due(at=at, by=CLOCK)

"""What transfers do by themselves: what is late lapses."""

from datetime import datetime

from qinghe.systems.transfers import services

CLOCK = "定时任务"


def expire(*, at: datetime) -> int:
    """Void the transfers whose days have run out; return how many."""
    return services.expire_due(at=at, by=CLOCK)

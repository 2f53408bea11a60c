"""What reorganising does by itself: plans are carried out on their day."""

from datetime import datetime

from qinghe.lib.periods import local_day
from qinghe.systems.reorganising import queries, services
from qinghe.systems.reorganising.queries import State

CLOCK = "定时任务"


def carry_out(*, at: datetime) -> tuple[int, int]:
    """Carry out the approved plans whose day has come, one transaction each, the earliest first.

    Return how many were done, and how many did not fit any more.
    """
    done = refused = 0
    for plan in list(queries.plans_due(CLOCK, local_day(at))):
        state = services.carry_out_due(plan=plan, at=at, by=CLOCK).state
        done += state == State.CARRIED_OUT
        refused += state == State.REFUSED
    return done, refused

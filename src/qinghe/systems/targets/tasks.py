"""What lists of work do by themselves: lights change on their day, and each step is taken once."""

from datetime import datetime

from qinghe.systems.targets.queries import standing
from qinghe.systems.targets.services import charging, telling, watching

CLOCK = "定时任务"


def supervise(*, at: datetime) -> watching.Looked:
    """Enter what is newly carried, and look at everything up to today. Safe to repeat, also at once.

    Some items are one transaction, and telling of all that was found is one more: what a stop leaves
    undone is done the next time. So a street with many red items gets one notice.
    """
    charging.enter_charges(at=at, by=CLOCK)
    looked = [
        watching.look_untold(items=items, at=at, by=CLOCK)
        for items in standing.items_to_look_at(CLOCK)
    ]
    telling.tell_waiting(at=at, by=CLOCK)
    return watching.Looked(
        charges=sum(one.charges for one in looked), steps=sum(one.steps for one in looked)
    )

"""What is forgotten of children once their round is long over (S-08); the nightly retention asks."""

from datetime import datetime

from django.db import transaction

from qinghe.kernel.consent.retention import Action, Retention
from qinghe.lib.periods import local_day
from qinghe.systems.pioneers.models import Nominee

# A star is asked for by who holds the one before within a year, and the award comes after the round.
A_YEAR_AND_A_HALF = 550


@transaction.atomic
def _forget_children(until: datetime, at: datetime) -> int:
    """Erase codes and initials of rounds that closed before a moment; that one was meant stays."""
    old = Nominee.objects.filter(nomination__slate__round__closes_on__lt=local_day(until))
    return old.exclude(code="").update(code="", initial="")


RETENTION = (
    Retention(
        model="pioneers.Nominee",
        label="红领巾奖章申报的校内编号和首字母",
        days=A_YEAR_AND_A_HALF,
        starts="nomination__slate__round__closes_on",
        action=Action.ANONYMISE,
        why="从申报截止起算，核对上一星级时要用；清除后只留枚数",
        least=31,
        run=_forget_children,
    ),
)

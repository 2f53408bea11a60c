"""Telling those who listen that hours came to count or ceased to: never a name, only numbers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from qinghe.edges.hooks import outbox
from qinghe.edges.hooks.outbox import News
from qinghe.systems.volunteering import models, rules


@dataclass(frozen=True)
class HoursChange:
    """What became of one attendance: the minutes that counted before, and its state and minutes now."""

    session_id: int
    volunteer_id: int
    before: int
    state: str
    minutes: int

    @classmethod
    def of(cls, attendance: models.Attendance, *, before: int) -> "HoursChange":
        """Return the change of an attendance that has just been written."""
        return cls(
            attendance.session_id,
            attendance.volunteer_id,
            before,
            attendance.state,
            attendance.minutes,
        )

    @property
    def now(self) -> int:
        """Return the minutes that count now."""
        return rules.counted(state=self.state, minutes=self.minutes)

    @staticmethod
    def tell(changes: "Iterable[HoursChange]", *, at: datetime) -> None:
        """Put what changed into the outbox, in the transaction that changed it."""
        turned = [one for one in changes if one.now != one.before]
        if turned:
            outbox.tell(news=lambda: _news(turned), at=at)


def _news(changes: Sequence[HoursChange]) -> list[News]:
    sessions = models.Session.objects.select_related("org").in_bulk(
        {one.session_id for one in changes}
    )
    people = models.Volunteer.objects.filter(pk__in={one.volunteer_id for one in changes})
    numbers = dict(people.values_list("pk", "number"))
    return [
        News(
            event=str(turn),
            org=session.org,
            told={
                "volunteer": numbers[one.volunteer_id],
                "session": session.code,
                "org": session.org.code,
                "day": session.day.isoformat(),
                "minutes": one.now,
                "before": one.before,
                "state": str(one.state),
            },
        )
        for one in changes
        if (turn := rules.turn_of(before=one.before, now=one.now))
        and (session := sessions[one.session_id])
    ]

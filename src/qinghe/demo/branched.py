"""How branches lived: the meetings of two half-years in bulk, and what is written down these days.

Most branches meet in time. Some miss a quarter, some come together without a quorum, so that the
board has something to show.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.branches import queries, rules, services
from qinghe.systems.branches.access import Act
from qinghe.systems.branches.models import Meeting

from . import cast

CHUNK = 500
WRITTEN = date(2022, 7, 1)
GENERAL = (
    (date(2021, 9, 10), "学习贯彻“七一”重要讲话精神"),
    (date(2021, 12, 10), "年度总结和团员教育评议部署"),
    (date(2022, 3, 11), "学雷锋志愿服务部署"),
    (date(2022, 5, 20), "庆祝建团100周年"),
)
LESSONS = (
    (date(2021, 10, 15), "党史学习教育"),
    (date(2022, 4, 15), "团史团情"),
    (date(2022, 6, 10), "青年的责任与担当"),
)
COMMITTEES = tuple(date(2022, month, 8) for month in range(1, 7))
SEATS = 3  # T-05
LATE, THIN, IDLE = 9, 11, 7  # one branch of so many misses, lacks a quorum, skips the committee
LIVING = 6
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter the meetings of 2021H2 and 2022H1, then some of these days; told once."""
    if Meeting.objects.exists():
        return
    by = cast.officer()
    there = list(queries.branches_for(by, Act.RECORD).filter(closed_on__isnull=True))
    source = {"title": "三会两制一课登记"}
    held = list(_held(there, by=by))
    for first in range(0, len(held), CHUNK):
        ready = held[first : first + CHUNK]
        services.record_many(ready=ready, at=_at(WRITTEN), by=by, source=source)
    _today(there, now=now, by=by)
    say(f"支部工作：{Meeting.objects.count():,} 次支部会议")


def _held(branches: Sequence[Org], *, by: Actor) -> Iterator[services.NewMeeting]:
    yield from _general(branches, by=by)
    for day, topic in LESSONS:
        for number, org, members in _met(branches, day=day, by=by):
            told = _meeting(org, "lesson", day, topic, members)
            yield replace(told, quarters=4 + number % 3, speaker="团支部书记")
    for day in COMMITTEES:
        for number, org, members in _met(branches, day=day, by=by):
            if members >= IDLE and number % IDLE:
                yield _meeting(org, "committee", day, f"{day.month}月工作安排", SEATS)


def _general(branches: Sequence[Org], *, by: Actor) -> Iterator[services.NewMeeting]:
    for place, (day, topic) in enumerate(GENERAL):
        for number, org, members in _met(branches, day=day, by=by):
            if (number + place) % LATE:
                told = _meeting(org, "general", day, topic, members)
                is_thin = members > 1 and (number + place) % THIN == 0
                yield replace(told, present=members // 2) if is_thin else told


def _met(branches: Sequence[Org], *, day: date, by: Actor) -> Iterator[tuple[int, Org, int]]:
    """Return the branches that were there on a day, each with its place and its members."""
    roll = queries.entitled_on(by, [one.pk for one in branches], kind="general", day=day)
    for number, org in enumerate(branches):
        if org.opened_on <= day and roll.get(org.pk) and org.kind in rules.MEASURED:
            yield number, org, roll[org.pk]


def _meeting(org: Org, kind: str, day: date, topic: str, entitled: int) -> services.NewMeeting:
    """Return a meeting to which all but one came."""
    return services.NewMeeting(
        org=org,
        kind=kind,
        day=day,
        topic=topic,
        present=max(entitled // 2 + 1, entitled - 1),
        entitled=entitled,
        place="团支部活动室",
    )


def _today(branches: Sequence[Org], *, now: datetime, by: Actor) -> None:
    """Let a few branches meet these weeks; one of them is written down anew."""
    today = local_day(now)
    roll = queries.entitled_on(by, [one.pk for one in branches], kind="general", day=today)
    living = [one for one in branches if roll.get(one.pk, 0) > 1][:LIVING]
    for place, org in enumerate(living):
        day = today - timedelta(days=3 + 5 * place)
        new = _meeting(org, "general", day, "季度支部大会", roll[org.pk])
        made = services.record_meeting(new=new, at=now, by=by)
        theme = _meeting(org, "theme", day, "“青年志愿行”主题团日", roll[org.pk])
        services.record_meeting(new=theme, at=now, by=by)
        if place == 0:
            services.cancel_meeting(meeting=made, reason="日期登错，重新登记", at=now, by=by)
            again = _meeting(
                org, "general", today - timedelta(days=2), "季度支部大会", roll[org.pk]
            )
            services.record_meeting(new=again, at=now, by=by)


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=TZ).astimezone(UTC)

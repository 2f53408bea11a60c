"""Last year's review of the whole district as its rates were reported, and one that is under way.

The rolls of the demo are not those that communities and schools reported by: of every so many on
them as many lack a grade or a registration as were reported lacking, so the records print the same.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.appraisals import queries, services
from qinghe.systems.appraisals.models import Campaign, Line, Roll, Standing

from . import cast
from . import queries as demo

DISTRICT, STREET, MEMBER = "440307", "440307017", "tuanyuan"
YEAR = 2021
REFERENCE, OPENS, CLOSES = date(2021, 12, 31), date(2021, 12, 1), date(2022, 3, 31)
GRADED, PUT_OFF_UNTIL, TOLD = date(2022, 3, 10), date(2022, 9, 10), date(2022, 4, 2)
DUE, UNGRADED, UNREGISTERED = 48_213, 77, 839  # as reported for 2022H1: F033, F034
CHUNK = 500
SOURCE = "龙岗区2021年度团员教育评议和团籍注册台账"
Say = Callable[[str], None]


def tell(*, now: datetime, say: Say) -> None:
    """Bring in last year's results, then open this year's and let some branches go ahead; once."""
    by, district = cast.officer(), cast.place(DISTRICT)
    last = _campaign(district, YEAR, REFERENCE, OPENS, CLOSES, at=_at(OPENS), by=by)
    _bring(last, by=by)
    today = local_day(now)
    first = today - timedelta(days=20)
    this = _campaign(district, first.year, first, first, today + timedelta(days=40), at=now, by=by)
    _go_ahead(this, now=now)
    counted = Line.objects.filter(campaign=last)
    registered = counted.filter(registered_on__isnull=False).count()
    say(f"评议注册：{YEAR}年度名单 {counted.count():,} 人，已注册 {registered:,} 人")


def lacking(due: int) -> tuple[int, int]:
    """Return how many of those due have no grade, and how many no registration, as was reported."""
    return round(due * UNGRADED / DUE), round(due * UNREGISTERED / DUE)


def spread(many: int, some: int) -> list[int]:
    """Return the places of some among many, evenly."""
    return [(2 * number + 1) * many // (2 * some) for number in range(some)]


def _campaign(
    org: Org, year: int, reference: date, opens: date, closes: date, *, at: datetime, by: Actor
) -> Campaign:
    """Open a year's review and make its rolls, unless they are there."""
    known = Campaign.objects.filter(org=org, year=year).first()
    new = services.NewCampaign(org, year, reference, opens, closes)
    campaign = known or services.open_campaign(new=new, at=at, by=by)
    if campaign.listed_at is None:
        for part in queries.branches_to_list(by, campaign):
            services.list_members(campaign=campaign, orgs=part, at=at, by=by)
        campaign = services.note_listed(campaign=campaign, at=at, by=by)
    return campaign


def _bring(campaign: Campaign, *, by: Actor) -> None:
    """Bring in the results of a year that is over, 500 lines at a time; what is in stays."""
    results = list(_results(campaign))
    for start in range(0, len(results), CHUNK):
        chunk = results[start : start + CHUNK]
        services.bring_results(ready=chunk, at=_at(TOLD), by=by, source={"file": SOURCE})


def _results(campaign: Campaign) -> Iterator[services.ReadyResult]:
    due = Line.objects.filter(campaign=campaign, standing__in=[Standing.IN, Standing.ABSENT])
    lines = list(due.order_by("roll__org__path", "pk").values_list("pk", "roll_id", "standing"))
    ungraded, unregistered = lacking(len(lines))
    places = spread(len(lines), unregistered)
    absent = frozenset(places[one] for one in spread(len(places), ungraded))
    others, here, seen = frozenset(places) - absent, 0, 0
    known = frozenset(due.filter(final_on__isnull=False).values_list("pk", flat=True))
    for place, (line_id, roll_id, standing) in enumerate(lines):
        here, seen = (here + 1, seen) if roll_id == seen else (1, roll_id)
        if line_id in known or standing == Standing.ABSENT:
            continue
        if place in absent:
            yield services.ReadyResult(line_id, "", "外出务工，联系不上", GRADED)
        elif place in others:
            yield _unregistered(line_id, place)
        else:
            grade = "top" if here % 6 == 0 else "basic" if here % 17 == 0 else "good"
            yield services.ReadyResult(line_id, grade, "", GRADED, GRADED)


def _unregistered(line_id: int, place: int) -> services.ReadyResult:
    """Tell of somebody who was put off, or of one in seven who was graded 不合格."""
    if place % 7 == 0:
        return services.ReadyResult(line_id, "failed", "", GRADED)
    why = "未按期参加团的组织生活"
    return services.ReadyResult(line_id, "good", why, GRADED, deferred_until=PUT_OFF_UNTIL)


def _go_ahead(campaign: Campaign, *, now: datetime) -> None:
    """Let four branches of a street go ahead: one rates, one waits for approval, one registers, one is done."""
    found = Roll.objects.filter(
        campaign=campaign, org__path__contains=f"/{STREET}/", took_part__gte=1
    )
    if found.exclude(state=Roll.State.STUDY).exists():
        return
    for roll, steps in zip(found.order_by("-took_part", "pk")[:4], (1, 2, 3, 4), strict=False):
        _walk(roll, steps, now=now)


def _walk(roll: Roll, steps: int, *, now: datetime) -> None:
    first, second, today = cast.officer(), cast.officer(second=True), local_day(now)
    services.record_study(
        roll=roll, on=today, studied="学习团章和团员先进性评价要求", at=now, by=first
    )
    lines = list(roll.lines.filter(standing=Standing.IN).order_by("pk").select_related("person"))
    for line in lines[: max(1, len(lines) // 2)]:
        _speak(line, lines, now=now)
    if steps == 1:
        _let_in(lines[0].person, now=now)
        return
    meeting = services.Meeting(today, len(lines), len(lines))
    services.hold_meeting(roll=roll, meeting=meeting, at=now, by=first)
    grades = {
        line.pk: "top" if place < roll.most_top else "good" for place, line in enumerate(lines)
    }
    services.propose(roll=roll, grades=grades, on=today, at=now, by=first)
    if steps >= 3:
        services.approve(roll=roll, at=now, by=second)
    if steps >= 4:
        deferred = {lines[-1].pk: "未按期参加团的组织生活"} if len(lines) > 1 else {}
        services.register(roll=roll, deferred=deferred, months=3, at=now, by=first)


def _speak(line: Line, others: Sequence[Line], *, now: datetime) -> None:
    """Let a member say a word on themself and a grade for each of the others."""
    by = Actor(person_id=line.person_id, name=line.person.name)
    services.appraise_oneself(
        line=line, words="按时参加组织生活和志愿服务，学习还要更主动。", grade="good", at=now, by=by
    )
    grades = {one.pk: "top" if one.pk % 3 == 0 else "good" for one in others if one.pk != line.pk}
    if grades:
        services.rate_others(line=line, grades=grades, at=now, by=by)


def _let_in(person: Person, *, now: datetime) -> None:
    """Give a member of a branch that rates an account, so that their pages can be looked at."""
    if not demo.has_account(MEMBER):
        access.open_account(person=person, username=MEMBER, at=now, by="demo")


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=TZ).astimezone(UTC)

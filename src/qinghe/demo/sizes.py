"""How large an invented half-year is. Every number a report prints follows from these."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

FROM, TO = date(2022, 1, 1), date(2022, 6, 30)
TOLD_AT = datetime(2022, 7, 3, 22, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True)
class Size:
    """The arithmetic of one demo district over its half-year (rules.md §9)."""

    name: str
    orgs: int  # counted League organisations at the period's end
    new_orgs: int  # 两新 organisations at the period's end
    opened_new_orgs: int  # of these, opened within the period
    members: int
    cadres: int
    full_time: int
    volunteers: int  # registered before the period
    registered: int  # registered within the period
    teams: int  # approved before the period
    approved_teams: int  # approved within the period
    sessions: int  # with at least one effective attendance
    unattended: int  # published, but nobody came
    person_times: int
    hours: int
    awaiting: int  # attendances of more than eight hours that still wait for approval
    one_active_in: int  # one volunteer of so many serves within the period
    stars: int  # star volunteers recognised within the period
    seed: int = 2022


FULL = Size(
    name="full",
    orgs=2920,
    new_orgs=1060,
    opened_new_orgs=97,
    members=50_000,
    cadres=5_000,
    full_time=219,
    volunteers=240_000,
    registered=40_000,
    teams=2_400,
    approved_teams=1_078,
    sessions=27_043,
    unattended=212,
    person_times=472_000,
    hours=1_763_000,
    awaiting=46,
    one_active_in=3,
    stars=684,
)
MEDIUM = Size(
    name="medium",
    orgs=640,
    new_orgs=232,
    opened_new_orgs=21,
    members=5_000,
    cadres=500,
    full_time=22,
    volunteers=24_000,
    registered=4_000,
    teams=240,
    approved_teams=108,
    sessions=2_704,
    unattended=21,
    person_times=47_200,
    hours=176_300,
    awaiting=12,
    one_active_in=2,
    stars=68,
)
SMALL = Size(
    name="small",
    orgs=240,
    new_orgs=87,
    opened_new_orgs=9,
    members=300,
    cadres=60,
    full_time=3,
    volunteers=900,
    registered=150,
    teams=24,
    approved_teams=11,
    sessions=90,
    unattended=4,
    person_times=540,
    hours=2_017,
    awaiting=1,
    one_active_in=1,
    stars=3,
)
SIZES = {size.name: size for size in (SMALL, MEDIUM, FULL)}

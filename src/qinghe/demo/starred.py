"""Star volunteers of the half-year as every street reported them, and a season that is under way."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.systems.returns.models import Value
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import StarCase, StarRound, Volunteer
from qinghe.systems.volunteering.queries import StarState, StarVerdict

from . import cast, reported
from .sizes import TO, Size

ZONE = ZoneInfo("Asia/Shanghai")
DISTRICT, STREET = "440307", "440307017"
ON_THE_ROLL = date(2020, 5, 31)  # two years before the last day counted: long enough for any star
COUNTED, OPENS, CLOSES = date(2022, 5, 31), date(2022, 6, 1), date(2022, 6, 10)
PROPOSED, REVIEWED, AGREED, GIVEN = (date(2022, 6, day) for day in (2, 8, 10, 28))
SOURCE = "志愿服务旧系统年度清单（2021年12月）"
CARRIED_UNTIL = date(2021, 12, 31)
# Of every twenty: twelve of one star, five of two, two of three, one of four; hours from before.
HOURS = (120, 124, 131, 138, 146, 152, 163, 171, 184, 196, 208, 225, 310, 330, 365, 402, 470, 640, 760, 1080)  # fmt: skip
Say = Callable[[str], None]


@transaction.atomic
def tell(*, size: Size, now: datetime, say: Say) -> None:
    """Give the half-year's stars street by street, and open this year's season; told once."""
    district = orgs.by_code(DISTRICT)
    if district is None:
        raise ValueError("the divisions have not been entered")
    if StarRound.objects.exists():
        return
    _give(size, district)
    say(f"星级志愿者：{StarCase.objects.filter(state=StarState.ISSUED).count()} 名已认定")
    _begin(district, now=now)


def _give(size: Size, district: Org) -> None:
    first, second = cast.officer(), cast.officer(second=True)
    chosen = [pk for street, most in _shares(size).items() for pk in _choose(street, most)]
    carried = [
        services.Carried(pk, HOURS[place % len(HOURS)] * 60, CARRIED_UNTIL)
        for place, pk in enumerate(chosen)
    ]
    services.carry_hours(carried=carried, source=SOURCE, at=_at(OPENS), by=first)
    new = services.NewRound("2022年度星级志愿者评定", district, COUNTED, OPENS, CLOSES)
    season = services.open_star_round(new=new, at=_at(OPENS), by=first)
    services.propose_stars(
        found=season, org=district, volunteers=frozenset(chosen), at=_at(PROPOSED), by=second
    )
    _review(season, at=_at(REVIEWED))
    waiting = list(season.cases.filter(state=StarState.REVIEWING))
    if waiting:
        _agree(waiting, at=_at(AGREED), by=first)
    services.issue_stars(found=season, at=_at(GIVEN), by=first)
    services.close_star_round(found=season, at=_at(TO), by=first)


def _begin(district: Org, *, now: datetime) -> None:
    """Open a season of today: some on notice, one of them objected to, some still to be reviewed."""
    first, second = cast.officer(), cast.officer(second=True)
    today = local_day(now)
    season = services.open_star_round(
        new=services.NewRound(
            f"{today.year}年度星级志愿者评定",
            district,
            today - timedelta(days=1),
            today - timedelta(days=3),
            today + timedelta(days=27),
        ),
        at=now - timedelta(days=3),
        by=first,
    )
    street = Org.objects.get(code=STREET)
    some = _choose(street, 5, skip=True)
    carried = [
        services.Carried(pk, hours * 60, CARRIED_UNTIL)
        for pk, hours in zip(some, (118, 126, 135, 322, 640), strict=False)
    ]
    services.carry_hours(carried=carried, source=SOURCE, at=now, by=first)
    cases = services.propose_stars(
        found=season, org=street, volunteers=frozenset(some[1:]), at=now, by=second
    )
    secretary = reported.who_answers().secretaries[street.pk]
    noticed = _agree(cases[:2], at=now, by=secretary)
    services.object_to_star(
        case=noticed[0], words="3月的一次活动未见本人到场，请核实。", at=now, by=second
    )


def _shares(size: Size) -> Mapping[Org, int]:
    """Return how many stars each street gives: what it reported, or its share of fewer."""
    values = Value.objects.filter(
        cell__code="VOL-12", filing__round__period="2022H1", hundredths__isnull=False
    ).select_related("filing__org")
    told = {value.filing.org: (value.hundredths or 0) // 100 for value in values}
    total, so_far, given = sum(told.values()), 0, 0
    shares: dict[Org, int] = {}
    for street in sorted(told, key=lambda org: org.code):
        so_far += told[street]
        upto = so_far * size.stars // total
        shares[street], given = upto - given, upto
    return shares


def _choose(street: Org, most: int, *, skip: bool = False) -> list[int]:
    """Return volunteers of a street who have been on the roll long enough, in order of number."""
    long_enough = Volunteer.objects.filter(
        state=Volunteer.State.REGISTERED,
        registered_on__lte=ON_THE_ROLL,
        org__path__startswith=street.path,
    )
    if skip:
        long_enough = long_enough.filter(carried__isnull=True)
    return list(long_enough.order_by("number").values_list("pk", flat=True)[:most])


def _review(season: StarRound, *, at: datetime) -> None:
    secretaries = reported.who_answers().secretaries
    waiting: dict[int, list[StarCase]] = {}
    for case in season.cases.filter(state=StarState.REVIEWING):
        waiting.setdefault(case.awaits_id or 0, []).append(case)
    for org_id, cases in waiting.items():
        _agree(cases, at=at, by=secretaries.get(org_id) or cast.officer())


def _agree(cases: Sequence[StarCase], *, at: datetime, by: Actor) -> list[StarCase]:
    return services.decide_stars(
        cases=cases, verdict=StarVerdict.AGREED, words="时长与记录一致。", at=at, by=by
    )


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=ZONE).astimezone(UTC)

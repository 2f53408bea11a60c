"""Development numbers of two years as many as the report tells, and this year's on their way down."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.joining import services
from qinghe.systems.joining.models import Number, Quota
from qinghe.systems.joining.services import Kept, Share

from . import cast, names, reported
from .plan import returns as planned

DISTRICT, STREET = "440307", "440307017"
CODES = {Sector.SCHOOL: "AFF-02", Sector.SOCIETY: "AFF-03"}
FIRST = {Sector.SCHOOL: 44_900_001, Sector.SOCIETY: 44_980_001}  # after the year: 广东's serials
HANDED = {2021: date(2021, 6, 21), 2022: date(2022, 1, 24)}
SOURCE = "团市委组织部关于下发{}年度发展团员编号的通知"
THIS_YEAR = {Sector.SCHOOL: 240, Sector.SOCIETY: 40}
PUPILS, BORN = 6, 15  # who is kept a number now, and how old they are
Say = Callable[[str], None]


@transaction.atomic
def tell_years(*, by: Actor) -> None:
    """Hand down what each year's quota was, before the yearly form takes it from here; once."""
    if Number.objects.exists():
        return
    for year, day in HANDED.items():
        totals = planned.yearly(str(year))
        for sector, code in CODES.items():
            _hand_all(Kept(year, sector.value), totals[code], at=_at(day), by=by)


@transaction.atomic
def tell_today(*, now: datetime, say: Say) -> None:
    """Begin this year's numbers, once the schools have who answers for them; told once."""
    if not Number.objects.filter(year=local_day(now).year).exists():
        _today(now=now, by=cast.officer())
    say(f"团员编号：{Number.objects.count()} 个，{Quota.objects.count()} 份配额")


def _hand_all(kept: Kept, total: int, *, at: datetime, by: Actor) -> None:
    """Enter as many as a year had and hand all of them down: to schools, or to streets."""
    _enter(kept, total, at=at, by=by)
    services.hand_down(
        giver=cast.place(DISTRICT), kept=kept, shares=_shares(kept, total), at=at, by=by
    )


def _enter(kept: Kept, size: int, *, at: datetime, by: Actor) -> None:
    first = kept.year * 10**8 + FIRST[Sector(kept.sector)]
    new = services.NewBatch(
        org=cast.place(DISTRICT),
        sector=kept.sector,
        first=str(first),
        last=str(first + size - 1),
        source=SOURCE.format(kept.year),
        received_on=local_day(at) - timedelta(days=7),
    )
    services.enter_batch(new=new, at=at, by=by)


def _shares(kept: Kept, total: int) -> list[Share]:
    """Share numbers out evenly; the first take what is left over."""
    orgs = _schools() if kept.sector == Sector.SCHOOL else _streets()
    each, over = divmod(total, len(orgs))
    amounts = [each + (place < over) for place in range(len(orgs))]
    return [Share(org, amount) for org, amount in zip(orgs, amounts, strict=True) if amount]


def _schools() -> Sequence[Org]:
    found = Org.objects.filter(
        kind=OrgKind.LEAGUE_COMMITTEE, sector=Sector.SCHOOL, closed_on__isnull=True
    )
    return list(found.order_by("code"))


def _streets() -> Sequence[Org]:
    return list(Org.objects.filter(kind=OrgKind.STREET, closed_on__isnull=True).order_by("code"))


def _today(*, now: datetime, by: Actor) -> None:
    """Some of this year are handed down, a few are kept for pupils; a school asks for more."""
    year, school, street = local_day(now).year, _schools()[0], cast.place(STREET)
    district = cast.place(DISTRICT)
    for sector, size in THIS_YEAR.items():
        _enter(Kept(year, sector.value), size, at=now, by=by)
    schools = [Share(org, 20) for org in _schools()[:5]]
    services.hand_down(giver=district, kept=Kept(year, "school"), shares=schools, at=now, by=by)
    society = [Share(street, 12)]
    services.hand_down(giver=district, kept=Kept(year, "society"), shares=society, at=now, by=by)
    branch = Org.objects.filter(parent=school, closed_on__isnull=True).order_by("code").first()
    if branch is None:
        return
    secretary = reported.who_answers().secretaries.get(school.pk) or by
    pupils = [_pupil(place, now=now) for place in range(PUPILS)]
    for person in pupils:
        services.reserve_number(org=branch, person=person, at=now, by=secretary)
    services.release_number(person=pupils[-1], reason="支部大会未通过", at=now, by=secretary)
    spoilt = Number.objects.filter(org=school, year=year, state=Number.State.ISSUED).last()
    if spoilt:
        services.void_number(number=spoilt, reason="志愿书填写错误", at=now, by=secretary)
    ask = services.Ask(school, "school", 15, "九年级新增三个教学班，秋季发展团员")
    services.ask_for_numbers(ask=ask, at=now, by=secretary)
    for person in pupils[:3]:
        _join(person, branch, now=now, by=secretary)


def _pupil(place: int, *, now: datetime) -> Person:
    born = date(local_day(now).year - BORN, 1, 10 + place)
    new = people.NewPerson(f"FZ{place + 1:04}", names.person(Random(f"pupil-{place}")), "", born)
    return people.add_person(new=new, at=now, by="demo")


def _join(person: Person, branch: Org, *, now: datetime, by: Actor) -> None:
    """Let somebody join today, with the file and the number that go with it."""
    today = local_day(now)
    number = services.use_number(person=person, joined_on=today, at=now, by=by)
    file = people.NewFile(joined_on=today, number=number)
    people.open_league_file(person=person, new=file, at=now, by=by)
    people.admit_member(person=person, org=branch, starts_on=today, at=now, by=by)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=TZ).astimezone(UTC)

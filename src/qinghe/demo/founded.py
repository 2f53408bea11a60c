"""Units without a League organisation, the year's targets shared out, and applications of today.

What the story has opened stays as it is: the only organisations founded here are dated today.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random

from django.db import transaction
from stdnum.cn import uscc

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib import sharing
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.founding import models, services

from . import cast, names, reported
from .plan.organisations import WEIGHTS

DISTRICT = "440307"
TARGETS = {2021: (340, date(2021, 3, 8), "12"), 2022: (375, date(2022, 3, 4), "9")}
AIMS = (
    ("甲项", "FND-01"),
    ("乙项", ""),
    ("丙项", ""),
)  # rules.md 1.12: no public source names them
ENTERED = date(2022, 3, 14)
A_STREET = 4  # units of each on the roll
SERVED = ("现场宣讲政策，单位愿意建团", "摸清青年人数，约定再次走访", "送去团务资料，请单位研究")
Say = Callable[[str], None]


@transaction.atomic
def set_targets() -> None:
    """Hand the targets of both years down, and name their aims, before the years' forms ask; once."""
    if models.Target.objects.exists():
        return
    by = cast.officer()
    for year in TARGETS:
        _target(year, _streets(), by=by)
        _aims(year, _streets()[:6], by=by)


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter a roll, and let applications of every state be there today; once."""
    if models.Unit.objects.exists():
        return
    by = cast.officer()
    _roll(_streets(), by=by)
    _later(now=now, by=by)
    _today(now=now)
    say(
        f"两新建团：{models.Unit.objects.count()} 家单位、{models.Application.objects.count()} 项申请"
    )


def _streets() -> list[Org]:
    return list(Org.objects.filter(kind=OrgKind.STREET).order_by("code"))


def _target(year: int, streets: list[Org], *, by: Actor) -> None:
    """Share the year's target as busy as the streets are; one is eased a little, another takes it."""
    number, day, paper = TARGETS[year]
    source = f"龙团〔{year}〕{paper}号"
    new = services.NewTarget(year, number, source, day)
    target = services.hand_down(new=new, at=_at(day), by=by)
    shares = sharing.by_base(number, bases=WEIGHTS)
    services.share_by_hand(
        target=target,
        numbers=dict(zip(streets, shares, strict=True)),
        reason=f"按{source}附表分解",
        at=_at(day, 15),
        by=by,
    )
    for street, change in ((streets[3], -4), (streets[4], 4)):
        share = target.shares.get(org=street)
        services.adjust(
            target=share,
            number=share.number + change,
            reason="产业园区划转，两街道协商调整",
            at=_at(day + timedelta(days=75)),
            by=by,
        )


def _aims(year: int, streets: list[Org], *, by: Actor) -> None:
    day = TARGETS[year][1]
    for name, code in AIMS:
        aim = services.set_hundred(
            new=services.NewHundred(year, name, code), at=_at(day, 16), by=by
        )
        if code:
            continue
        for place, street in enumerate(streets):
            told = services.NewTold(
                aim, street, date(year, 6, 30), 10_000 if place % 3 else 8_750, "街道台账"
            )
            services.tell_hundred(new=told, at=_at(date(year, 7, 1)), by=by)


def _roll(streets: list[Org], *, by: Actor) -> None:
    """Enter some units of every street, as a workbook brings them in."""
    random, numbers = Random("founding"), count(1)
    ready = [
        services.ReadyUnit(None, _unit(next(numbers), place, random))
        for street in streets
        for place in _communities(street)
    ]
    services.enter_many(ready=ready, at=_at(ENTERED), by=by, source={"file": "两新单位名册.xlsx"})


def _communities(street: Org) -> Iterator[Org]:
    found = street.children.filter(kind=OrgKind.COMMUNITY, closed_on__isnull=True).order_by("code")
    places = list(found)
    for place in range(A_STREET):
        yield places[place % len(places)]


def _unit(number: int, place: Org, random: Random) -> services.NewUnit:
    is_social, is_internet = number % 4 == 3, number % 5 == 2
    trade = "软件" if is_internet else random.choice(names.TRADES)
    business = random.choice(names.BUSINESS)
    name = f"{business}{random.choice(names.CIRCLES)}" if is_social else f"{business}{trade}公司"
    head = f"{'52' if is_social else '91'}440307MA5G{number:05d}"
    youths = random.randrange(9, 70)
    industry = "social" if is_social else "internet" if is_internet else "nonpublic"
    return services.NewUnit(
        name=f"{name}（{number}号）",
        credit_code=head + uscc.calc_check_digit(head),
        kind="social_organization" if is_social else "nonpublic_enterprise",
        industry=industry,
        org=place,
        is_internet=is_internet and not is_social,
        way=("leader", "industry", "service", "")[number % 4],
        employees=youths + random.randrange(5, 90),
        youths=youths,
        members=2 if number % 6 == 0 else random.randrange(3, 9),
    )


def _later(*, now: datetime, by: Actor) -> None:
    """Let every third unit be called on, one be laid aside, one be gone."""
    units = list(models.Unit.objects.order_by("pk"))
    today = local_day(now)
    for place, unit in enumerate(units[::3]):
        new = services.NewVisit(
            unit,
            today - timedelta(days=2 + place),
            "人事负责人",
            SERVED[place % len(SERVED)],
            today + timedelta(days=place - 1),  # the first two are due by now
        )
        services.visit(new=new, at=now, by=by)
    officer = Person.objects.get(pk=cast.officer(second=True).person_id)
    for unit in units[:2]:
        services.assign(unit=unit, officer=officer, at=now, by=by)
    services.lay_aside(
        unit=units[5],
        reason="青年不足3人，暂无团员",
        look_again_on=today + timedelta(days=90),
        at=now,
        by=by,
    )
    services.note_gone(unit=units[6], reason="市场监管登记已注销", at=now, by=by)


def _today(*, now: datetime) -> None:
    """Let there be an application in every state, from a community that has a secretary."""
    first, second = cast.officer(), cast.officer(second=True)
    units = list(models.Unit.objects.filter(state="open", members__gte=3).order_by("pk"))
    few = list(models.Unit.objects.filter(state="open", members__lt=3).order_by("pk")[:2])
    asked = [_ask(unit, place, now=now) for place, unit in enumerate(units[:6])]
    for one in asked[1:4]:
        services.agree(application=one, at=now, by=second)
    services.approve(application=asked[2], secretary=None, at=now, by=first)
    services.send_back(application=asked[3], reason="请补附单位同意建团的意见", at=now, by=first)
    services.refuse(application=asked[4], reason="单位正在迁出本区", at=now, by=second)
    services.withdraw(application=asked[5], reason="单位改为明年建团", at=now, by=second)
    joint = services.apply(
        new=services.NewApplication(
            unit=few[0],
            kind=OrgKind.JOINT_BRANCH,
            name=f"{few[0].name}联合团支部",
            parent=few[0].org,
            evidence="两家单位同在一个园区，协商联合建团",
            told=few[0].members,
            others=few[1:],
        ),
        at=now,
        by=second,
    )
    services.approve(application=joint, secretary=None, at=now, by=first)


def _ask(unit: models.Unit, place: int, *, now: datetime) -> models.Application:
    members = Person.objects.filter(memberships__ends_on__isnull=True, memberships__isnull=False)
    first = place * 9  # nobody is on two lists
    new = services.NewApplication(
        unit=unit,
        kind=OrgKind.BRANCH,
        listed=list(members.order_by("number")[first : first + unit.members]),
        name=f"{unit.name}团支部",
        parent=unit.org,
        evidence="单位来函同意建团，团员名单附后",
    )
    keeper = reported.who_answers().secretaries.get(unit.org_id)
    return services.apply(new=new, at=now, by=keeper or cast.officer())


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=TZ).astimezone(UTC)

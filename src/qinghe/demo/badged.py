"""Badges put up for, as many as were reported for two half-years, and a round that is open today."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.audit import services as audit
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.pioneers import services
from qinghe.systems.pioneers.models import IS_SCHOOL, Badge, Nomination, Nominee, Round, Slate

from . import cast, pledged, reported


@dataclass(frozen=True)
class Term:
    """The days of a half-year's rounds."""

    label: str
    opens: date
    submitted: date
    awarded: date
    closes: date


TERMS = {
    "2021H2": Term(
        "2021年下半年",
        date(2021, 11, 15),
        date(2021, 12, 1),
        date(2021, 12, 20),
        date(2021, 12, 10),
    ),
    "2022H1": Term(
        "2022年上半年", date(2022, 5, 9), date(2022, 5, 24), date(2022, 6, 10), date(2022, 6, 1)
    ),
}
GRADES = range(1, 7)
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter the badges that were reported, decided; then a round of these days; once."""
    if Round.objects.exists():
        return
    for period, term in TERMS.items():
        counts = pledged.by_school(reported.numbers_of("HON-04", period))
        for level, label in (("school", "校级"), ("district", "区级")):
            _season(counts, level, f"{term.label}{label}奖章", period, term)
    _today(now=now)
    say(f"红领巾奖章：{Slate.objects.count()} 份申报表、{Nomination.objects.count()} 行")


def _season(counts: dict[Org, int], level: str, title: str, period: str, term: Term) -> None:
    """Let every school put up and be given its part of one level, in bulk."""
    secretaries = reported.who_answers().secretaries
    first, second = cast.officer(), cast.officer(second=True)
    round = Round.objects.create(
        title=title, level=level, term=period, opens_on=term.opens, closes_on=term.closes
    )
    slates = Slate.objects.bulk_create(
        Slate(
            round=round,
            org=org,
            submitted_by_id=secretaries.get(org.pk, first).person_id,
            submitted_on=term.submitted,
            decided_by_id=second.person_id,
            decided_on=term.awarded,
            awarded_on=term.awarded,
            state=Slate.State.DECIDED,
        )
        for org, number in counts.items()
        if _part(number, level)
    )
    badges = list(Badge.objects.filter(level=level, is_collective=False).exclude(star__gt=1))
    lines = [
        Nomination(
            slate=slate,
            troop=f"{grade}年级各中队",
            grade=grade,
            badge=badge,
            count=count,
            awarded=count - count // 8,
            consented_on=term.submitted,
        )
        for slate in slates
        for grade, badge, count in _shared(_part(counts[slate.org], level), badges)
    ]
    Nomination.objects.bulk_create(lines)
    ids = [one.pk for one in slates]
    at = datetime.combine(term.awarded, time(16), tzinfo=TZ).astimezone(UTC)
    audit.record_many(by=second, verb="pioneers.decide_slate", model=Slate, ids=ids, at=at)


def _part(number: int, level: str) -> int:
    """Return how many of a school's badges are of a level: one in twelve is the district's."""
    return number // 12 if level == "district" else number - number // 12


def _shared(number: int, badges: list[Badge]) -> Iterator[tuple[int, Badge, int]]:
    """Share a number out among grades and badges, all of it."""
    cells = [(grade, badge) for grade in GRADES for badge in badges]
    for turn, (grade, badge) in enumerate(cells):
        count = number // len(cells) + (turn < number % len(cells))
        if count:
            yield grade, badge, count


def _today(*, now: datetime) -> None:
    """One star was given two months ago; a draft, a list sent back and one of two stars are open."""
    schools = list(Org.objects.filter(IS_SCHOOL, closed_on__isnull=True).order_by("path")[:2])
    officer, before = cast.officer(), now - timedelta(days=60)
    _given(schools[0], at=before)
    school_round = _round("本学期校级奖章", "school", at=now, by=officer)
    _keep(school_round, schools[0], _one_star(local_day(now)), at=now)
    back = _keep(school_round, schools[-1], _one_star(local_day(now)), at=now)
    if len(schools) > 1:
        services.submit_slate(slate=back, at=now, by=_keeper(schools[-1]))
        services.send_back_slate(
            slate=back, reason="三年级达标人数请核对。", at=now, by=cast.officer(second=True)
        )
    district_round = _round("本学期区级奖章", "district", at=now, by=officer)
    named = _keep(district_round, schools[0], _two_stars(local_day(now)), at=now)
    services.submit_slate(slate=named, at=now, by=_keeper(schools[0]))


def _given(school: Org, *, at: datetime) -> None:
    opened = _round("上一轮校级奖章", "school", at=at, by=cast.officer())
    slate = _keep(opened, school, _one_star(local_day(at)), at=at)
    services.submit_slate(slate=slate, at=at, by=_keeper(school))
    services.decide_slate(
        slate=slate,
        given={one.pk: one.count for one in slate.nominations.all()},
        children=list(Nominee.objects.filter(nomination__slate=slate).values_list("pk", flat=True)),
        awarded_on=local_day(at),
        at=at,
        by=cast.officer(second=True),
    )


def _round(title: str, level: str, *, at: datetime, by: Actor) -> Round:
    day = local_day(at)
    term = f"{day.year}H{1 if day.month < 7 else 2}"
    opens, closes = day - timedelta(days=7), day + timedelta(days=21)
    new = services.NewRound(title, level, term, opens, closes)
    return services.open_round(new=new, at=at, by=by)


def _keep(round: Round, school: Org, listed: services.Listed, *, at: datetime) -> Slate:
    return services.keep_slate(round=round, org=school, listed=listed, at=at, by=_keeper(school))


def _one_star(day: date) -> services.Listed:
    star = Badge.objects.get(star=1, is_collective=False)
    basic = Badge.objects.filter(family="basic")
    return services.Listed(
        lines=[
            *(
                services.NewLine(f"三（{troop}）中队", 3, badge, 38 + troop, day)
                for troop in (1, 2)
                for badge in basic
            ),
            services.NewLine("三（1）中队", 3, star, 11, day),
            services.NewLine("三（2）中队", 3, star, 9, day),
        ],
        eligible=[services.NewEligible(3, 70, 2)],
    )


def _two_stars(day: date) -> services.Listed:
    star = Badge.objects.get(star=2, is_collective=False)
    special = Badge.objects.get(level="district", family="special")
    return services.Listed(
        lines=[services.NewLine("三（1）中队", 3, special, 12, day)],
        children=[
            services.NewChild("三（1）中队", 3, star, f"S3-0{number}", initial, day)
            for number, initial in ((1, "L"), (2, "C"), (3, "W"))
        ],
    )


def _keeper(school: Org) -> Actor:
    found = reported.who_answers().secretaries.get(school.pk)
    if found is None:
        raise ValueError(f"nobody answers for {school.code}")
    return found

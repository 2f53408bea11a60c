"""Members recommended to the Party as many as were reported, and some who are on their way today."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind, Sector
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Membership, Person
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.recommending import services
from qinghe.systems.recommending.models import PartyStage, Recommendation

from . import cast, names, reported

# By half-year: the first day on which the Party took somebody, and the months of what led to it.
SEASONS = {"2021H2": date(2021, 7, 5), "2022H1": date(2022, 1, 10)}
LONG = 165  # days over which a half-year's are spread
SOURCE = "推优入党台账（2021年7月—2022年6月）"
TAKES = 31  # days from the committee's word to the Party's
CHUNK = 200
AIMS = (PartyStage.CANDIDATE, PartyStage.ACTIVIST, PartyStage.CANDIDATE)
AGE, ON_THE_WAY = 20, 4
PIONEERS = (("苗小禾", "80301"), ("谷小穗", "80302"), ("田小麦", "80303"))
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter the ledgers of two half-years, then let a school go on with it today; told once."""
    if Recommendation.objects.exists():
        return
    for period, begins in SEASONS.items():
        _season(reported.numbers_of("AFF-01", period), begins=begins)
    say(f"推优入党：{Recommendation.objects.count()} 名已被党组织接收")
    _today(now=now)


def _season(counts: Mapping[Org, int], *, begins: date) -> None:
    """Enter as many as each organisation reported, at that organisation or a branch of it."""
    total = sum(counts.values())
    rows = []
    for place, (org, person) in enumerate(_people(counts)):
        day = begins + timedelta(days=place * LONG // total)
        rows.append(
            services.PastRecommendation(
                person=person,
                org=_branch(org),
                committee=org,
                aim=AIMS[place % len(AIMS)].value,
                applied_on=day - timedelta(days=400),
                recommended_on=day - timedelta(days=TAKES),
                accepted_on=day,
            )
        )
    at, by = _at(begins + timedelta(days=LONG + 5)), cast.officer()
    for start in range(0, len(rows), CHUNK):
        services.enter_past_recommendations(
            past=rows[start : start + CHUNK], source=SOURCE, at=at, by=by
        )


def _people(counts: Mapping[Org, int]) -> Iterator[tuple[Org, Person]]:
    """Name whom each organisation recommended: its own members who are in no ledger yet.

    Where its roll is too short for what it reported, somebody who has left the roll since.
    """
    named = set(Recommendation.objects.values_list("person_id", flat=True))
    random = Random("recommended")
    members = Membership.objects.filter(ends_on__isnull=True, starts_on__lt=date(2020, 7, 1))
    for org, count in sorted(counts.items(), key=lambda each: each[0].code):
        own = members.filter(org__path__startswith=org.path).exclude(person__in=named)
        found = [one.person for one in own.select_related("person").order_by("pk")[:count]]
        while len(found) < count:
            found.append(_person(random, number=len(named) + len(found) + 1))
        named |= {person.pk for person in found}
        for person in found:
            yield org, person


def _person(random: Random, *, number: int) -> Person:
    new = people.NewPerson(
        f"TYR{number:04}", names.person(random), birth_date=date(2000, 1 + number % 12, 5)
    )
    return people.add_person(new=new, at=_at(min(SEASONS.values())), by="demo")


def _branch(org: Org) -> Org:
    """Return the branch that recommends for an organisation: its first, or itself."""
    found = Org.objects.filter(
        parent=org, kind__in=[OrgKind.BRANCH, OrgKind.GENERAL_BRANCH], closed_on__isnull=True
    )
    return found.order_by("code").first() or org


def _today(*, now: datetime) -> None:
    """Let a school go on: four of a branch are on their way, three pioneers are nominated."""
    schools = Org.objects.filter(
        kind=OrgKind.LEAGUE_COMMITTEE, sector=Sector.SCHOOL, closed_on__isnull=True
    )
    answering = reported.who_answers().secretaries
    school = next((one for one in schools.order_by("code") if one.pk in answering), None)
    if school is None:
        return
    by, branch = answering[school.pk], _branch(school)
    for place in range(ON_THE_WAY):
        _go(_student(place, branch, now=now), branch, steps=place, now=now, by=by)
    for place, (name, number) in enumerate(PIONEERS):
        _nominate(school, name, number, steps=place, now=now, by=by)


def _go(person: Person, branch: Org, *, steps: int, now: datetime, by: Actor) -> None:
    """Propose somebody, and take so many of the steps that follow."""
    today = local_day(now)
    new = services.NewRecommendation(
        person, branch, "candidate", today - timedelta(days=300), today - timedelta(days=9)
    )
    found = services.propose_to_party(new=new, at=now, by=by)
    days = [today - timedelta(days=ago) for ago in (7, 4, 1)]
    if steps > 0:
        services.agree_to_proposal(recommendation=found, on=days[0], words="同意", at=now, by=by)
    if steps > 1:
        vote = services.Vote(days[1], 26, 24, 22, is_secret=True)
        services.hold_vote(recommendation=found, vote=vote, at=now, by=by)
    if steps > 2:
        services.recommend(recommendation=found, on=days[2], words="同意推荐", at=now, by=by)


def _nominate(school: Org, name: str, number: str, *, steps: int, now: datetime, by: Actor) -> None:
    today = local_day(now)
    day = today - timedelta(days=6)
    new = services.NewPioneer(school, name, number, "八（3）中队", day, is_of_age=True)
    made = services.nominate_pioneer(new=new, at=now, by=by)
    if steps > 0:
        signed = today - timedelta(days=3)
        services.sign_nomination(nomination=made, on=signed, at=now, by=by)
    if steps > 1:
        services.take_up_pioneer(nomination=made, on=today, at=now, by=by)


def _student(place: int, branch: Org, *, now: datetime) -> Person:
    """Enter a student who has been a member for two years and came to this branch today."""
    today = local_day(now)
    name = names.person(Random(f"student-{place}"))
    new = people.NewPerson(f"TYX{place + 1:03}", name, "", date(today.year - AGE, 1, 8 + place))
    person = people.add_person(new=new, at=now, by="demo")
    joined = date(today.year - 2, 5, 4)
    number = f"{joined.year}449900{place + 1:02}"
    file = people.NewFile(joined_on=joined, number=number)
    people.open_league_file(person=person, new=file, at=now, by="demo")
    people.admit_member(person=person, org=branch, starts_on=today, at=now, by="demo")
    return person


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=TZ).astimezone(UTC)

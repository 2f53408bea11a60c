"""League files of all members, and members who are leaving the League these days."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.files import services as files
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import LeagueFile, LeftAs, Membership
from qinghe.kernel.people.services import NewFile
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.rolls import rules, services
from qinghe.systems.rolls.models import Leaving

from . import cast
from .sizes import TOLD_AT

STREET = "440307017"
CHUNK = 5_000
PROVINCE = "44"  # digits five and six of a number (T-25)
UNFILED, UNNUMBERED, IN_THE_PARTY = 97, 53, 31  # one member of so many
PARTY_DAY = date(2021, 7, 1)
PARTY_FROM = 20
PAPER = b"%PDF-1.4\n% the resolution of a branch's meeting, invented\n"
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Open the files of all members, save a few to be seen as missing; then today; once."""
    if LeagueFile.objects.exists():
        return
    by = cast.officer()
    planned = _files()
    while chunk := dict(islice(planned, CHUNK)):
        source = {"file": "团员档案（演示）", "lines": len(chunk)}
        people.open_league_files(new=chunk, at=TOLD_AT, by=by, source=source)
    _leavings(now=now, by=by, second=cast.officer(second=True))
    _dues(now=now, by=by, second=cast.officer(second=True))
    say(f"团籍：{LeagueFile.objects.count()} 份团员档案、{Leaving.objects.count()} 件离团事项")


def _files() -> Iterator[tuple[int, NewFile]]:
    """Plan a file for each member: joined at 14 or some terms later, numbered by the year (T-20)."""
    serials: dict[int, int] = {}
    rows = Membership.objects.filter(ends_on__isnull=True).order_by("pk")
    found = rows.values_list("person_id", "starts_on", "person__birth_date")
    for place, (person_id, starts_on, born) in enumerate(found.iterator(), start=1):
        if place % UNFILED == 0:
            continue
        joined_on = _joined(starts_on=starts_on, born=born, place=place)
        serial = serials[joined_on.year] = serials.get(joined_on.year, 0) + 1
        numbered = joined_on >= rules.NUMBERED_SINCE and place % UNNUMBERED
        number = f"{joined_on.year}{PROVINCE}{serial:06}" if numbered else ""
        grown = born is not None and born <= rules.born_by(day=PARTY_DAY, years=PARTY_FROM)
        in_the_party = grown and place % IN_THE_PARTY == 0 and joined_on <= PARTY_DAY
        yield person_id, NewFile(joined_on, number, PARTY_DAY if in_the_party else None)


def _joined(*, starts_on: date, born: date | None, place: int) -> date:
    if born is None:
        return starts_on
    fourteen = rules.birthday(birth_date=born, years=14)
    return min(starts_on, fourteen + timedelta(days=30 + place * 37 % 700))


def _leavings(*, now: datetime, by: Actor, second: Actor) -> None:
    """Let some of one street leave for their age, and one of each kind and state be on the way."""
    today = local_day(now)
    below = orgs.below(cast.place(STREET))
    there = Membership.objects.filter(org__in=below, ends_on__isnull=True).select_related("person")
    filed = there.filter(person__league_file__isnull=False, person__posts__isnull=True)
    grown = filed.filter(
        person__birth_date__lte=rules.born_by(day=today, years=rules.LEAVES_AT)
    ).order_by("person__birth_date", "pk")
    services.leave_of_age(members=list(grown[:3]), on=today, at=now, by=by)
    fates = ("approved", "refused", "withdrawn", "proposed", "proposed")
    at = _at(today - timedelta(days=12))
    for place, (member, fate) in enumerate(zip(filed.order_by("-pk")[:5], fates, strict=False)):
        new = (_resigned, _dropped)[place % 2](today)
        asked = services.propose_leaving(member=member, new=new, at=at, by=by)
        paper = SimpleUploadedFile("支部大会决议.pdf", PAPER, "application/pdf")
        files.attach(subject=asked, upload=paper, label="支部大会决议", at=at, by=by)
        _decide(asked, fate, now=now, by=by, second=second)


def _dues(*, now: datetime, by: Actor, second: Actor) -> None:
    """Let one street set and write down the dues of some: paid up, behind, reduced, and asked for."""
    this = rules.month_of(local_day(now))
    since = rules.months_on(this, -8)
    below = orgs.below(cast.place(STREET))
    rows = Membership.objects.filter(org__in=below, ends_on__isnull=True)
    payers = list(rows.select_related("person", "org").order_by("pk")[:12])
    for place, member in enumerate(payers):
        category, pay = ("student", None) if place % 3 else ("earning", 4_000 + 500 * place)
        services.set_dues_rate(
            member=member, category=category, pay=pay, month=since, at=now, by=by
        )
    for number, group in ((8, payers[:8]), (4, payers[8:11])):
        months = services.Months(since, number, local_day(now))
        services.record_dues(members=group, months=months, at=now, by=by)
    why = "家庭生活困难，支部大会讨论同意减免"
    asked = [
        services.propose_reduction(member=one, fen=10, reason=why, at=now, by=by)
        for one in payers[:2]
    ]
    if asked:
        services.approve_reduction(rate=asked[0], at=now, by=second)


def _decide(asked: Leaving, fate: str, *, now: datetime, by: Actor, second: Actor) -> None:
    if fate == "approved":
        services.approve_leaving(leaving=asked, on=local_day(now), at=now, by=second)
    if fate == "refused":
        services.refuse_leaving(leaving=asked, reason="请支部先与本人谈一次再报", at=now, by=second)
    if fate == "withdrawn":
        services.withdraw_leaving(leaving=asked, reason="本人收回了申请", at=now, by=by)


def _resigned(today: date) -> services.NewLeaving:
    return services.NewLeaving(
        kind=LeftAs.RESIGNED,
        asked_on=today - timedelta(days=30),
        resolved_on=today - timedelta(days=15),
        reason="本人书面申请退团，支部已谈话，本人坚持。",
    )


def _dropped(today: date) -> services.NewLeaving:
    return services.NewLeaving(
        kind=LeftAs.DROPPED,
        ground=Leaving.Ground.LIFE,
        since=today - timedelta(days=240),
        resolved_on=today - timedelta(days=15),
        reason="毕业后外出务工，支部多次联系没有回应。",
    )


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=TZ).astimezone(UTC)

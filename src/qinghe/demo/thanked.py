"""What volunteers say of themselves, and what they are thanked with in the half-year and now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering import rules, services
from qinghe.systems.volunteering.models import (
    Attendance,
    CourtesyItem,
    SkillWord,
    Sponsor,
    SponsorKey,
    Volunteer,
)

from . import cast

ZONE = ZoneInfo("Asia/Shanghai")
DISTRICT, STREET = "440307", "440307017"
SINCE = date(2022, 2, 14)
PEOPLE = 24  # who take one in the half-year: few, so that the large district costs the same
Say = Callable[[str], None]


@dataclass(frozen=True)
class Given:
    """One courtesy of the story."""

    sponsor: str
    title: str
    kind: str
    about: str
    star: int = 0
    hours: int = 0
    stock: int | None = None
    monthly: int | None = None
    yearly: int = 1
    fen: int | None = None


SPONSORS = (
    ("甘坑客家小镇展馆", "sight", "甘坑社区甘李路18号", DISTRICT),
    ("青禾书吧", "culture", "红棉路66号", STREET),
    ("安和急救培训中心", "training", "龙翔大道9号", DISTRICT),
    ("半亩田素食", "dining", "横岗六约路12号", STREET),
)
ITEMS = (
    Given(
        "甘坑客家小镇展馆", "展馆免费入场", "entry", "本人凭核销码入场一次。", fen=6_000, yearly=2
    ),
    Given("甘坑客家小镇展馆", "三星以上家庭套票七折", "discount", "本人与两名家人同行。", star=3),
    Given("青禾书吧", "借书押金减免", "discount", "凭核销码免押金借书。", hours=1, stock=300),
    Given(
        "安和急救培训中心",
        "急救员取证培训",
        "training",
        "两天课程，免学费。",
        3,
        50,
        40,
        fen=38_000,
    ),
    Given(
        "半亩田素食", "志愿者午餐八八折", "discount", "堂食可用。", hours=2, monthly=60, yearly=6
    ),
)


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Let sponsors give and volunteers take, in the half-year and today; told once."""
    if Sponsor.objects.exists():
        return
    made = {row[0]: _sponsor(*row) for row in SPONSORS}
    items = [_item(made[given.sponsor], given) for given in ITEMS]
    tills = {
        one.pk: services.make_sponsor_key(
            sponsor=one, label="前台", at=_at(SINCE), by=cast.officer()
        )[0]
        for one in made.values()
    }
    _half_year(items, tills)
    _today(made["青禾书吧"], items, now=now)
    _profiles(now=now)
    _feedback()
    say(f"志愿者礼遇：{len(made)} 家商家、{len(items)} 项礼遇")


def _half_year(items: Sequence[CourtesyItem], tills: dict[int, SponsorKey]) -> None:
    """Every other one that was taken is used three days later."""
    free = [item for item in items if not item.star and not item.minutes]
    for place, volunteer in enumerate(_volunteers()):
        at = _at(date(2022, 3, 1) + timedelta(days=4 * place))
        item = free[place % len(free)]
        made = services.claim_courtesy(item=item, at=at, by=_actor(volunteer))
        if place % 2 == 0:
            till = tills[item.sponsor_id]
            services.redeem_courtesy(claim=made, at=at + timedelta(days=3), by=till)


def _today(sponsor: Sponsor, items: Sequence[CourtesyItem], *, now: datetime) -> None:
    """The volunteer whose phone the demo shows has one to use; one item waits for its review."""
    own = Volunteer.objects.filter(person__account__user__username=cast.VOLUNTEER).first()
    if own is not None:
        services.claim_courtesy(item=items[0], at=now, by=_actor(own))
    day = local_day(now)
    new = services.NewCourtesy(
        sponsor=sponsor, title="周末手作体验", kind="service", about="周末下午，每场限20人。",
        area=sponsor.org, opens_on=day, closes_on=day + timedelta(days=90), weekdays="67", stock=80,
    )  # fmt: skip
    services.offer_courtesy(new=new, at=now, by=cast.officer(second=True))
    waiting = services.NewSponsor(
        "云上自习室", "culture", "龙城中路3号", "店长", "0755-28930000", day,
        day + timedelta(days=365), sponsor.org,
    )  # fmt: skip
    services.enter_sponsor(new=waiting, at=now, by=cast.officer(second=True))


def _profiles(*, now: datetime) -> None:
    """A few say what they can and when; most of them agree to be found (V-04)."""
    words = list(SkillWord.objects.order_by("word"))
    for place, volunteer in enumerate(_volunteers()):
        new = services.OwnProfile(
            findable=place % 5 != 4,
            skills=[words[place % len(words)], words[(3 * place + 1) % len(words)]],
            free_times=rules.week_of([(5 * place) % 21, 15, 18 + place % 3]),
            languages=("mandarin,cantonese", "mandarin,hakka", "mandarin,english")[place % 3],
            places=[volunteer.org] if volunteer.org.level == "community" else [],
        )
        services.keep_profile(new=new, at=now, by=_actor(volunteer))


def _feedback() -> None:
    """Some rate what they served at, and a few are evaluated by the district's officer."""
    served = Attendance.objects.filter(
        state=Attendance.State.EFFECTIVE, volunteer__in=_volunteers()
    ).select_related("session", "volunteer__person")
    for place, one in enumerate(served.order_by("pk")[:PEOPLE]):
        at = one.session.ends_at + timedelta(days=1)
        words = "安排周到，分工清楚。" if place % 3 == 0 else ""
        services.rate_session(
            attendance=one, score=5 - place % 3, words=words, at=at, by=_actor(one.volunteer)
        )
        if place % 4 == 0:
            services.evaluate(
                attendance=one, traits=("punctual", "diligent"), words="", at=at, by=cast.officer()
            )


def _sponsor(name: str, kind: str, address: str, code: str) -> Sponsor:
    org = orgs.by_code(code)
    if org is None:
        raise ValueError(f"the divisions lack {code}")
    new = services.NewSponsor(
        name, kind, address, "值班经理", "0755-28930000", SINCE, date(2030, 12, 31), org
    )
    made = services.enter_sponsor(new=new, at=_at(SINCE), by=cast.officer(second=True))
    return services.approve_sponsor(sponsor=made, at=_at(SINCE), by=cast.officer())


def _item(sponsor: Sponsor, given: Given) -> CourtesyItem:
    new = services.NewCourtesy(
        sponsor=sponsor,
        title=given.title,
        kind=given.kind,
        about=given.about,
        area=Org.objects.get(code=DISTRICT),
        opens_on=SINCE,
        closes_on=date(2030, 12, 31),
        star=given.star,
        minutes=given.hours * 60,
        stock=given.stock,
        monthly=given.monthly,
        yearly=given.yearly,
        fen=given.fen,
    )
    made = services.offer_courtesy(new=new, at=_at(SINCE), by=cast.officer(second=True))
    return services.open_courtesy(item=made, at=_at(SINCE), by=cast.officer())


def _volunteers() -> Sequence[Volunteer]:
    registered = Volunteer.objects.filter(state=Volunteer.State.REGISTERED, registered_on__lt=SINCE)
    return list(registered.select_related("person", "org").order_by("number")[:PEOPLE])


def _actor(volunteer: Volunteer) -> Actor:
    return Actor(volunteer.person_id, volunteer.person.name)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(10), tzinfo=ZONE).astimezone(UTC)

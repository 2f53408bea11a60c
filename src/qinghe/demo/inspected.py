"""Points inspected in the two half-years, as many as each street reported, and what goes on today."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.db import transaction

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.orgs.kinds import OrgKind
from qinghe.kernel.orgs.models import Org
from qinghe.systems.inspections import services
from qinghe.systems.inspections.models import Finding, Kind, Point, Visit
from qinghe.systems.inspections.rules import due_on

from . import cast, reported

ZONE = ZoneInfo("Asia/Shanghai")
DISTRICT = "440307"
OPENED = date(2021, 7, 1)
SEASONS = {"2021H2": date(2021, 9, 6), "2022H1": date(2022, 3, 7)}  # the first day of its visits
A_DAY = 9  # visits of one day
FAILS = 13  # of so many visits, one finds something
PHOTO = b"\x89PNG\r\n\x1a\n"  # the beginning of a picture is all that is looked at
PLACES = (
    ("station", "志愿服务站"),
    ("crossing", "路口服务点"),
    ("park", "公园服务点"),
    ("market", "商圈服务点"),
)
WRONG = ("立牌倒伏", "当班志愿者未到岗", "台账没有更新")
TOPICS = ("队伍建设和骨干培训", "点位规范化建设", "活动发布和时长审核")
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter the points, let both half-years be inspected, then guide, exchange and go on; once."""
    if Point.objects.exists():
        return
    points = _points()
    for period, begins in SEASONS.items():
        _season(points, reported.numbers_of("INS-01", period), begins=begins)
    say(f"巡查：{Point.objects.count()} 个点位、{Visit.objects.count()} 次巡查")
    _guide()
    _exchange(now=now)
    _today(now=now)


def _points() -> Mapping[int, list[Point]]:
    """Enter for each street as many points as it ever reported."""
    most: dict[Org, int] = {}
    for period in SEASONS:
        for street, count in reported.numbers_of("INS-01", period).items():
            most[street] = max(count, most.get(street, 0))
    kinds = {one.slug: one for one in Kind.objects.all()}
    officer, at = cast.officer(), _at(OPENED)
    found: dict[int, list[Point]] = {}
    for street, count in most.items():
        for number in range(1, count + 1):
            slug, label = PLACES[number % len(PLACES)]
            name = f"{street.name}{label}{number}"
            told = services.Particulars(name, kinds[slug], f"{street.name}第{number}号点")
            new = services.NewPoint(f"{street.code[-3:]}-{number:03}", street, OPENED, told)
            point = services.enter_point(new=new, at=at, by=officer)
            found.setdefault(street.pk, []).append(point)
    return found


def _season(points: Mapping[int, list[Point]], counts: Mapping[Org, int], *, begins: date) -> None:
    turn = 0
    for street, count in counts.items():
        for point in points[street.pk][:count]:
            at = _at(begins + timedelta(days=turn // A_DAY), minutes=turn % A_DAY * 20)
            _visit(point, fails=turn % FAILS == 0, wrong=turn // FAILS % 3, at=at)
            turn += 1


def _visit(point: Point, *, fails: bool, wrong: int, at: datetime) -> None:
    """Visit a point; what is wrong is put right by its street and looked at again by the district."""
    officer = cast.officer()
    visit = services.begin_visit(point=point, at=at, by=officer)
    answers = list(visit.answers.all())
    said = {one.item_id: ("pass", "") for one in answers}
    if fails:
        said[answers[wrong].item_id] = ("fail", WRONG[wrong])
        services.add_photo(answer=answers[wrong], upload=_photo(visit.pk), at=at, by=officer)
    services.submit_visit(visit=visit, seen=services.Seen(said), at=at, by=officer)
    for finding in Finding.objects.filter(answer__visit=visit):
        _put_right(finding, at=at + timedelta(days=2))
        services.pass_finding(finding=finding, at=at + timedelta(days=3), by=officer)


def _put_right(finding: Finding, *, at: datetime) -> None:
    services.rectify(
        finding=finding,
        words="已按要求整改，并安排专人每日查看。",
        evidence=_photo(-finding.pk),
        at=at,
        by=_keeper(finding.org),
    )


def _guide() -> None:
    """Guide all federations of streets but two in the half-year; one problem is still to be solved."""
    officer = cast.officer()
    streets = Org.objects.filter(kind=OrgKind.VOLUNTEER_FEDERATION, level="street").order_by("path")
    guided = list(streets)[:-2]
    for place, org in enumerate(guided):
        day = date(2022, 4, 11) + timedelta(days=7 * place)
        new = services.NewGuidance(org, day, TOPICS[place % 3], "查看点位、座谈，了解队伍情况。")
        made = services.record_guidance(new=new, at=_at(day), by=officer)
        if place % 4 == 0:
            due = due_on(day=day, days=60)
            words = "骨干志愿者不足，需要培训"
            services.add_problem(guidance=made, words=words, due_on=due, at=_at(day), by=officer)


def _exchange(*, now: datetime) -> None:
    officer, district = cast.officer(), cast.place(DISTRICT)
    day = date(2022, 5, 18)
    new = services.NewExchange(
        district, "南山区义工联合会", "南山区", day, "志愿服务点位规范化建设", 18,
        "交流点位交接和台账做法，商定互派骨干跟班学习。",
    )  # fmt: skip
    exchange = services.record_exchange(new=new, at=_at(day), by=officer)
    for title, text, tags in (
        ("点位交接本", "每班填写到岗、物资和待办，下一班签字接手，巡查时先看交接本。", "点位 台账"),
        ("新人跟班三次", "新志愿者先跟三班，由老志愿者签字后再独立上岗。", "培训"),
    ):
        lesson = services.NewLesson(district, title, text, "与南山区义工联合会交流", tags, exchange)
        services.enter_lesson(new=lesson, at=now, by=officer)


def _today(*, now: datetime) -> None:
    """Some points are visited today: something is to be put right, something to be looked at again."""
    officer = cast.officer()
    for place, point in enumerate(Point.objects.order_by("org__path", "code")[:4]):
        visit = services.begin_visit(point=point, at=now, by=officer)
        answers = list(visit.answers.all())
        said = {one.item_id: ("pass", "") for one in answers}
        if place == 3:
            continue  # a draft, to go on with
        said[answers[place].item_id] = ("fail", WRONG[place])
        services.add_photo(answer=answers[place], upload=_photo(visit.pk), at=now, by=officer)
        services.submit_visit(visit=visit, seen=services.Seen(said), at=now, by=officer)
    if finding := Finding.objects.filter(answer__isnull=False, state=Finding.State.OPEN).first():
        _put_right(finding, at=now)


def _photo(number: int) -> ContentFile:
    return ContentFile(PHOTO + str(number).encode(), name=f"现场{abs(number)}.png")


def _keeper(org: Org) -> Actor:
    """Return who answers for a point's organisation; the district's other officer has no right to."""
    return reported.who_answers().secretaries[org.pk]


def _at(day: date, *, minutes: int = 0) -> datetime:
    morning = datetime.combine(day, time(9), tzinfo=ZONE)
    return (morning + timedelta(minutes=minutes)).astimezone(UTC)

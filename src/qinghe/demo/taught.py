"""Online sessions as many as were reported, a camp that was held, and what is on offer today."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, cycle

from django.db import transaction
from django.db.models import QuerySet

from qinghe.edges import standing
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent.services import Guardian
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.services import NewPerson
from qinghe.lib.periods import TZ, local_day
from qinghe.systems.training import models, services

from . import cast, reported

DISTRICT, STREET, COMMUNITY = "440307", "440307017", "440307013002"
SET_UP = date(2021, 7, 5)
SEASONS = {"2021H2": date(2021, 7, 12), "2022H1": date(2022, 1, 10)}  # when the first session was
LONG = 165  # days over which the sessions of a half-year are spread
TITLES = (
    "亲子沟通",
    "情绪管理",
    "春季养生",
    "睡眠健康",
    "考前减压",
    "膝关节保养",
    "邻里相处",
    "儿童用眼",
)
CAMP_DAY, LECTURE_DAY = date(2022, 5, 14), date(2022, 5, 26)
PARENT = Guardian("彭家长", "13800000000", "母亲")
MOST = 12
Say = Callable[[str], None]


@transaction.atomic
def tell(*, now: datetime, say: Say) -> None:
    """Enter the online sessions that communities reported, a camp and a lecture; then today; once."""
    if models.Programme.objects.exists():
        return
    district, street, community = map(cast.place, (DISTRICT, STREET, COMMUNITY))
    by = cast.officer()
    corps = _programme("JS", "志愿者精神理念与素养讲师队", "team", district, by=by)
    troupe = _programme("PGY", "龙岗区蒲公英生态文明宣讲团", "team", district, by=by)
    speakers = [
        *(_lecturer(corps, name, "志愿精神、心理健康", by=by) for name in ("温老师", "柳老师")),
        *(_lecturer(troupe, name, "垃圾分类、低碳生活", by=by) for name in ("竺老师", "冼老师")),
    ]
    school = _programme("SX", "书香万家·幸福港湾", "school", district, by=by)
    _sessions(school, speakers[:2], by=by)
    course = _camp(district, street, by=by)
    _lecture(troupe, speakers[2], community, at=_at(LECTURE_DAY), is_held=True)
    _today(course, school, troupe, speakers, now=now, by=by)
    say(
        f"培训与宣讲：{models.Webcast.objects.count()} 期线上活动、{models.Class.objects.count()} 个班次"
    )


def _programme(code: str, title: str, kind: str, org: Org, *, by: Actor) -> models.Programme:
    new = services.NewProgramme(code, title, kind, org)
    return services.open_programme(new=new, at=_at(SET_UP), by=by)


def _lecturer(team: models.Programme, name: str, subjects: str, *, by: Actor) -> models.Lecturer:
    new = services.NewLecturer(team, subjects, "区义工联", SET_UP, name=name)
    return services.take_in_lecturer(new=new, at=_at(SET_UP), by=by)


def _sessions(school: models.Programme, speakers: list[models.Lecturer], *, by: Actor) -> None:
    """Let each community hold as many sessions as it reported, one series for all of them."""
    numbers, titles, turns = count(1), cycle(TITLES), cycle(speakers)
    for period, first in SEASONS.items():
        held = list(_reported("ACT-05", period))
        for place, org in enumerate(held):
            day = first + timedelta(days=place * LONG // len(held))
            new = services.NewWebcast(
                school, next(numbers), next(titles), org, day, "微信视频号", next(turns)
            )
            drawn = services.draw_up_webcast(new=new, at=_at(day, 8), by=by)
            services.publish_webcast(webcast=drawn, at=_at(day, 9), by=by)
            views = 180 + 17 * (place % 11)
            services.hold_webcast(webcast=drawn, views=views, at=_at(day, 21), by=by)


def _reported(code: str, period: str) -> Iterator[Org]:
    """Name each organisation as many times as it reported, in turns."""
    left = reported.numbers_of(code, period)
    while left:
        yield from left
        left = {org: number - 1 for org, number in left.items() if number > 1}


def _camp(district: Org, street: Org, *, by: Actor) -> models.Course:
    """Hold one camp with an examination; whoever passed has a certificate."""
    camp = _programme("JJG", "“少年急救官”训练营", "camp", district, by=by)
    new = services.NewCourse(camp, "心肺复苏和止血包扎", quarters=24, is_examined=True)
    course = services.add_course(new=new, at=_at(SET_UP), by=by)
    held = _class(
        course, street, "“少年急救官”第一期", day=CAMP_DAY, at=_at(date(2022, 5, 2)), by=by
    )
    people = standing.persons_at(orgs.below(street)).filter(birth_date__lte=date(2008, 1, 1))
    came = _enrol(held, people, at=_at(date(2022, 5, 3)), by=by)
    after = _at(CAMP_DAY, 18)
    services.call_roll(training_class=held, came=[one.pk for one in came[:-1]], at=after, by=by)
    passed = [one.pk for one in came[:-2]]
    services.set_results(training_class=held, passed=passed, at=after, by=by)
    if passed:
        services.issue_completions(training_class=held, at=after, by=by)
    return course


def _class(
    course: models.Course, org: Org, title: str, *, day: date, at: datetime, by: Actor
) -> models.Class:
    new = services.NewClass(
        course=course,
        title=title,
        org=org,
        starts_at=_at(day, 9),
        ends_at=_at(day, 17),
        capacity=MOST,
        place=f"{org.name}志愿者之家培训室",
    )
    return services.plan_class(new=new, at=at, by=by)


def _enrol(
    training_class: models.Class, people: QuerySet[Person], *, at: datetime, by: Actor
) -> list[models.Enrolment]:
    """Sign some people up at the desk, the youngest of age to sign first; minors with a guardian."""
    notice = consent.current_notice("training", on=local_day(at))
    return [
        services.sign_up_other(
            training_class=training_class,
            new=NewPerson(person.number, person.name),
            agreed=services.Agreed([notice.pk], PARENT),
            at=at,
            by=by,
        )
        for person in people.order_by("-birth_date", "number")[: MOST - 2]
    ]


def _lecture(
    team: models.Programme,
    lecturer: models.Lecturer,
    host: Org,
    *,
    at: datetime,
    is_held: bool = False,
) -> models.Lecture:
    """Let a community book a lecture eight days ahead, and the team send somebody."""
    by, asking = cast.officer(), _keeper(host)
    day = local_day(at)
    asked_at = at - timedelta(days=8) if is_held else at
    first = day if is_held else day + timedelta(days=8)
    new = services.NewLecture(
        team, host, "垃圾分类从我做起", "社区居民和学生", 60, first, first + timedelta(days=6)
    )
    asked = services.book_lecture(new=new, at=asked_at, by=asking)
    sent = services.Arrangement(lecturer, _at(first, 15), f"{host.name}党群服务中心")
    accepted = services.accept_lecture(lecture=asked, arrangement=sent, at=asked_at, by=by)
    if not is_held:
        return accepted
    held = services.hold_lecture(lecture=accepted, people=58, at=_at(first, 17), by=by)
    return services.rate_lecture(
        lecture=held, stars=5, words="讲得生动，居民听得懂、记得住。", at=_at(first, 18), by=asking
    )


def _today(
    course: models.Course,
    school: models.Programme,
    troupe: models.Programme,
    speakers: list[models.Lecturer],
    *,
    now: datetime,
    by: Actor,
) -> None:
    """Two classes to sign up for, one without its roll call, a booking to answer, a session ahead."""
    today, (street, community) = local_day(now), map(cast.place, (STREET, COMMUNITY))
    for org, ahead in ((street, 12), (community, 19)):
        title = f"“少年急救官”{org.name}班"
        _class(course, org, title, day=today + timedelta(days=ahead), at=now, by=by)
    over = today - timedelta(days=4)
    waiting = _class(course, community, "“少年急救官”周末班", day=over, at=_at(over, 7), by=by)
    people = standing.persons_at(orgs.below(community)).filter(birth_date__lte=date(2008, 1, 1))
    _enrol(waiting, people, at=_at(over, 8), by=by)
    _lecture(troupe, speakers[3], community, at=now)
    soon = today + timedelta(days=10)
    new = services.NewLecture(
        troupe, community, "河流保护公开课", "四年级学生", 90, soon, soon + timedelta(days=10)
    )
    services.book_lecture(new=new, at=now, by=_keeper(community))
    last = models.Webcast.objects.filter(programme=school).count()
    for ahead, title in ((1, "秋冬养生"), (2, "家庭情绪急救")):
        drawn = services.draw_up_webcast(
            new=services.NewWebcast(
                school,
                last + ahead,
                title,
                community,
                today + timedelta(days=7 * ahead),
                "微信视频号",
                speakers[0],
            ),
            at=now,
            by=by,
        )
        if ahead == 1:
            services.publish_webcast(webcast=drawn, at=now, by=by)


def _keeper(org: Org) -> Actor:
    return reported.who_answers().secretaries.get(org.pk) or cast.officer()


def _at(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=TZ).astimezone(UTC)

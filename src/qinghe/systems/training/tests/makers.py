"""What the tests of training stand on."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access.actors import Actor
from qinghe.kernel.consent import queries as consent
from qinghe.kernel.consent import services as consents
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.services import NewPerson
from qinghe.lib.periods import TZ
from qinghe.systems.training import services
from tests import cast as whole
from tests.cast import NOW, TODAY

DAY = date(2022, 7, 10)
MOTHER = consents.Guardian(name="红妈妈", phone="13800000001", relation="母亲")


def on(day: int, *, month: int = 7, hour: int = 9) -> datetime:
    """Return an hour of a day of 2022."""
    return datetime(2022, month, day, hour, tzinfo=TZ)


def make_programme(cast, *, kind="camp", code="JJG", title="少年急救官训练营", org=None, at=NOW):
    """Set up a programme of the district."""
    new = services.NewProgramme(code, title, kind, org or cast.longgang)
    return services.open_programme(new=new, at=at, by=cast.lin)


def make_team(cast, *, org=None, code="PGY", title="蒲公英生态文明宣讲团", at=NOW):
    """Set up a team of lecturers."""
    return make_programme(cast, kind="team", code=code, title=title, org=org, at=at)


def make_course(cast, programme, *, is_examined=True, title="心肺复苏"):
    """Add a course of two hours."""
    new = services.NewCourse(programme, title, quarters=8, is_examined=is_examined)
    return services.add_course(new=new, at=NOW, by=cast.lin)


def make_class(cast, course, *, org=None, capacity=3, starts_at=None, at=NOW, **more):
    """Publish a class of a community."""
    starts_at = starts_at or on(10)
    new = services.NewClass(
        course=course,
        title=more.pop("title", "第一期"),
        org=org or cast.hongmian,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        capacity=capacity,
        place="红棉社区活动室",
        **more,
    )
    return services.plan_class(new=new, at=at, by=cast.lin)


def make_class_ahead(cast, course):
    """Publish a class that is ahead by the clock on the wall."""
    now = timezone.now()
    return make_class(cast, course, starts_at=now + timedelta(days=3), at=now)


def make_lecturer(cast, team, *, name="秦老师", at=NOW):
    """Take a guest into a team."""
    new = services.NewLecturer(team, "垃圾分类", "区生态环境部门", TODAY, name=name)
    return services.take_in_lecturer(new=new, at=at, by=cast.lin)


def book(cast, team, *, host=None, at=NOW, by=None):
    """Let a community ask for a lecture."""
    new = services.NewLecture(
        team,
        host or cast.hongmian,
        "垃圾分类进校园",
        "三年级学生",
        60,
        DAY,
        DAY + timedelta(days=5),
    )
    asking = cast.zhou if host == cast.xiangjiaotang else cast.chen
    return services.book_lecture(new=new, at=at, by=by or asking)


def accept(cast, lecture, lecturer, *, starts_at=None, at=NOW):
    """Send a lecturer."""
    arrangement = services.Arrangement(lecturer, starts_at or on(11, hour=15), "报告厅")
    return services.accept_lecture(lecture=lecture, arrangement=arrangement, at=at, by=cast.lin)


def make_webcast(cast, school, *, number=1, day=DAY, org=None, lecturer=None, at=NOW):
    """Draw up an online session."""
    new = services.NewWebcast(
        school, number, "夏季养生", org or cast.hongmian, day, "微信视频号", lecturer
    )
    return services.draw_up_webcast(new=new, at=at, by=cast.lin)


def agreed(*, purposes=("training",), guardian=None):
    """Return a yes to the notices in force."""
    notices = [consent.current_notice(purpose, on=TODAY).pk for purpose in purposes]
    return services.Agreed(notices, guardian)


def actor_of(person: Person) -> Actor:
    """Return a person as an actor."""
    return access_queries.actor_of_person(person.pk, person.name, TODAY)


def enrol(cast, training_class, *, number="K001", name="高小山", born=None, at=NOW):
    """Sign somebody up at the desk, a minor with the mother's consent."""
    new = NewPerson(number=number, name=name, birth_date=born or date(1999, 1, 1))
    return services.sign_up_other(
        training_class=training_class,
        new=new,
        agreed=agreed(guardian=MOTHER),
        at=at,
        by=cast.lin,
    )


def name_in_charge():
    """Publish the rules for children with somebody in charge of them (S-04)."""
    known = consent.current_notice("child", on=TODAY)
    new = consents.NewNotice("child", known.title, known.text, TODAY, responsible="林青")
    return consents.publish_notice(new=new, at=NOW, by="the tests")


def make_child(*, guardian: Person, org) -> Person:
    """Enter a child of ten beside a guardian."""
    child = whole.make_person("K010", "甘小苗", birth_date=date(2012, 5, 1))
    consents.attach_ward(
        ward=child, guardian=guardian, org=org, relation="父亲", at=NOW, by="the tests"
    )
    return child

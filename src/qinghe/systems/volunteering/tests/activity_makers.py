"""Activities, posts and people who sign up, made through the services."""

from datetime import date, datetime, timedelta

from qinghe.kernel.access.actors import Actor
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import models, services
from tests.cast import NOW

from .makers import make_volunteer

HOUR = timedelta(hours=1)
AHEAD = NOW + timedelta(days=5)
AHEAD = AHEAD.replace(hour=1)  # nine in the morning, 龙岗's time


def new_activity(cast, *, times=((AHEAD, AHEAD + 3 * HOUR),), posts=None, **other):
    said = {
        "org": cast.hongmian,
        "title": "公园净滩",
        "kind": "environment",
        "about": "清理河岸垃圾",
        "risks": "临水，注意防滑",
        "contact": "王老师 0755-00000000",
        "spot": services.Spot("人民公园北门"),
        "times": tuple(times),
        "posts": posts or (services.NewPost("净滩", 2),),
    }
    return services.NewActivity(**{**said, **other})


def publish(cast, *, at: datetime = NOW, by: Actor | None = None, **said) -> models.Activity:
    return services.publish_activity(new=new_activity(cast, **said), at=at, by=by or cast.lin)


def first_post(activity) -> models.ServicePost:
    return models.ServicePost.objects.filter(session__activity=activity).order_by("pk")[0]


def people(cast, count, *, born: date = date(1995, 3, 1), start: int = 1):
    """Return volunteers of 红棉 as pairs: the volunteer, and they as an actor."""
    found = []
    for number in range(start, start + count):
        person = Person.objects.create(
            number=f"Q{number:03d}", name=f"青小{number}", birth_date=born
        )
        volunteer = make_volunteer(f"ZQ{number:03d}", person=person, org=cast.hongmian)
        found.append((volunteer, Actor(person_id=person.pk, name=person.name)))
    return found


def join(post, who: Actor, *, at: datetime = NOW) -> models.SignUp:
    return services.sign_up(post=post, vouched=True, at=at, by=who)

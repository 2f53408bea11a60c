"""A post and a crowd that wants it."""

from dataclasses import dataclass
from datetime import date, timedelta
from threading import Barrier

from django.db import connection
from django.utils import timezone

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import ServicePost, Volunteer

DAY, CLERK = date(2022, 3, 1), "the bench"
TWO_HOURS = timedelta(hours=2)


@dataclass(frozen=True)
class Cast:
    """Where it happens, who publishes, and who comes."""

    org: Org
    officer: Actor
    crowd: list[Actor]


def make(people: int) -> Cast:
    """Enter one organisation, its officer and its volunteers."""
    now = timezone.now()
    org = Org.objects.filter(parent=None).first() or orgs.open_org(
        new=orgs.NewOrg(
            code="440307", name="龙岗区", kind="district", level="district", opened_on=DAY
        ),
        at=now,
        by=CLERK,
    )
    officer = Person.objects.create(number="RA0", name="林", birth_date=date(1990, 3, 1))
    access.give_role(
        person=officer, role=Role.DISTRICT_OFFICER, org=org, starts_on=DAY, at=now, by=CLERK
    )
    crowd = []
    for number in range(1, people + 1):
        person = Person.objects.create(
            number=f"RA{number}", name=f"青{number}", birth_date=date(1995, 3, 1)
        )
        Volunteer.objects.create(
            number=f"RA{number}", person=person, org=org, applied_on=DAY, registered_on=DAY,
            state=Volunteer.State.REGISTERED,
        )  # fmt: skip
        crowd.append(Actor(person_id=person.pk, name=person.name))
    actor = access_queries.actor_of_person(officer.pk, officer.name, timezone.localdate())
    return Cast(org, actor, crowd)


def open_post(cast: Cast, *, number: int, places: int) -> ServicePost:
    """Publish an activity of one post; each round is on a day of its own, so that nobody clashes."""
    now = timezone.now()
    starts = now + timedelta(days=number + 2)
    activity = services.publish_activity(
        new=services.NewActivity(
            org=cast.org, title=f"抢名额{number}", kind="event", about="内容", risks="风险",
            contact="0755-00000000", spot=services.Spot("门口"),
            times=((starts, starts + TWO_HOURS),), posts=(services.NewPost("引导", places),),
        ),
        at=now,
        by=cast.officer,
    )  # fmt: skip
    return ServicePost.objects.select_related("session__org").get(session__activity=activity)


def join(post: ServicePost, who: Actor, gate: Barrier) -> None:
    """Sign up once everybody stands at the gate."""
    try:
        gate.wait()
        services.sign_up(post=post, vouched=False, at=timezone.now(), by=who)
    finally:
        connection.close()


def count(post: ServicePost) -> tuple[int, int]:
    """Return how many have a place by their rows, and by the counter."""
    signed = post.sign_ups.filter(state="signed").count()
    return signed, ServicePost.objects.get(pk=post.pk).taken

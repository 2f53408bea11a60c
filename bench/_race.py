"""A post and a crowd that wants it; a door, and devices that let the same person in."""

from dataclasses import dataclass
from datetime import date, timedelta
from threading import Barrier

from django.db import connection
from django.utils import timezone

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Actor, Role
from qinghe.kernel.audit.models import Entry
from qinghe.kernel.orgs import services as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.systems.volunteering import services
from qinghe.systems.volunteering.models import ServicePost, Session, Stay, Volunteer

DAY, CLERK = date(2022, 3, 1), "the bench"
TWO_HOURS = timedelta(hours=2)


@dataclass(frozen=True)
class Cast:
    """Where it happens, who publishes, and who comes."""

    org: Org
    officer: Actor
    crowd: list[Actor]
    comers: list[Volunteer]


def make(people: int, *, comers: int) -> Cast:
    """Enter one organisation, its officer, and volunteers: who signs up, and who comes to a door."""
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
    volunteers = []
    for number in range(1, people + comers + 1):
        person = Person.objects.create(
            number=f"RA{number}", name=f"青{number}", birth_date=date(1995, 3, 1)
        )
        made = Volunteer.objects.create(
            number=f"RA{number}", person=person, org=org, applied_on=DAY, registered_on=DAY,
            state=Volunteer.State.REGISTERED,
        )  # fmt: skip
        volunteers.append(made)
    crowd = [Actor(person_id=one.person_id, name=one.person.name) for one in volunteers[:people]]
    actor = access_queries.actor_of_person(officer.pk, officer.name, timezone.localdate())
    return Cast(org, actor, crowd, volunteers[people:])


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


def open_door(cast: Cast) -> Session:
    """Open a session that lasts longer than the race."""
    now = timezone.now()
    return Session.objects.create(
        code="DOOR", title="净滩", org=cast.org, place="海边", day=timezone.localdate(now),
        starts_at=now - timedelta(minutes=20), ends_at=now + TWO_HOURS,
    )  # fmt: skip


def join(post: ServicePost, who: Actor, gate: Barrier) -> bool:
    """Sign up once everybody stands at the gate; tell that it was answered."""
    try:
        gate.wait()
        services.sign_up(post=post, vouched=False, at=timezone.now(), by=who)
    finally:
        connection.close()
    return True


def come(door: Session, who: Volunteer, officer: Actor, gate: Barrier) -> bool:
    """Check somebody in once every device is ready; tell that it was answered."""
    try:
        gate.wait()
        services.check_in(session=door, volunteer=who, at=timezone.now(), by=officer)
    finally:
        connection.close()
    return True


def count(post: ServicePost) -> tuple[int, int]:
    """Return how many have a place by their rows, and by the counter."""
    signed = post.sign_ups.filter(state="signed").count()
    return signed, ServicePost.objects.get(pk=post.pk).taken


def came(door: Session, who: Volunteer) -> tuple[int, int, int]:
    """Return how often somebody came by attendances, by stays and by the trail."""
    found = door.attendances.filter(volunteer=who)
    told = Entry.objects.filter(verb="volunteering.check_in", first_id__in=found.values("pk"))
    return found.count(), Stay.objects.filter(attendance__in=found).count(), told.count()

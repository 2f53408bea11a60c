"""Plain makers; they call services where a state matters."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from qinghe.analytics import building, catalogue, store
from qinghe.kernel.access import services as access
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.services import NewPerson
from qinghe.lib.periods import TZ
from qinghe.systems.volunteering import models, services

NINE = datetime(2022, 5, 4, 9, 0, tzinfo=TZ)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def at(hour: int, minute: int = 0, *, day: int = 4) -> datetime:
    """Return a moment of May 2022 by the local clock."""
    return datetime(2022, 5, day, hour, minute, tzinfo=TZ)


def make_volunteer(number: str, *, person: Person, org: Org) -> models.Volunteer:
    """Put a person of the cast on the roll."""
    return models.Volunteer.objects.create(
        number=number,
        person=person,
        org=org,
        applied_on=date(2022, 3, 1),
        registered_on=date(2022, 3, 5),
        state=models.Volunteer.State.REGISTERED,
    )


def make_session(
    code: str, *, org: Org, starts_at: datetime = NINE, hours: int = 3, team: object = None
) -> models.Session:
    """Enter a session, whether it is over or not."""
    return models.Session.objects.create(
        code=code,
        title="公园净滩",
        org=org,
        team=team,
        place="人民公园北门",
        starts_at=starts_at,
        ends_at=starts_at + hours * HOUR,
        day=starts_at.astimezone(TZ).date(),
    )


def serve(volunteer, *, session, came, left, by) -> models.Attendance:
    """Let a volunteer come and go."""
    attendance = services.check_in(session=session, volunteer=volunteer, at=came, by=by)
    return services.check_out(attendance=attendance, at=left, by=by)


def applicant(number: str = "P900", *, birth_date: date = date(1999, 1, 2)) -> NewPerson:
    """Return somebody who is not on the books."""
    return NewPerson(number=number, name="新小苗", birth_date=birth_date)


def sign_in(client, who):
    """Open an account for an actor of the cast and sign them in."""
    person = Person.objects.get(pk=who.person_id)
    user = access.open_account(person=person, username=f"u{person.pk}", at=NINE, by="the tests")
    client.force_login(user)
    return client


def build_facts() -> store.Store:
    """Rebuild all facts and open them."""
    building.build(
        facts=catalogue.FACTS.values(),
        lineage=orgs.lineage(),
        at=timezone.now(),
        folder=store.folder(),
    )
    return store.current()

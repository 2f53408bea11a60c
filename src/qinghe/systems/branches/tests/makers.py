"""What the tests of branches stand on."""

from datetime import date, datetime

from django.contrib.auth.models import User

from qinghe.analytics import building, catalogue, store
from qinghe.kernel.access import services as access
from qinghe.kernel.orgs import queries as orgs
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import TZ
from qinghe.systems.branches import services
from tests.cast import CLERK, LONG_AGO, NOW, make_org, make_person


def on(day: int, *, month: int = 7, hour: int = 9, year: int = 2022) -> datetime:
    """Return an hour of a day."""
    return datetime(year, month, day, hour, tzinfo=TZ)


def make_branch(parent, code, name, **more):
    """Open a branch under an organisation."""
    told = {"kind": "branch", "level": "unit", "parent": parent} | more
    return make_org(code, name, **told)


def enrol(branch, count, *, since=LONG_AGO, prefix=""):
    """Put some members on a branch's roll."""
    made = []
    for place in range(count):
        person = make_person(f"{prefix or branch.code}{place:03}", f"团员{place}")
        people.admit_member(person=person, org=branch, starts_on=since, at=NOW, by=CLERK)
        made.append(person)
    return made


def new_meeting(branch, **told):
    """Return a meeting of a branch as it was held."""
    defaults = {"kind": "general", "day": date(2022, 5, 10), "topic": "支部大会", "present": 3}
    return services.NewMeeting(org=branch, **(defaults | told))


def record(by, branch, *, at=NOW, **told):
    """Write a meeting down."""
    return services.record_meeting(new=new_meeting(branch, **told), at=at, by=by)


def sign_in(client, who):
    """Sign an actor of the cast in."""
    person = Person.objects.get(pk=who.person_id)
    name = f"u{person.pk}"
    known = User.objects.filter(username=name).first()
    client.force_login(
        known or access.open_account(person=person, username=name, at=NOW, by="the tests")
    )


def build_facts():
    """Rebuild all facts and open them."""
    building.build(
        facts=catalogue.FACTS.values(), lineage=orgs.lineage(), at=NOW, folder=store.folder()
    )
    return store.current()

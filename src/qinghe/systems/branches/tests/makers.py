"""What the tests of branches stand on."""

from datetime import date, datetime

from qinghe.kernel.people import services as people
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

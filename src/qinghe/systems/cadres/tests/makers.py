"""What the tests of cadres stand on."""

from datetime import date, datetime

from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from qinghe.kernel.people.services import NewPost
from qinghe.lib.periods import TZ
from qinghe.systems.cadres import services
from tests.cast import CLERK, NOW, make_person


def on(day: int, *, month: int = 7, year: int = 2022) -> datetime:
    """Return nine o'clock of a day."""
    return datetime(year, month, day, 9, tzinfo=TZ)


def make_cadre(number, org, *, name="", title="书记", service="part_time", since=date(2021, 3, 1)):
    """Enter somebody with a post."""
    person = make_person(number, name or f"干部{number}")
    post = people.appoint(
        person=person, org=org, new=NewPost(title, service, since), at=NOW, by=CLERK
    )
    return person, post


def self_of(actor):
    """Return an actor as the person they are."""
    return Person.objects.get(pk=actor.person_id)


def new_election(org, **told):
    """Return an election as it was held."""
    defaults = {
        "held_on": date(2022, 6, 20), "entitled": 30, "present": 27, "votes": 27, "years": 1,
    }  # fmt: skip
    return services.NewElection(org=org, **(defaults | told))


def record(by, org, *, at=NOW, **told):
    """Begin to write an election down."""
    return services.record_election(new=new_election(org, **told), at=at, by=by)


def choose(by, election, person, *, title="书记", service="part_time", votes=20):
    """Write down somebody who was elected."""
    chosen = services.Chosen(person, title, service, votes)
    return services.choose(election=election, chosen=chosen, at=NOW, by=by)


def elect(by, above, org, people_, *, at=NOW, **told):
    """Let an organisation elect some people and those above approve."""
    election = record(by, org, **told)
    for person, title in people_:
        choose(by, election, person, title=title)
    services.submit_election(election=election, at=at, by=by)
    return services.approve_election(election=election, at=at, by=above)


def new_secondment(cast, person, **told):
    """Return a secondment from the school to the enterprise."""
    defaults = {
        "home": cast.school, "host": cast.enterprise, "service": "seconded",
        "title": "副书记（挂职）", "task": "联系两新组织团建", "starts_on": date(2022, 7, 1),
        "ends_on": date(2023, 6, 30),
    }  # fmt: skip
    return services.NewSecondment(person=person, **(defaults | told))


def second(cast, person, **told):
    """Let somebody be seconded from the school to the enterprise, both agreeing."""
    new = new_secondment(cast, person, **told)
    asked = services.ask_secondment(new=new, at=NOW, by=cast.tang)
    return services.agree_to(secondment=asked, at=NOW, by=cast.liang)


def nomination(cast, person, **told):
    """Return a proposal for the reserve."""
    defaults = {
        "org": cast.school, "politics": "party", "education": "bachelor", "reason": "工作扎实",
    }  # fmt: skip
    return services.Nomination(person=person, **(defaults | told))

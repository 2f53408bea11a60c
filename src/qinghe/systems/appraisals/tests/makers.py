"""What the tests of review and registration stand on."""

from datetime import date, datetime

from qinghe.kernel.access import queries as access_queries
from qinghe.kernel.people.models import LeagueFile, Membership, Person
from qinghe.lib.periods import TZ
from qinghe.systems.appraisals import queries, services
from qinghe.systems.appraisals.models import Line
from tests.cast import TODAY

REFERENCE, OPENS, CLOSES = date(2021, 12, 31), date(2021, 12, 1), date(2022, 3, 31)
STUDIED, MET, COMMITTEE = date(2022, 1, 10), date(2022, 2, 10), date(2022, 2, 12)


def on(day: int, *, month: int = 2, year: int = 2022, hour: int = 9) -> datetime:
    """Return an hour of a day."""
    return datetime(year, month, day, hour, tzinfo=TZ)


def make_members(org, count, *, prefix="M", since=date(2020, 9, 1), party=0):
    """Enter members of a branch, the last of them in the Party too."""
    people = Person.objects.bulk_create(
        Person(number=f"{prefix}{n:04}", name=f"高小{n}", birth_date=date(2000, 5, 1))
        for n in range(count)
    )
    Membership.objects.bulk_create(
        Membership(person=one, org=org, starts_on=since) for one in people
    )
    LeagueFile.objects.bulk_create(
        LeagueFile(person=one, joined_on=since, party_on=date(2021, 6, 1))
        for one in people[count - party :]
    )
    return people


def open_campaign(cast, *, year=2021, reference=REFERENCE, opens=OPENS, closes=CLOSES, at=None):
    """Open a year's review in the district."""
    new = services.NewCampaign(cast.longgang, year, reference, opens, closes)
    return services.open_campaign(new=new, at=at or on(1, month=12, year=2021), by=cast.lin)


def list_all(cast, campaign):
    """Make all rolls, and return how many lines are new."""
    made = 0
    for part in queries.branches_to_list(cast.lin, campaign):
        made += services.list_members(campaign=campaign, orgs=part, at=on(1), by=cast.lin)
    services.note_listed(campaign=campaign, at=on(1), by=cast.lin)
    return made


def open_and_list(cast, **more):
    """Open a year's review and make its rolls."""
    campaign = open_campaign(cast, **more)
    list_all(cast, campaign)
    return campaign


def study(cast, roll):
    """Write down the study of a branch."""
    return services.record_study(
        roll=roll, on=STUDIED, studied="学习团章第一章", at=on(10, month=1), by=cast.luo
    )


def meet(cast, roll, *, entitled=10, present=8, votes=None):
    """Write down the meeting of a branch."""
    meeting = services.Meeting(MET, entitled, present, votes)
    return services.hold_meeting(roll=roll, meeting=meeting, at=on(11), by=cast.luo)


def to_grading(cast, roll):
    """Bring a branch to where its committee thinks of grades."""
    study(cast, roll)
    return meet(cast, roll)


def grades_of(roll, *, top=0, basic=0, failed=0):
    """Return a grade for each member under review: some 优秀, the last ones 基本合格 and 不合格."""
    keys = list(roll.lines.filter(standing="in").order_by("pk").values_list("pk", flat=True))
    good = len(keys) - top - basic - failed
    given = ["top"] * top + ["good"] * good + ["basic"] * basic + ["failed"] * failed
    return dict(zip(keys, given, strict=True))


def propose(cast, roll, **counts):
    """Send grades up."""
    return services.propose(
        roll=roll, grades=grades_of(roll, **counts), on=COMMITTEE, at=on(13), by=cast.luo
    )


def approve(cast, roll, *, by=None):
    """Approve the grades of a branch."""
    return services.approve(roll=roll, at=on(20), by=by or cast.tang)


def to_approved(cast, roll, **counts):
    """Bring a branch to where its members can be registered."""
    to_grading(cast, roll)
    propose(cast, roll, **counts)
    return approve(cast, roll)


def register(cast, roll, *, deferred=None, months=3, at=None):
    """Register a branch."""
    return services.register(
        roll=roll, deferred=deferred or {}, months=months, at=at or on(25), by=cast.luo
    )


def line_of(person) -> Line:
    """Return a person's line."""
    return Line.objects.select_related("roll__org").get(person=person)


def actor_of(person):
    """Return a person as an actor."""
    return access_queries.actor_of_person(person.pk, person.name, TODAY)

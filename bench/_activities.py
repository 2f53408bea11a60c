"""Activities, sessions and posts by the thousand, over the tree of `_returns_district`."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from qinghe.kernel.access import services as access
from qinghe.kernel.orgs.models import Org
from qinghe.kernel.people.models import Person
from qinghe.lib.periods import local_day
from qinghe.systems.volunteering.models import (
    Activity,
    CoOrganiser,
    ServicePost,
    Session,
    Volunteer,
)

HOUR = timedelta(hours=1)
A_THOUSAND = 1_000


def make(*, sessions: int, ahead: int, each: int) -> None:
    """Enter the records and a volunteer; every fifth activity is joined by another org."""
    now = timezone.now()
    orgs = list(Org.objects.exclude(parent=None).order_by("pk").values_list("pk", flat=True))
    kinds = [kind.value for kind in Activity.Kind]
    activities = Activity.objects.bulk_create(
        [
            Activity(
                org_id=orgs[number % len(orgs)],
                title=f"志愿服务{number}",
                kind=kinds[number % len(kinds)],
                about="内容",
                risks="风险",
                contact="0755-00000000",
                published_at=now - timedelta(minutes=sessions - number),
            )
            for number in range(sessions // each)
        ],
        batch_size=A_THOUSAND,
    )
    CoOrganiser.objects.bulk_create(
        [
            CoOrganiser(activity=one, org_id=orgs[(number + 7) % len(orgs)])
            for number, one in enumerate(activities)
            if not number % 5
        ],
        batch_size=A_THOUSAND,
    )
    made = Session.objects.bulk_create(
        [
            _session(number, activities[number // each], now, ahead=number >= sessions - ahead)
            for number in range(sessions)
        ],
        batch_size=A_THOUSAND,
    )
    ServicePost.objects.bulk_create(
        [ServicePost(session=one, name="志愿者", capacity=20, taken=7) for one in made],
        batch_size=A_THOUSAND,
    )
    _volunteer(orgs[0], now=now)


def phone() -> Client:
    """Return a browser in which the volunteer is signed in."""
    client = Client(headers={"host": "localhost"})
    client.force_login(User.objects.get(username="paofen"))
    return client


def _session(number: int, activity: Activity, now: datetime, *, ahead: bool) -> Session:
    starts = now + timedelta(minutes=number % 20_000 + 60) * (1 if ahead else -1)
    return Session(
        code=f"BE{number:07d}",
        activity=activity,
        title=activity.title,
        org_id=activity.org_id,
        place="门口",
        latitude=Decimal("22.5") + Decimal(number % 400) / 1_000,
        longitude=Decimal("114.0") + Decimal(number % 391) / 1_000,
        starts_at=starts,
        ends_at=starts + HOUR,
        day=local_day(starts),
    )


def _volunteer(org_id: int, *, now: datetime) -> None:
    person = Person.objects.create(number="BE1", name="跑分", birth_date=date(1995, 3, 1))
    day = date(2022, 3, 1)
    Volunteer.objects.create(
        number="BE1", person=person, org_id=org_id, applied_on=day, registered_on=day,
        state=Volunteer.State.REGISTERED,
    )  # fmt: skip
    access.open_account(person=person, username="paofen", at=now, by="bench")

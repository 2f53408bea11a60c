"""The Saturday morning that the load bench plays on a demo's district, and what is on its books after.

Sessions of the web are made in the database, as if everybody had signed in before; the fifty who
really sign in have a password.
"""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "qinghe.config.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.auth.models import User  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from qinghe.demo import cast  # noqa: E402
from qinghe.demo.asked_now import SLUG  # noqa: E402
from qinghe.edges.accounts import guard  # noqa: E402
from qinghe.edges.api import services as tokens_of  # noqa: E402
from qinghe.kernel.access.actors import Actor, Role  # noqa: E402
from qinghe.kernel.access.models import Account, Holding  # noqa: E402
from qinghe.kernel.orgs.models import Org  # noqa: E402
from qinghe.kernel.people.models import Person  # noqa: E402
from qinghe.lib import door_codes, periods  # noqa: E402
from qinghe.reports.drafting.models import Passage, Report  # noqa: E402
from qinghe.systems.returns.models import Filing, Value  # noqa: E402
from qinghe.systems.volunteering import queries, services  # noqa: E402
from qinghe.systems.volunteering.access import Act  # noqa: E402
from qinghe.systems.volunteering.models import (  # noqa: E402
    Attendance,
    Scan,
    ServicePost,
    Session,
    SignUp,
    Stay,
    Volunteer,
)

STREET, DISTRICT = "440307017", "440307"
DOORS, TOKENS, SITTINGS = 12, 240, 8
PASSWORD = "竹林里的三盏旧灯"
TITLE = "周六净滩"
BORN, SINCE = date(1995, 3, 1), date(2021, 6, 1)
SOME = 2_000  # rows of one statement
PLACES = 200  # of each post: some who sign up will have to wait


def fill(*, cards: int, phones: int, signing_in: int, hours: float) -> dict[str, object]:
    """Open the doors and the posts, give out cards, tokens and sessions; return what clients need."""
    now, by = timezone.now(), cast.officer()
    street, district = cast.place(STREET), cast.place(DISTRICT)
    volunteers = _volunteers(cards + phones, street)
    doors = [_door(number, street, now=now, by=by) for number in range(DOORS)]
    steps = range(door_codes.step_at(now), door_codes.step_at(now + timedelta(hours=hours)))
    told = {
        "vendor": connection.vendor,
        "cards": [queries.card_text(by, number) for _, _, number in volunteers[:cards]],
        "phones": _phones(volunteers[cards:], street, now=now),
        "doors": [door.pk for door in doors],
        "codes": {door.pk: _codes(door.pk, steps, by=by) for door in doors},
        "tokens": [_leader(number, district, now=now, by=by) for number in range(TOKENS)],
        "posts": _posts(street, now=now, by=by),
        "filings": _filings(now=now),
        "report": _report(district, now=now),
        "names": _who_signs_in(signing_in, street),
        "password": PASSWORD,
    }
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return told


def missing(acknowledged: Mapping[str, Sequence]) -> dict[str, int]:
    """Count what was acknowledged and is not there as it was said, or is there twice."""
    stays = Counter(
        Stay.objects.filter(attendance__session__code__startswith="LOAD").values_list(
            "attendance__session", "attendance__volunteer"
        )
    )
    attended = Counter(
        Attendance.objects.filter(session__code__startswith="LOAD").values_list(
            "session", "volunteer"
        )
    )
    nonces = set(
        Scan.objects.filter(session__code__startswith="LOAD").values_list("nonce", flat=True)
    )
    signed = Counter(SignUp.objects.values_list("volunteer", "post"))
    said = {name: acknowledged.get(name, []) for name in ("scans", "codes", "sign ups")}
    taken = ServicePost.objects.filter(session__activity__title=TITLE)
    return {
        "scans": sum(nonce not in nonces for nonce in said["scans"])
        + sum(count != 1 for count in (stays + attended - stays).values())
        + sum(count > 1 for count in stays.values()),
        "codes": sum(stays[door, volunteer] != 1 for volunteer, door in said["codes"]),
        "sign ups": sum(signed[volunteer, post] != 1 for volunteer, post in said["sign ups"])
        + sum(
            post.taken != post.sign_ups.filter(state="signed").count() or post.left < 0
            for post in taken
        ),
        "filings": sum(not _is_filed(*one) for one in acknowledged.get("filings", [])),
        "passages": sum(
            not Passage.objects.filter(pk=pk, text=text).exists()
            for pk, text in acknowledged.get("passages", [])
        ),
    }


def _is_filed(filing: int, amount: int) -> bool:
    kept = Value.objects.filter(filing=filing, filing__state="submitted")
    return list(kept.values_list("hundredths", flat=True)) == [amount * 100]


def _volunteers(count: int, org: Org) -> list[tuple[int, int, str]]:
    """Enter volunteers beside the demo's own; return their keys, their persons' and their numbers."""
    numbers = [f"LOAD{number:07d}" for number in range(count)]
    Person.objects.bulk_create(
        [Person(number=number, name="人甲", birth_date=BORN) for number in numbers], batch_size=SOME
    )
    people = Person.objects.filter(number__startswith="LOAD").order_by("number")
    Volunteer.objects.bulk_create(
        [
            Volunteer(
                number=number, person_id=person, org=org, applied_on=SINCE, registered_on=SINCE,
                state=Volunteer.State.REGISTERED,
            )
            for person, number in people.values_list("pk", "number")
        ],
        batch_size=SOME,
    )  # fmt: skip
    made = Volunteer.objects.filter(number__startswith="LOAD").order_by("number")
    return list(made.values_list("pk", "person", "number"))


def _door(number: int, org: Org, *, now: datetime, by: Actor) -> Session:
    new = services.NewSession(
        f"LOAD{number}", "地铁口引导", org, "地铁站", now - timedelta(minutes=10), now + timedelta(hours=3)
    )  # fmt: skip
    return services.publish_session(new=new, at=now - timedelta(days=2), by=by)


def _codes(door: int, steps: range, *, by: Actor) -> dict[int, str]:
    """Return what the screen at a door will show, as a device that stands there carries it."""
    return {step: queries.code_text(by, door_codes.Code(door, "in", step)) for step in steps}


def _accounts(names: Sequence[str], people: Sequence[int], *, role: Role, org: Org, password: str):
    """Open an account for each of these persons, with one role; return them in this order."""
    User.objects.bulk_create([User(username=name, password=password) for name in names])
    users = {one.username: one for one in User.objects.filter(username__in=names)}
    made = [users[name] for name in names]
    pairs = list(zip(made, people, strict=True))
    Account.objects.bulk_create([Account(user=user, person_id=person) for user, person in pairs])
    Holding.objects.bulk_create(
        [Holding(person_id=person, role=role, org=org, starts_on=SINCE) for person in people]
    )
    return made


def _phones(rows: Sequence[tuple[int, int, str]], org: Org, *, now: datetime) -> list[list]:
    """Sign volunteers in on their phones; return their keys and their cookies."""
    names = [number for _, _, number in rows]
    people = [person for _, person, _ in rows]
    found = []
    for start in range(0, len(rows), SOME):
        some = slice(start, start + SOME)
        found += _accounts(
            names[some], people[some], role=Role.VOLUNTEER, org=org, password=make_password(None)
        )
    keys = [_session_of(user, now=now) for user in found]
    return [[volunteer, key] for (volunteer, _, _), key in zip(rows, keys, strict=True)]


def _session_of(user: User, *, now: datetime) -> str:
    """Make the session of somebody who came in by the demo's door."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store[guard.DOOR] = True
    store[guard.BEGAN] = store[guard.SEEN] = int(now.timestamp())
    store.create()
    return str(store.session_key)


def _someone(number: str, *, role: Role, org: Org) -> User:
    person = Person.objects.create(number=number, name="人乙", birth_date=BORN)
    return _accounts([number], [person.pk], role=role, org=org, password=make_password(None))[0]


def _leader(number: int, org: Org, *, now: datetime, by: Actor) -> str:
    """Give a leader's device its token; it may ask 120 times a minute."""
    user = _someone(f"LEAD{number}", role=Role.DISTRICT_OFFICER, org=org)
    scopes = (Act.SEE, Act.CHECK_IN)
    lasts = timedelta(days=1)
    return tokens_of.make_token(user=user, name="现场", scopes=scopes, lasts=lasts, at=now, by=by)[
        1
    ]


def _posts(org: Org, *, now: datetime, by: Actor) -> list[list[int]]:
    """Publish an activity of some sittings; return each with its post."""
    begins = [now + timedelta(days=3 + number) for number in range(SITTINGS)]
    services.publish_activity(
        new=services.NewActivity(
            org=org, title=TITLE, kind="environment", about="捡拾海边垃圾", risks="注意防滑",
            contact="0755-00000000", spot=services.Spot("海边"),
            times=tuple((one, one + timedelta(hours=2)) for one in begins),
            posts=(services.NewPost("捡拾", PLACES),),
        ),
        at=now,
        by=by,
    )  # fmt: skip
    posts = ServicePost.objects.filter(session__activity__title=TITLE)
    return [[session, post] for session, post in posts.values_list("session", "pk")]


def _filings(*, now: datetime) -> list[list]:
    """Return the returns that are still to be filed, each with its cell and its secretary's cookie."""
    open_ones = Filing.objects.filter(
        round__slug=SLUG,
        state=Filing.State.DRAFT,
        round__opens_on__lte=periods.local_day(now),
        org__kind="community",
    )
    found = []
    for filing in open_ones.select_related("org", "round__form"):
        user = _someone(f"FILE{filing.pk}", role=Role.COMMUNITY_SECRETARY, org=filing.org)
        code = filing.round.form.cells.get().code
        found.append([filing.pk, code, _session_of(user, now=now)])
    return found


def _report(org: Org, *, now: datetime) -> dict[str, object]:
    """Return the report that is being written, and what the officer writes in."""
    report = Report.objects.get(org=org, state=Report.State.WRITING)
    passages = report.passages.filter(
        kind=Passage.Kind.PARAGRAPH, removed_at=None, street=None
    ) | report.passages.filter(kind=Passage.Kind.RUN_IN, removed_at=None, street=None)
    return {
        "report": report.pk,
        "passages": [
            [one.pk, one.heading, one.text, one.lock] for one in passages.order_by("place")[:5]
        ],
        "session": _session_of(User.objects.get(username="linqing"), now=now),
    }


def _who_signs_in(count: int, org: Org) -> list[str]:
    """Open accounts with a password, hashed as the house hashes; return their names."""
    names = [f"SIGN{number}" for number in range(count)]
    Person.objects.bulk_create(
        [Person(number=name, name="人丙", birth_date=BORN) for name in names]
    )
    people = Person.objects.filter(number__in=names).values_list("number", "pk")
    keys = dict(people)
    _accounts(
        names, [keys[name] for name in names], role=Role.VOLUNTEER, org=org,
        password=make_password(PASSWORD),
    )  # fmt: skip
    return names

import pytest
from django.contrib.auth.models import User
from django.test import Client

from qinghe.edges.jobs import exports, runners
from qinghe.edges.jobs.runners import Result, Runner
from qinghe.kernel.access import actors, levels
from qinghe.kernel.access.actors import Actor, Grant, Reach, Role
from qinghe.kernel.access.models import Account
from tests import cast
from tests.kept import kept

ROLES = (Role.DISTRICT_OFFICER, Role.STREET_SECRETARY, Role.COMMUNITY_SECRETARY)


def count(job):
    """Count to three, one step at a time."""
    for step in range(1, 4):
        job.progress(step, 3)
    return Result(words="数完了。")


@pytest.fixture(autouse=True)
def house(settings, monkeypatch):
    """Stand jobs alone: a list of organisations, one of people, one simple job."""
    settings.ROOT_URLCONF = "tests.jobs.urls"
    grants = [Grant(role, act, Reach.BELOW) for role in ROLES for act in ("see", "exports.approve")]
    monkeypatch.setattr(actors, "GRANTS", [*levels.GRANTS, *grants])
    monkeypatch.setattr(
        runners, "RUNNERS", [exports.RUNNER, Runner(kind="count", label="数数", run=count)]
    )


@kept
def people():
    return cast.make_cast()


@pytest.fixture
def lin(people):
    return client_of(people.lin)


@pytest.fixture
def chen(people):
    return client_of(people.chen)


@pytest.fixture
def second_officer(people):
    return cast.with_role("P100", "许言", role=Role.DISTRICT_OFFICER, org=people.longgang)


def client_of(actor: Actor) -> Client:
    """Return a browser in which somebody of the cast is signed in."""
    user = User.objects.create_user(f"user{actor.person_id}")
    Account.objects.create(user=user, person_id=actor.person_id)
    client = Client()
    client.force_login(user)
    return client


def make_people(number: int) -> None:
    """Enter some people more."""
    for place in range(number):
        cast.make_person(f"X{place:05d}", f"人{place}")

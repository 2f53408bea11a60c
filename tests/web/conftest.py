import pytest
from django.contrib.auth.models import User
from django.test import Client

from qinghe.edges import system
from qinghe.edges.system import MenuItem, System
from qinghe.edges.web import search
from qinghe.kernel.access import actors
from qinghe.kernel.access.actors import Actor, Grant, Reach, Role
from qinghe.kernel.access.models import Account
from tests import cast
from tests.kept import kept

MENU = (
    MenuItem("组织", "orgs", "web.see"),
    MenuItem("概况", "board", "web.see", "工作台"),
    MenuItem("授权", "form", "web.grant", "管理"),
)


@pytest.fixture(autouse=True)
def house(settings, monkeypatch, tmp_path):
    """Stand the frame alone: its own urls, one menu, one act, no facts yet."""
    settings.ROOT_URLCONF = "tests.web.urls"
    settings.QINGHE_DATA = tmp_path
    settings.CSRF_FAILURE_VIEW = "qinghe.edges.web.errors.csrf_failed"
    installed = [System(slug="web", label="", urls="", menu=MENU)]
    monkeypatch.setattr(system, "INSTALLED", installed)
    grants = [
        Grant(Role.DISTRICT_OFFICER, "web.see", Reach.BELOW),
        Grant(Role.DISTRICT_OFFICER, "web.grant", Reach.BELOW),
        Grant(Role.STREET_SECRETARY, "web.see", Reach.BELOW),
        Grant(Role.TEAM_LEADER, "web.see", Reach.OWN),
    ]
    monkeypatch.setattr(actors, "GRANTS", grants)
    monkeypatch.setattr(search, "PEOPLE_ACT", "")
    monkeypatch.setattr(search, "ORG_URL", lambda org: f"/?org={org.code}")
    monkeypatch.setattr(search, "PERSON_URL", lambda person: f"/?person={person.pk}")


@kept
def people():
    return cast.make_cast()


def client_of(actor: Actor) -> Client:
    """Return a browser in which somebody of the cast is signed in."""
    user = User.objects.create_user(f"user{actor.person_id}")
    Account.objects.create(user=user, person_id=actor.person_id)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def lin(people):
    return client_of(people.lin)


@pytest.fixture
def chen(people):
    return client_of(people.chen)


@pytest.fixture
def he(people):
    return client_of(people.he)

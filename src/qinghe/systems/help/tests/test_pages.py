import pytest
from django.urls import reverse

from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.people.models import Person
from qinghe.systems.help import rules
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader(client):
    people = cast.make_cast()
    person = Person.objects.get(pk=people.chen.person_id)
    user = access.open_account(person=person, username="chen", at=cast.NOW, by=cast.CLERK)
    client.force_login(user)
    return client


@pytest.mark.parametrize("page", rules.PAGES, ids=lambda page: page.slug)
def test_every_page_of_the_manual_opens(reader, page):
    shown = reader.get(reverse("help:page", args=[page.slug]))

    assert shown.status_code == 200
    assert page.title in shown.content.decode()


def test_the_readers_own_page_comes_first(reader):
    shown = reader.get(reverse("help:home")).content.decode()

    assert shown.index("街道团工委书记") < shown.index("您的岗位") < shown.index("青年和志愿者")


def test_every_role_has_its_page():
    assert {role for page in rules.PAGES for role in page.roles} == {role.value for role in Role}


def test_an_unknown_page_is_not_found(reader):
    assert reader.get(reverse("help:page", args=["nowhere"])).status_code == 404


def test_a_stranger_is_sent_to_sign_in(client):
    assert client.get(reverse("help:home")).status_code == 302

"""The pages of joining."""

import pytest
from django.urls import reverse

from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyone():
    return cast.make_cast()


def sign_in(client, actor):
    person = Person.objects.get(pk=actor.person_id)
    user = access.open_account(person=person, username=person.number, at=cast.NOW, by=cast.CLERK)
    client.force_login(user)


def test_the_district_officer_opens_the_page(client, everyone):
    sign_in(client, everyone.lin)

    response = client.get(reverse("joining:home"))

    assert response.status_code == 200
    assert "发展团员" in response.content.decode()


def test_who_may_not_see_it_finds_no_page(client, everyone):
    sign_in(client, everyone.he)

    response = client.get(reverse("joining:home"))

    assert response.status_code == 404

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from qinghe.analytics import catalogue
from qinghe.kernel.access import services as access
from qinghe.kernel.people.models import Person
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def everyone() -> cast.Cast:
    return cast.make_cast()


def sign_in(client, actor) -> User:
    person = Person.objects.get(pk=actor.person_id)
    user = access.open_account(person=person, username=person.number, at=cast.NOW, by=cast.CLERK)
    client.force_login(user)
    return user


def test_an_officer_sees_every_check_with_what_to_do(client, everyone):
    sign_in(client, everyone.lin)

    shown = client.get(reverse("dashboard:check_list"))

    text = shown.content.decode()
    assert shown.status_code == 200
    assert catalogue.CHECKS
    assert all(check.advice in text for check in catalogue.CHECKS.values())


def test_a_check_lists_the_records_that_fail_it(client, everyone):
    sign_in(client, everyone.lin)
    cast.make_org("B-1", "孤岭样例团支部", kind="branch", level="unit", parent=everyone.hongmian)

    codes = [
        code
        for code in catalogue.CHECKS
        if "孤岭样例团支部" in client.get(reverse("dashboard:check", args=[code])).content.decode()
    ]

    assert codes, "no check found a branch without members (T-02)"


def test_a_street_secretary_is_refused_the_checks(client, everyone):
    sign_in(client, everyone.chen)

    assert client.get(reverse("dashboard:check_list")).status_code == 403


def test_an_unknown_check_is_not_found(client, everyone):
    sign_in(client, everyone.lin)

    assert client.get(reverse("dashboard:check", args=["NONE-99"])).status_code == 404

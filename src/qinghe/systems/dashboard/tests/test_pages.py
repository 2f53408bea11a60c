import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from qinghe.analytics import catalogue
from qinghe.kernel.access import services as access
from qinghe.kernel.access.actors import Role
from qinghe.kernel.people import services as people
from qinghe.kernel.people.models import Person
from tests import cast, desk

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


def steps_left(client, actor) -> list[str]:
    """Return the first steps that a home page tells somebody to do."""
    desk.sign_in(client, actor)
    shown = client.get(reverse("web:home"), follow=True).context["first_steps"]
    return [step.step.label for step in shown if not step.done]


OPEN, ADMIT, APPOINT = "成立第一个团组织", "录入第一批团员", "请来下级组织的书记"


def test_an_empty_house_says_what_to_do_until_it_is_done(client):
    places = cast.make_places()
    lin = cast.with_role("P001", "林青", role=Role.DISTRICT_OFFICER, org=places.longgang)

    assert steps_left(client, lin) == [OPEN, APPOINT, ADMIT]

    branch = cast.make_org("B-1", "支部", kind="branch", level="unit", parent=places.hongmian)
    cast.with_role("P002", "陈穗", role=Role.STREET_SECRETARY, org=places.henggang)
    assert steps_left(client, lin) == [ADMIT]

    member = cast.make_person("P101", "林小满")
    people.admit_member(person=member, org=branch, starts_on=cast.TODAY, at=cast.NOW, by=cast.CLERK)
    assert steps_left(client, lin) == []


def test_the_security_administrator_calls_in_an_officer_and_an_auditor(client):
    places = cast.make_places()
    an = cast.with_role("P008", "安然", role=Role.SECADMIN, org=places.longgang)

    assert steps_left(client, an) == ["请来团区委干部", "请来审计员"]

    cast.with_role("P001", "林青", role=Role.DISTRICT_OFFICER, org=places.longgang)
    assert steps_left(client, an) == ["请来审计员"]


def test_a_community_waits_for_its_street_to_open_what_keeps_a_roll(client):
    places = cast.make_places()
    he = cast.with_role("P006", "周远", role=Role.COMMUNITY_SECRETARY, org=places.hongmian)
    assert steps_left(client, he) == []

    cast.make_org("B-1", "支部", kind="branch", level="unit", parent=places.hongmian)
    assert steps_left(client, he) == [ADMIT]


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
